"""Pages as they were sent, the most recently asked for, within a bound of memory."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

MOST_BYTES = 12_000_000
# Of one page, beside its body: headers, keys and the objects themselves.
OVERHEAD = 2_000


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The packed body with the headers it goes out with. Right in its `generation`, from
    `since` until the clock changes something at `until`."""

    packed: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    generation: int
    since: datetime
    until: datetime

    @classmethod
    def of(
        cls,
        body: bytes,
        headers: tuple[tuple[str, str], ...],
        *,
        generation: int,
        since: datetime,
        until: datetime,
    ) -> "KeptPage":
        digest = hashlib.sha256(body).hexdigest()[:32]
        packed = gzip.compress(body, compresslevel=6, mtime=0)
        return cls(packed, headers, f'W/"{digest}"', generation, since, until)

    def is_right(self, *, generation: int, at: datetime) -> bool:
        return self.generation == generation and self.since <= at < self.until


class KeptPages:
    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def recall(self, key: Hashable, *, generation: int, at: datetime) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or not page.is_right(generation=generation, at=at):
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: KeptPage) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.packed) + OVERHEAD
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._pages)))

    def forget(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= len(page.packed) + OVERHEAD


kept_pages = KeptPages()
