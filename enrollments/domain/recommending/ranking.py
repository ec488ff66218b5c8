"""What is recommended, in which order and why: the weights of the rules that hold are added
up, and of equal ones the sooner comes first. A pure function, without clock or database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from courses.enums import ReceptionStatus as Status
from enrollments.domain.recommending.rules import ROW_OF, RULES, By, LeftOut, Rule
from enrollments.enums import Verdict

SOON = timedelta(days=14)
OPEN = frozenset({Status.OPEN, Status.NOT_NEEDED})
TO_COME = OPEN | {Status.WAITING_LIST, Status.NOT_YET}
CALLED_OFF = frozenset({Status.ENDED, Status.CANCELLED, Status.POSTPONED})
# Each name stands in the sentence's quotation marks.
BETWEEN_NAMES = _("」「")
ORDER = {row.rule: place for place, row in enumerate(RULES)}


class Span(NamedTuple):
    starts_at: datetime
    ends_at: datetime


class Ground(NamedTuple):
    """A fact about a person or group that may speak for courses: `key` is that of a
    course, stage or theme, or the name of an area, as the rule says."""

    rule: Rule
    key: int | str
    name: str


@dataclass(frozen=True)
class Candidate:
    """A run, with its sessions still to come. `themes` include those above. With
    `chooses_session` people come to one of the sessions, otherwise to all."""

    run: int
    course: int
    code: str
    status: Status
    sessions: tuple[Span, ...]
    is_public: bool = True
    chooses_session: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    stages: frozenset[int] = frozenset()
    themes: frozenset[int] = frozenset()
    areas: frozenset[str] = frozenset()
    verdict: Verdict = Verdict.MET

    def agrees_with(self, ground: Ground) -> bool:
        keys: dict[By, frozenset[int] | frozenset[str]] = {
            By.COURSE: frozenset({self.course}),
            By.STAGE: self.stages,
            By.THEME: self.themes,
            By.AREA: self.areas,
            By.NOW: frozenset(),
        }
        return ground.key in keys[ROW_OF[ground.rule].by]


@dataclass(frozen=True)
class Known:
    """What is known of whom something is recommended to. `completed` and `applied` are
    courses, `applied_runs` also those that were given up; `busy` are own sessions."""

    grounds: frozenset[Ground] = frozenset()
    completed: frozenset[int] = frozenset()
    applied: frozenset[int] = frozenset()
    applied_runs: frozenset[int] = frozenset()
    busy: frozenset[Span] = frozenset()


class Reason(NamedTuple):
    rule: Rule
    name: str = ""

    @property
    def words(self) -> str:
        return str(ROW_OF[self.rule].sentence) % {"name": self.name}


@dataclass(frozen=True)
class Recommendation:
    """`reasons` are all that hold, the weightiest first; several of one rule count once."""

    candidate: Candidate
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        return sum(ROW_OF[rule].weight for rule in {one.rule for one in self.reasons})

    @property
    def sentences(self) -> list[str]:
        """One for each rule, with all the names for which it holds."""
        names_of = groupby(self.reasons, key=lambda reason: reason.rule)
        return [
            Reason(rule, str(BETWEEN_NAMES).join(one.name for one in named)).words
            for rule, named in names_of
        ]


def recommend(
    candidates: Iterable[Candidate], known: Known, *, at: datetime
) -> list[Recommendation]:
    """The best first; of a course only its best run."""
    found = (
        Recommendation(one, reasons)
        for one in candidates
        if left_out(one, known) is None and (reasons := reasons_for(one, known, at=at))
    )
    by_course: dict[int, Recommendation] = {}
    for one in sorted(found, key=_place):
        by_course.setdefault(one.candidate.course, one)
    return list(by_course.values())


def left_out(one: Candidate, known: Known) -> LeftOut | None:
    """The first of the reasons for which it is never recommended."""
    applied = one.course in known.applied or one.run in known.applied_runs
    checks = {
        LeftOut.NOT_PUBLIC: not one.is_public,
        LeftOut.OVER: not one.sessions or one.status in CALLED_OFF,
        LeftOut.CLOSED: one.status not in TO_COME,
        LeftOut.COMPLETED: one.course in known.completed,
        LeftOut.APPLIED: applied,
        LeftOut.NOT_ELIGIBLE: one.verdict == Verdict.NOT_MET,
        LeftOut.OVERLAPS: _overlaps(one, known),
    }
    return next((why for why, holds in checks.items() if holds), None)


def reasons_for(one: Candidate, known: Known, *, at: datetime) -> tuple[Reason, ...]:
    """None where nothing about the person speaks for it, however open it is."""
    own = {
        Reason(ground.rule, ground.name)
        for ground in known.grounds
        if one.agrees_with(ground)
    }
    if not own:
        return ()
    return tuple(sorted({*own, *_of_now(one, at)}, key=_weight))


def _of_now(one: Candidate, at: datetime) -> Iterable[Reason]:
    if one.status in OPEN:
        yield Reason(Rule.OPEN)
    if one.status == Status.OPEN and one.closes_at and one.closes_at - at <= SOON:
        yield Reason(Rule.CLOSING)


def _overlaps(one: Candidate, known: Known) -> bool:
    """All sessions where one of them is chosen, otherwise any."""
    meets = [
        any(
            own.starts_at < session.ends_at and session.starts_at < own.ends_at
            for own in known.busy
        )
        for session in one.sessions
    ]
    return all(meets) and bool(meets) if one.chooses_session else any(meets)


def _weight(reason: Reason) -> tuple[int, int, str]:
    return -ROW_OF[reason.rule].weight, ORDER[reason.rule], reason.name


def _place(one: Recommendation) -> tuple[int, datetime, datetime, str]:
    first = min(session.starts_at for session in one.candidate.sessions)
    return -one.points, first, one.candidate.closes_at or first, one.candidate.code
