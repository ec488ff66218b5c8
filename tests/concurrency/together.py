"""Many callers at once, each on a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

PATIENCE = 60


def together(
    calls: Sequence[Callable[[], Any]], *, at_once: int | None = None
) -> list[Any]:
    """Start all calls at one moment; returns each one's value or exception, in order.

    No more than `at_once` have a connection at the same time, as a database has only
    so many; the others wait, as they would before the web server.
    """
    start = threading.Barrier(len(calls))
    door = threading.Semaphore(at_once or len(calls))
    answers: list[Any] = [TimeoutError("no answer")] * len(calls)

    def one(position: int, call: Callable[[], Any]) -> None:
        try:
            start.wait(PATIENCE)
            with door:
                try:
                    answers[position] = call()
                finally:
                    connection.close()
        except Exception as error:
            answers[position] = error

    threads = [
        threading.Thread(target=one, args=(position, call), daemon=True)
        for position, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers
