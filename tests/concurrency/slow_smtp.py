"""A mail server that takes its time before it says that it has a message."""

import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MESSAGE_ID = re.compile(rb"^Message-ID: <([0-9a-f-]+)@", re.M | re.I)


class SlowServer(socketserver.ThreadingTCPServer):
    """`received` are the ids of the messages, in order, noted before the answer."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, pause: float) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.pause = pause
        self.received: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Conversation(socketserver.StreamRequestHandler):
    server: SlowServer

    def handle(self) -> None:
        self._say("220 slow")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                self._say("221 bye")
                return
            if word == b"DATA":
                self._say("354 go on")
                self._take_message()
            else:
                self._say("250 ok")

    def _take_message(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        body = b"".join(lines)
        self.server.received.append(MESSAGE_ID.search(body)[1].decode())  # type: ignore[index]
        time.sleep(self.server.pause)
        self._say("250 taken")

    def _say(self, words: str) -> None:
        try:
            self.wfile.write(f"{words}\r\n".encode())
        except OSError:
            return


@contextmanager
def slow_smtp(pause: float) -> Iterator[SlowServer]:
    with SlowServer(pause) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
