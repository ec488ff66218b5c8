"""One person's calendar: sessions of confirmed places, and of those waited for as
tentative. It names nobody and may carry the link of the online meeting."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max

from accounts.models import User
from courses.domain.calendar_event import CalendarEvent, OwnPlace
from courses.domain.feeds import events_of, first_moment, in_window
from courses.enums import RunState
from courses.models import Session
from enrollments.domain.own_sessions import sessions_of
from enrollments.domain.queries import applications_of
from enrollments.enums import ApplicationState as State
from enrollments.models import Application
from enrollments.models.querysets import ApplicationQuerySet

MARKS = {
    State.ACCEPTED: "",
    State.OFFERED: "繰上げのご案内中",
    State.WAITING: "キャンセル待ち",
}


def personal_events(*, user: User, at: datetime, site: str) -> tuple[CalendarEvent, ...]:
    """In a fixed number of queries. `site` is the public address without a slash."""
    return _events(applications_of(user), at=at, site=site)


def events_of_application(
    application: Application, *, at: datetime, site: str
) -> tuple[CalendarEvent, ...]:
    """The same events, of one application."""
    return _events(Application.objects.filter(pk=application.pk), at=at, site=site)


def _events(
    applications: ApplicationQuerySet, *, at: datetime, site: str
) -> tuple[CalendarEvent, ...]:
    by_run = _by_run(applications, at=at)
    standings = {run: _standing(found) for run, found in by_run.items()}
    own = {run: place for run, place in standings.items() if place is not None}
    shown = [one for run in own for one in by_run[run] if _mark(one) is not None]
    return events_of(in_window(sessions_of(shown), at=at), site=site, own=own)


def _by_run(
    applications: ApplicationQuerySet, *, at: datetime
) -> dict[int, list[Application]]:
    """Where a calendar has something to show."""
    recent = Session.objects.filter(ends_at__gt=first_moment(at)).values("run")
    by_run: dict[int, list[Application]] = defaultdict(list)
    for application in with_changes(applications.filter(run__in=recent)):
        by_run[application.run_id].append(application)
    return by_run


def with_changes(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """With what `standing_as` counts, their runs and pools."""
    return applications.select_related("run", "pool").annotate(
        changes=Count("transitions"), changed_at=Max("transitions__at")
    )


def standing_as(mark: str, applications: Iterable[Application]) -> OwnPlace:
    """All applications of a person for a run count as changes, so that SEQUENCE only
    grows."""
    counted = list(applications)
    dates = [application.changed_at for application in counted]  # type: ignore[attr-defined]
    return OwnPlace(
        mark=mark,
        changes=sum(application.changes for application in counted),  # type: ignore[attr-defined]
        changed_at=max((date for date in dates if date), default=None),
    )


def _standing(applications: list[Application]) -> OwnPlace | None:
    """The best of several."""
    marks = [_mark(application) for application in applications]
    best = next((mark for mark in MARKS.values() if mark in marks), None)
    return None if best is None else standing_as(best, applications)


def _mark(application: Application) -> str | None:
    """A run that is called off ends its applications, and must not just disappear."""
    ended_with_run = (
        application.state == State.CANCELLED and application.run.state == RunState.CANCELLED
    )
    return "" if ended_with_run else MARKS.get(State(application.state))
