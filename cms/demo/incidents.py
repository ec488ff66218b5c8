"""What goes wrong: every month a session is moved and a run is cancelled or put off.

An incident belongs to a run of a month, and shows once it has become known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from cms.demo.timetable import PlannedRun, Slot
from courses.enums import RunState, SessionState

# Long enough that, on any day, one run to come is cancelled and one is put off.
KNOWN_BEFORE = timedelta(days=92)
DATE_SET_BEFORE = timedelta(days=7)
STORM_MONTHS = (6, 7, 8, 9)
# Where something was to be held first; the second for what is held at the first.
FORMER_VENUES = ("kitahara", "sakuradai")


@dataclass(frozen=True)
class SessionFacts:
    """A session as it stands: `sequence` counts what subscribers were told, `makes_up`
    is the number of the session that it stands in for."""

    number: int
    title: str
    slot: Slot
    state: SessionState = SessionState.SCHEDULED
    note: str = ""
    former_starts_at: datetime | None = None
    former_venue: str = ""
    makes_up: int | None = None
    sequence: int = 0


@dataclass(frozen=True)
class RunFacts:
    plan: PlannedRun
    state: RunState
    note: str
    sessions: tuple[SessionFacts, ...]

    def told_at(self, at: datetime) -> datetime:
        """When the incident became public: a fortnight before, or yesterday."""
        return min(self.plan.starts_at - timedelta(days=15), at - timedelta(days=1))

    @property
    def ends_at(self) -> datetime:
        return max(session.slot.ends_at for session in self.sessions)


def runs_as_they_stand(runs: Iterable[PlannedRun], *, at: datetime) -> list[RunFacts]:
    """The planned runs with the incidents that are known at `at`."""
    found: list[RunFacts] = []
    by_month = sorted(runs, key=lambda run: (run.fiscal_year, run.month < 4, run.month))
    for _month, group in groupby(by_month, key=lambda run: (run.fiscal_year, run.month)):
        month = list(group)
        chosen = _incidents(month)
        found += [_as_it_stands(run, chosen, at) for run in month]
    return found


def _incidents(month: list[PlannedRun]) -> dict[str, str]:
    """Run code → what happens. Odd months cancel a run, even months put one off."""
    ordinary = [
        run for run in month if run.window and run.spare and run.course.has_one_pool
    ]
    single = [run for run in ordinary if len(run.slots) == 1]
    several = [run for run in ordinary if len(run.slots) > 1]
    turn = month[0].fiscal_year + month[0].month
    chosen: dict[str, str] = {}
    if single:
        kind = "cancelled" if month[0].month % 2 else "put_off"
        chosen[single[turn % len(single)].code] = kind
    if several:
        chosen[several[turn % len(several)].code] = "session_moved"
        if month[0].month % 3 == 0:
            chosen.setdefault(several[(turn + 1) % len(several)].code, "session_cancelled")
        chosen.setdefault(several[(turn + 2) % len(several)].code, "held_elsewhere")
    return chosen


def _as_it_stands(run: PlannedRun, chosen: Mapping[str, str], at: datetime) -> RunFacts:
    sessions = tuple(
        SessionFacts(number, title, slot)
        for number, (title, slot) in enumerate(
            zip(run.course.sessions, run.slots, strict=True), start=1
        )
    )
    known = run.starts_at - KNOWN_BEFORE <= at
    incident = chosen.get(run.code) if known else None
    if incident == "cancelled":
        return _cancelled(run, sessions)
    if incident == "put_off":
        return _put_off(run, sessions, at)
    if incident == "session_moved":
        return _last_session_moved(run, sessions)
    if incident == "session_cancelled":
        return _middle_session_cancelled(run, sessions)
    if incident == "held_elsewhere":
        return _last_session_elsewhere(run, sessions)
    return RunFacts(run, RunState.ANNOUNCED, "", sessions)


def _cancelled(run: PlannedRun, sessions: tuple[SessionFacts, ...]) -> RunFacts:
    storm = run.starts_at.month in STORM_MONTHS
    note = "台風の接近のため" if storm else "講師の都合により開催できなくなったため"
    gone = tuple(_changed(one, SessionState.CANCELLED, note) for one in sessions)
    return RunFacts(run, RunState.CANCELLED, note, gone)


def _put_off(run: PlannedRun, sessions: tuple[SessionFacts, ...], at: datetime) -> RunFacts:
    """Without a new date until a week before; then it has moved."""
    note = "会場の設備点検のため。新しい日程は決まりしだいお知らせします"
    if at < run.starts_at - DATE_SET_BEFORE:
        waiting = tuple(_changed(one, SessionState.POSTPONED, note) for one in sessions)
        return RunFacts(run, RunState.POSTPONED, note, waiting)
    moved = tuple(
        _moved(one, slot, "会場の設備点検のため延期していました", sequence=2)
        for one, slot in zip(sessions, run.spare, strict=True)
    )
    return RunFacts(run, RunState.ANNOUNCED, "", moved)


def _last_session_moved(run: PlannedRun, sessions: tuple[SessionFacts, ...]) -> RunFacts:
    moved = _moved(sessions[-1], run.spare[-1], "講師の都合により日時を変更しました")
    return RunFacts(run, RunState.ANNOUNCED, "", (*sessions[:-1], moved))


def _middle_session_cancelled(
    run: PlannedRun, sessions: tuple[SessionFacts, ...]
) -> RunFacts:
    middle = len(sessions) // 2
    missed, after = sessions[middle], sessions[middle + 1 :]
    why = "講師の体調不良のため。補講を行います"
    gone = _changed(missed, SessionState.CANCELLED, why)
    made_up = SessionFacts(
        len(sessions) + 1, missed.title, run.spare[-1], makes_up=missed.number, sequence=1
    )
    held = (*sessions[:middle], gone, *after, made_up)
    return RunFacts(run, RunState.ANNOUNCED, "", held)


def _last_session_elsewhere(
    run: PlannedRun, sessions: tuple[SessionFacts, ...]
) -> RunFacts:
    last = sessions[-1]
    first, second = FORMER_VENUES
    former = second if last.slot.venue == first else first
    note = "空調の工事のため会場を変更しました"
    moved = replace(last, note=note, former_venue=former, sequence=1)
    return RunFacts(run, RunState.ANNOUNCED, "", (*sessions[:-1], moved))


def _changed(session: SessionFacts, state: SessionState, note: str) -> SessionFacts:
    return SessionFacts(
        session.number, session.title, session.slot, state, note, sequence=1
    )


def _moved(
    session: SessionFacts, slot: Slot, note: str, *, sequence: int = 1
) -> SessionFacts:
    return SessionFacts(
        number=session.number,
        title=session.title,
        slot=slot,
        state=SessionState.MOVED,
        note=note,
        former_starts_at=session.slot.starts_at,
        sequence=sequence,
    )
