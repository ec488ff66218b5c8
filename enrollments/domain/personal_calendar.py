"""One person's calendar: sessions of confirmed places, and of those waited for as
tentative. It names nobody and may carry the link of the online meeting."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Count, Max

from accounts.models import User
from courses.domain.calendar_event import CalendarEvent, OwnPlace
from courses.domain.feeds import events_of, first_moment, in_window
from courses.enums import RunState
from courses.models import Session
from enrollments.domain.queries import applications_of
from enrollments.enums import ApplicationState as State
from enrollments.models import Application

MARKS = {
    State.ACCEPTED: "",
    State.OFFERED: "繰上げのご案内中",
    State.WAITING: "キャンセル待ち",
}


def personal_events(*, user: User, at: datetime, site: str) -> tuple[CalendarEvent, ...]:
    """In a fixed number of queries. `site` is the public address without a slash."""
    own = own_places(user=user, at=at)
    sessions = in_window(Session.objects.filter(run__in=own), at=at)
    return events_of(sessions, site=site, own=own)


def own_places(*, user: User, at: datetime) -> dict[int, OwnPlace]:
    """By run how the person stands to it, where a calendar has something to show."""
    recent = Session.objects.filter(ends_at__gt=first_moment(at)).values("run")
    by_run: dict[int, list[Application]] = defaultdict(list)
    for application in (
        applications_of(user)
        .filter(run__in=recent)
        .select_related("run")
        .annotate(changes=Count("transitions"), changed_at=Max("transitions__at"))
    ):
        by_run[application.run_id].append(application)
    standings = {run: _standing(found) for run, found in by_run.items()}
    return {run: own for run, own in standings.items() if own is not None}


def _standing(applications: list[Application]) -> OwnPlace | None:
    """The best of several; all of them count as changes, so that SEQUENCE only grows."""
    marks = [_mark(application) for application in applications]
    best = next((mark for mark in MARKS.values() if mark in marks), None)
    if best is None:
        return None
    dates = [application.changed_at for application in applications]  # type: ignore[attr-defined]
    return OwnPlace(
        mark=best,
        changes=sum(application.changes for application in applications),  # type: ignore[attr-defined]
        changed_at=max((date for date in dates if date), default=None),
    )


def _mark(application: Application) -> str | None:
    """A run that is called off ends its applications, and must not just disappear."""
    ended_with_run = (
        application.state == State.CANCELLED and application.run.state == RunState.CANCELLED
    )
    return "" if ended_with_run else MARKS.get(State(application.state))
