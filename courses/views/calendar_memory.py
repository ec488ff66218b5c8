"""Calendars as they were last written, kept by each process within a bound of memory.

What is kept is right while the database counts no change (ADR 11) and the clock changes
nothing. Only public calendars are kept.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock

from courses.domain.feeds import next_first_moment
from courses.views.calendar_freshness import Generations

# Searches may ask what is open at this minute.
KEPT_FOR = timedelta(seconds=60)
MOST_BYTES = 8_000_000
# Of one calendar, beside its bytes: address, headers and the objects themselves.
OVERHEAD = 3_000
Address = tuple[str, str]  # path and query, as the server was given them


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
        return _packed(self.body)

    @property
    def etag(self) -> str:
        return _etag(self.digest)


@dataclass(frozen=True)
class UnwrittenCalendar:
    """The same, known by `digest` before it is written: who has it already gets none."""

    name: str
    digest: str
    changed_at: datetime
    write: Callable[[], bytes]
    is_file: bool = False

    @cached_property
    def body(self) -> bytes:
        return self.write()

    @property
    def packed(self) -> bytes:
        return _packed(self.body)

    @property
    def etag(self) -> str:
        return _etag(self.digest)


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


def _etag(digest: str) -> str:
    return f'W/"{digest}"'  # weak: packed or not, it is the same calendar


@dataclass
class KeptCalendar:
    """Right in its generation, from `since` until `until`. `headers` are those it went
    out with, once it did."""

    written: WrittenCalendar
    seen: Generations
    follows_places: bool
    since: datetime
    until: datetime
    headers: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        written: WrittenCalendar,
        *,
        seen: Generations,
        at: datetime,
        follows_places: bool = False,
    ) -> "KeptCalendar":
        """`seen` was asked before the calendar was built: a change meanwhile shows."""
        until = min(at + KEPT_FOR, next_first_moment(at))
        return cls(written, seen, follows_places, at, until)

    def is_right(self, seen: Generations, at: datetime) -> bool:
        same = seen.facts == self.seen.facts and (
            not self.follows_places or seen.everything == self.seen.everything
        )
        return same and self.since <= at < self.until

    def __len__(self) -> int:
        return len(self.written.body) + len(self.written.packed) + OVERHEAD


class CalendarMemory:
    """The most recently asked for."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Address, KeptCalendar] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def recall(
        self, address: Address, *, seen: Generations, at: datetime
    ) -> KeptCalendar | None:
        with self._lock:
            kept = self._kept.get(address)
            if kept is None or not kept.is_right(seen, at):
                return None
            self._kept.move_to_end(address)
            return kept

    def keep(self, address: Address, kept: KeptCalendar) -> None:
        size = len(kept)  # packs it, which others need not wait for
        with self._lock:
            self._drop(address)
            self._kept[address] = kept
            self._bytes += size
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._kept)))

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _drop(self, address: Address) -> None:
        kept = self._kept.pop(address, None)
        if kept is not None:
            self._bytes -= len(kept)


memory = CalendarMemory()
