"""Many callers at once, each on a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

PATIENCE = 60


def together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all calls at one moment; returns each one's value or exception, in order."""
    start = threading.Barrier(len(calls))
    answers: list[Any] = [TimeoutError("no answer")] * len(calls)

    def one(position: int, call: Callable[[], Any]) -> None:
        try:
            start.wait(PATIENCE)
            answers[position] = call()
        except Exception as error:
            answers[position] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=one, args=(position, call), daemon=True)
        for position, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers
