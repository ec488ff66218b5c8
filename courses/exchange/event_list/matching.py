"""Which run and session of a course the list means, and what it tells otherwise.

A session is the same when it starts at the same time (of several, the one at the same
place). Where exactly one session to come is missing and exactly one is new, it has
moved. How sessions are divided into runs stays as it is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from courses.domain.event_facts import (
    PlannedCourse,
    PlannedRun,
    PlannedSession,
    Problem,
    RunFacts,
    SessionFacts,
)
from courses.domain.event_plan import (
    RUN_FIELDS,
    SESSION_FIELDS,
    Change,
    KnownCourse,
    KnownRun,
    KnownSession,
    RunStep,
    SessionStep,
    differences,
)
from courses.domain.wording import moment_words
from courses.enums import RunState, SelectionMode

# A label and a fiscal year are given once.
COMPARED = tuple(name for name in RUN_FIELDS if name not in ("label", "fiscal_year"))

Found = dict[int, tuple[KnownRun, KnownSession]]


@dataclass
class _Gathered:
    """What the list tells of one run, new (no `known`) or there already."""

    facts: RunFacts
    known: KnownRun | None = None
    sessions: list[tuple[PlannedSession, KnownSession | None]] = field(default_factory=list)


def new_runs(course: PlannedCourse) -> tuple[RunStep, ...]:
    return tuple(
        RunStep(
            settled(run.facts, [session.facts for session in run.sessions]),
            tuple(SessionStep(session.facts, session.rows) for session in run.sessions),
        )
        for run in course.runs
    )


def match_runs(
    course: PlannedCourse, known: KnownCourse, *, at: datetime
) -> tuple[tuple[RunStep, ...], list[Problem]]:
    planned = [session for run in course.runs for session in run.sessions]
    found = _same_start(planned, known)
    problems = _follow_move(planned, known, found, at)
    steps = []
    for gathered in _gather(course.runs, found):
        step, doubts = _run_step(gathered)
        problems += doubts
        if step.sessions:
            steps.append(step)
    return tuple(steps), problems


def settled(facts: RunFacts, sessions: Sequence[SessionFacts]) -> RunFacts:
    """What depends on all sessions: the one venue, and a capacity that counts each time."""
    venues = {session.venue for session in sessions}
    note = facts.capacity_note
    drop_in = facts.selection_mode == SelectionMode.OPEN and len(sessions) > 1
    if drop_in and facts.capacity and not note:
        unit = facts.capacity_unit.label
        note = f"各回{facts.capacity}{unit}"
    venue = facts.venue if venues <= {facts.venue} else ""
    return replace(facts, capacity_note=note, venue=venue)


def _same_start(planned: Sequence[PlannedSession], known: KnownCourse) -> Found:
    """By position in `planned`."""
    there = [(run, session) for run in known.runs for session in run.sessions]
    found: Found = {}
    taken: set[int] = set()
    for same_place in (True, False):
        for position, session in enumerate(planned):
            if position in found:
                continue
            for run, candidate in there:
                if candidate.pk in taken or candidate.facts.key != session.facts.key:
                    continue
                if same_place and candidate.facts.venue != session.facts.venue:
                    continue
                found[position] = (run, candidate)
                taken.add(candidate.pk)
                break
    return found


def _follow_move(
    planned: Sequence[PlannedSession], known: KnownCourse, found: Found, at: datetime
) -> list[Problem]:
    """One gone and one new: moved, and added to `found`. Others that are gone are said."""
    matched = {session.pk for _run, session in found.values()}
    gone = [
        (run, session)
        for run in known.runs
        for session in run.sessions
        if session.pk not in matched and session.is_held and session.facts.ends_at > at
    ]
    new = [position for position in range(len(planned)) if position not in found]
    if len(gone) == len(new) == 1:
        found[new[0]] = gone[0]
        return []
    words = _(
        "「%(title)s」の%(when)sの回が一覧にありません。中止や変更でないか確かめてください。"
    )
    file = planned[0].rows[0].file
    return [
        Problem(
            file,
            None,
            words
            % {
                "title": known.title,
                "when": moment_words(session.facts.starts_at, today=at.date()),
            },
        )
        for _run, session in gone
    ]


def _gather(runs: Iterable[PlannedRun], found: Found) -> list[_Gathered]:
    there: dict[int, _Gathered] = {}
    gathered: list[_Gathered] = []
    position = 0
    for run in runs:
        places = range(position, position + len(run.sessions))
        position += len(run.sessions)
        homes = Counter(found[place][0].pk for place in places if place in found)
        home = None
        for place, session in zip(places, run.sessions, strict=True):
            pair = found.get(place)
            if pair is None:
                continue
            part = there.get(pair[0].pk)
            if part is None:
                part = there[pair[0].pk] = _Gathered(run.facts, pair[0])
                gathered.append(part)
            part.sessions.append((session, pair[1]))
        if homes:
            home = there[homes.most_common(1)[0][0]]
        added = [
            session
            for place, session in zip(places, run.sessions, strict=True)
            if place not in found
        ]
        if added and home is None:
            home = _Gathered(run.facts)
            gathered.append(home)
        if home is not None:
            home.sessions += [(session, None) for session in added]
    return gathered


def _run_step(gathered: _Gathered) -> tuple[RunStep, list[Problem]]:
    known = gathered.known
    told = {session.pk: planned.facts for planned, session in gathered.sessions if session}
    all_sessions = [planned.facts for planned, _session in gathered.sessions]
    if known is None:
        facts = settled(gathered.facts, all_sessions)
        sessions = tuple(SessionStep(p.facts, p.rows) for p, _session in gathered.sessions)
        return RunStep(facts, sessions), []
    all_sessions += [s.facts for s in known.sessions if s.pk not in told]
    facts = settled(gathered.facts, all_sessions)
    if facts.state == RunState.ANNOUNCED:
        facts = replace(facts, state=known.facts.state)
    changes = differences(known.facts, facts, COMPARED)
    sessions = tuple(_session_step(*pair) for pair in gathered.sessions)
    step = RunStep(facts, sessions, known.pk, changes)
    return _hands_off(step) if known.in_hand else (step, [])


def _session_step(planned: PlannedSession, known: KnownSession | None) -> SessionStep:
    facts = planned.facts
    if known is None:
        return SessionStep(facts, planned.rows)
    if not facts.title:
        facts = replace(facts, title=known.facts.title)
    changes: tuple[Change, ...] = ()
    if known.is_held:
        changes = differences(known.facts, facts, SESSION_FIELDS)
    return SessionStep(facts, planned.rows, known.pk, changes)


def _hands_off(step: RunStep) -> tuple[RunStep, list[Problem]]:
    """The run as it is, and what the list would have changed as problems."""
    words = _("この開催は申込みを受け付けているため変えていません。画面で直してください。")
    added = _(
        "この開催は申込みを受け付けているため、回を足していません。画面で足してください。"
    )
    problems = []
    sessions = []
    for session in step.sessions:
        mark = session.rows[0]
        if session.pk is None:
            problems += [Problem(m.file, m.row, added, rejected=True) for m in session.rows]
            continue
        sessions.append(replace(session, changes=()))
        if session.changes or step.changes:
            problems.append(Problem(mark.file, mark.row, words))
    return replace(step, changes=(), sessions=tuple(sessions)), problems
