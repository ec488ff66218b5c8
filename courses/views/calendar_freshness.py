"""Whether anything that public calendars show has changed: the database counts (ADR 11).

Each process remembers the answer for half a second: nobody fetches a calendar twice in
it, and a thousand people who do cost two questions.
"""

import time
from threading import Lock
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Generations(Protocol):
    """`facts` stays while people only apply; `everything` does not."""

    @property
    def facts(self) -> int: ...
    @property
    def everything(self) -> int: ...


class Freshness:
    def __init__(self) -> None:
        self._known: Generations | None = None
        self._asked_at = float("-inf")
        self._lock = Lock()

    def now(self) -> Generations | None:
        """Asked anew; none while nobody counts. One asks at a time, so that what is
        remembered is the newest: a calendar that somebody builds while things change
        can not come back after a newer one was sent."""
        with self._lock:
            return self._ask()

    def remembered(self) -> Generations | None:
        """As it was at most settings.CALENDARS_LOOK_EVERY seconds ago, if anybody asked."""
        return self._known if self._is_recent() else None

    def lately(self) -> Generations | None:
        with self._lock:
            return self._known if self._is_recent() else self._ask()

    def forget(self) -> None:
        with self._lock:
            self._known, self._asked_at = None, float("-inf")

    def _is_recent(self) -> bool:
        return time.monotonic() - self._asked_at < settings.CALENDARS_LOOK_EVERY

    def _ask(self) -> Generations | None:
        asked_at = time.monotonic()
        self._known = import_string(settings.PUBLIC_GENERATIONS)()
        self._asked_at = asked_at
        return self._known


freshness = Freshness()
