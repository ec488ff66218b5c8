"""One person's calendar: sessions of confirmed places, and by choice of those waited for
and of what the person's groups learn, as tentative. It names nobody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from courses.domain.calendar_event import OwnPlace
from courses.domain.feeds import first_moment
from courses.enums import RunState
from enrollments.domain.calendar_shown import Revised, ShownSessions, revised_in
from enrollments.domain.calendar_tokens import DEFAULT, CalendarChoices
from enrollments.domain.known_groups import sessions_of_groups
from enrollments.domain.queries import applications_of, taken_along
from enrollments.domain.standing import (
    ALL,
    PLACES_ONLY,
    best_of,
    latest_change,
    mark_of,
    number_of_changes,
    standing_as,
)
from enrollments.models import Application
from enrollments.models.querysets import ApplicationQuerySet

OF_A_GROUP = "団体の学び"


class _Row(NamedTuple):
    """An application beside one session of its run."""

    application: int
    run: int
    run_state: str
    state: str
    chosen: int | None
    changes: int
    changed_at: datetime | None
    session: int
    sequence: int
    revised_at: datetime


def shown_to(
    user: User, *, at: datetime, choices: CalendarChoices = DEFAULT
) -> ShownSessions:
    """In two queries, and one more for groups."""
    shown = _of(_places_of(user), at=at, choices=choices)
    if choices.with_groups:
        shown = _with_groups(shown, user, at)
    return shown.without_links() if not choices.with_link else shown


def _places_of(user: User) -> ApplicationQuerySet:
    """One's own, and where a group sent one."""
    return applications_of(user) | taken_along(user)


def shown_of(application: Application, *, at: datetime) -> ShownSessions:
    """The same sessions, of one application."""
    alone = Application.objects.filter(pk=application.pk)
    return _of(alone, at=at, choices=DEFAULT)


def _of(
    applications: ApplicationQuerySet, *, at: datetime, choices: CalendarChoices
) -> ShownSessions:
    marks = ALL if choices.with_waiting else PLACES_ONLY
    sessions: set[Revised] = set()
    own: dict[int, OwnPlace] = {}
    for run, rows in _by_run(applications, at=at).items():
        seen = [row for row in rows if _mark(row, marks) is not None]
        best = best_of(_mark(row, marks) for row in rows)
        if best is not None:
            own[run] = standing_as(best, _applications(rows))
            sessions |= {_session(row) for row in seen if row.chosen in (None, row.session)}
    return ShownSessions(frozenset(sessions), own)


def _with_groups(shown: ShownSessions, user: User, at: datetime) -> ShownSessions:
    """Whoever has asked for a place sees how that stands instead."""
    found = {one for held in sessions_of_groups(user) for one in revised_in(held, at=at)}
    others = {session for session in found if session.run not in shown.own}
    asked = _by_run(
        _places_of(user).filter(run__in={session.run for session in others}), at=at
    )
    own = {
        session.run: replace(
            standing_as(OF_A_GROUP, _applications(asked.get(session.run, []))),
            is_for_self=False,
        )
        for session in others
    }
    return ShownSessions(shown.sessions | others, {**shown.own, **own})


def _by_run(applications: ApplicationQuerySet, *, at: datetime) -> dict[int, list[_Row]]:
    """Where a calendar may have something to show, in one query."""
    shown = applications.filter(
        run__sessions__ends_at__gt=first_moment(at),
        run__course__published_at__isnull=False,
    ).exclude(run__state=RunState.PLANNED)
    counted = shown.annotate(changes=number_of_changes(), changed_at=latest_change())
    rows = counted.values_list(
        "pk",
        "run_id",
        "run__state",
        "state",
        "pool__session_id",
        "changes",
        "changed_at",
        "run__sessions__pk",
        "run__sessions__sequence",
        "run__sessions__revised_at",
    )
    by_run: dict[int, list[_Row]] = defaultdict(list)
    for row in map(_Row._make, rows):
        by_run[row.run].append(row)
    return by_run


def _applications(rows: Iterable[_Row]) -> Sequence[_Row]:
    """Each once, however many sessions its run has."""
    return list({row.application: row for row in rows}.values())


def _session(row: _Row) -> Revised:
    return Revised(row.session, row.run, row.sequence, row.revised_at)


def _mark(row: _Row, marks: Set[str]) -> str | None:
    return mark_of(row.state, row.run_state, among=marks)
