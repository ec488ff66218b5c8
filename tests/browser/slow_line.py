"""A page that comes over a slow line: the browser has its beginning for a while."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAUSE = 0.6  # seconds; browsers paint what they have after some 0.25


@contextmanager
def served_in_pieces(*pieces: bytes) -> Iterator[str]:
    """The address at which they come one after the other."""

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            for number, piece in enumerate(pieces):
                time.sleep(PAUSE if number else 0)
                self.wfile.write(piece)
                self.wfile.flush()

        def log_message(self, *said: object) -> None:
            """Nothing: the test says what is wrong."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
