"""Calendars as they were last written, kept by each process for a minute at most.

Before one is handed out again the database is asked whether anything has changed, so
a session that was moved shows at once, in every process. Only public calendars are kept.
"""

import gzip
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock

KEPT_FOR = timedelta(seconds=60)
MOST_KEPT = 32


@dataclass(frozen=True)
class WrittenCalendar:
    """`changed_at` is when these bytes came to be, `digest` what they are known by.
    A file is for saving, a calendar for showing."""

    name: str
    body: bytes
    digest: str
    changed_at: datetime
    is_file: bool = False

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.body, compresslevel=6, mtime=0)


class CalendarMemory:
    """The most recently asked for, by address."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Hashable, datetime, WrittenCalendar]] = (
            OrderedDict()
        )
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def recall(
        self, address: str, *, stamp: Hashable, at: datetime
    ) -> WrittenCalendar | None:
        """What was kept under the same stamp less than a minute ago."""
        with self._lock:
            kept = self._kept.get(address)
            if kept is None or kept[0] != stamp or not kept[1] <= at < kept[1] + KEPT_FOR:
                return None
            self._kept.move_to_end(address)
            return kept[2]

    def keep(
        self, address: str, written: WrittenCalendar, *, stamp: Hashable, at: datetime
    ) -> None:
        """`stamp` was taken before the calendar was built: a change meanwhile shows."""
        with self._lock:
            self._kept[address] = (stamp, at, written)
            self._kept.move_to_end(address)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


memory = CalendarMemory()
