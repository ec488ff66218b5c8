"""The rule of the draw: a pure function of the list, the seats and the seed.

Within a pool, lower tiers come first; within a tier the order is that of
HMAC-SHA256(seed, receipt number), so that nobody can know it before the seed exists and
everybody can compute it afterwards, in any language. `verify_draw.py` beside this module
says the same once more, on its own, for whoever wants to check.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

WON, WAITING, LOST, WITHDRAWN = "won", "waiting", "lost", "withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """One application as the list shows it. `tier` 0 is drawn first."""

    number: str
    pool: str
    seats: int
    tier: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """`rank` 1 is the first of its pool; `line` is the place on the waiting list."""

    entry: Entry
    rank: int
    outcome: str
    line: int | None = None


def order_key(seed: bytes, number: str) -> str:
    return hmac.new(seed, number.encode("ascii"), hashlib.sha256).hexdigest()


def draw(
    entries: Iterable[Entry],
    *,
    seats: Mapping[str, int | None],
    seed: bytes,
    withdrawn: Collection[str] = (),
    waiting_list: bool = True,
) -> list[Drawn]:
    """Everybody's rank and outcome, by pool and rank.

    `seats` are the places of each pool, none for one without a limit.
    """
    by_pool: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_pool[entry.pool].append(entry)
    gone = frozenset(withdrawn)
    return [
        drawn
        for pool in sorted(by_pool)
        for drawn in _placed(ranked(by_pool[pool], seed), seats[pool], gone, waiting_list)
    ]


def ranked(entries: Iterable[Entry], seed: bytes) -> list[Entry]:
    """Of one pool, the first to be given a place first."""
    return sorted(entries, key=lambda e: (e.tier, order_key(seed, e.number), e.number))


def all_fit(entries: Iterable[Entry], seats: Mapping[str, int | None]) -> bool:
    """Whether everybody has a place without a draw."""
    wanted: dict[str, int] = defaultdict(int)
    for entry in entries:
        wanted[entry.pool] += entry.seats
    limits = ((number, seats[pool]) for pool, number in wanted.items())
    return all(limit is None or number <= limit for number, limit in limits)


def _placed(
    order: Iterable[Entry],
    seats: int | None,
    gone: frozenset[str],
    waiting_list: bool,
) -> list[Drawn]:
    left, line = seats, 0
    found = []
    for rank, entry in enumerate(order, start=1):
        if entry.number in gone:
            found.append(Drawn(entry, rank, WITHDRAWN))
        elif left is None or entry.seats <= left:
            left = None if left is None else left - entry.seats
            found.append(Drawn(entry, rank, WON))
        elif waiting_list:
            line += 1
            found.append(Drawn(entry, rank, WAITING, line))
        else:
            found.append(Drawn(entry, rank, LOST))
    return found
