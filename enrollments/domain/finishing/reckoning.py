"""Whether somebody completes a run follows from the run's rule, its sessions and the
person's marks, and from nothing else.

Sessions that were called off are left out of everything; one that stands in for a
required session is required in its place. A session of another run counts for the one
that it makes up for, and for one only. A share of the sessions is rounded up: 70 % of 8
are 6. Pure functions over plain data; `explaining` puts the result into words.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from enrollments.enums import AttendanceStatus

PARTLY = frozenset({AttendanceStatus.LATE, AttendanceStatus.LEFT_EARLY})
WHOLLY = frozenset(
    {AttendanceStatus.PRESENT, AttendanceStatus.ONLINE, AttendanceStatus.MADE_UP}
)


@dataclass(frozen=True)
class Rule:
    """`sessions` to attend, or `percent` of those held; both may be none."""

    sessions: int | None = None
    percent: int | None = None
    counts_partly: bool = True

    def needed(self, held: int) -> int | None:
        """How many of `held` sessions; none where no number is asked for."""
        if self.percent is not None:
            return -(-held * self.percent // 100)
        return self.sessions

    @property
    def counting(self) -> frozenset[AttendanceStatus]:
        return WHOLLY | PARTLY if self.counts_partly else WHOLLY


@dataclass(frozen=True)
class Meeting:
    """A session that the person was to come to. `stands_in_for` names the one that it
    makes up for in the same run."""

    key: int
    number: int
    is_held: bool = True
    is_over: bool = True
    is_required: bool = False
    stands_in_for: int | None = None


@dataclass(frozen=True)
class Mark:
    """`elsewhere` is the session of another run that was attended instead."""

    status: AttendanceStatus
    elsewhere: int | None = None


@dataclass(frozen=True)
class Reckoning:
    """Sessions are named by their numbers. `needed` is none where the rule has none;
    `missed` are required ones that are over, `ahead` those still to come."""

    held: int
    attended: int
    made_up: int
    needed: int | None
    percent: int | None
    missed: tuple[int, ...]
    ahead: tuple[int, ...]
    has_rule: bool

    @property
    def is_met(self) -> bool:
        enough = self.needed is None or self.attended >= self.needed
        return self.has_rule and enough and not self.missed and not self.ahead

    @property
    def cannot_be_met(self) -> bool:
        """More is asked for than is held, as when sessions were called off."""
        return self.needed is not None and self.needed > self.held

    def kept(self) -> dict[str, Any]:
        """As JSON, to be kept with what follows from it."""
        return {**asdict(self), "missed": [*self.missed], "ahead": [*self.ahead]}


def reckoning_of(kept: Mapping[str, Any]) -> Reckoning | None:
    """What `Reckoning.kept` wrote; none where nothing was kept."""
    if not kept:
        return None
    told = dict(kept)
    return Reckoning(
        **{**told, "missed": tuple(told["missed"]), "ahead": tuple(told["ahead"])}
    )


def reckon(
    rule: Rule,
    meetings: Collection[Meeting],
    marks: Mapping[int, Mark],
    *,
    called_off_elsewhere: Collection[int] = (),
) -> Reckoning:
    """`marks` by the key of the session; `called_off_elsewhere` are sessions of other
    runs at which nobody can have been. The order of nothing matters."""
    held = [one for one in meetings if one.is_held]
    required = _required(meetings)
    there = {
        key: mark
        for key, mark in marks.items()
        if mark.status in rule.counting and mark.elsewhere not in called_off_elsewhere
    }
    attended = _counted_once(held, required, there)
    lacking = [one for one in held if one.key in required and one.key not in attended]
    needed = rule.needed(len(held))
    return Reckoning(
        held=len(held),
        attended=len(attended),
        made_up=sum(there[key].status == AttendanceStatus.MADE_UP for key in attended),
        needed=needed,
        percent=rule.percent,
        missed=_numbers(one for one in lacking if one.is_over),
        ahead=_numbers(one for one in lacking if not one.is_over),
        has_rule=needed is not None or bool(required),
    )


def _required(meetings: Collection[Meeting]) -> set[int]:
    """Keys of those held; what was called off hands it on to what stands in for it, which
    has a later number."""
    asked = {one.key for one in meetings if one.is_required}
    gone = {one.key for one in meetings if not one.is_held}
    for one in sorted(meetings, key=lambda one: one.number):
        if one.stands_in_for in asked & gone:
            asked.add(one.key)
    return asked - gone


def _counted_once(
    held: Iterable[Meeting], required: Collection[int], there: Mapping[int, Mark]
) -> set[int]:
    """Keys of sessions attended. Who named one session elsewhere for several here gets
    the required one, else the first."""
    used: set[int] = set()
    counted: set[int] = set()
    for one in sorted(held, key=lambda one: (one.key not in required, one.number)):
        mark = there.get(one.key)
        if mark is None or (mark.elsewhere is not None and mark.elsewhere in used):
            continue
        if mark.elsewhere is not None:
            used.add(mark.elsewhere)
        counted.add(one.key)
    return counted


def _numbers(meetings: Iterable[Meeting]) -> tuple[int, ...]:
    return tuple(sorted(one.number for one in meetings))
