"""One person's calendar: sessions of confirmed places, and of those waited for as
tentative. It names nobody else and may carry the online link."""

from datetime import datetime

from accounts.models import User
from courses.domain.feeds import CalendarEvent, event_of, in_window
from courses.models import Session
from enrollments.domain.queries import applications_of
from enrollments.enums import ApplicationState as State


def personal_events(*, user: User, at: datetime, site: str) -> list[CalendarEvent]:
    states = (State.ACCEPTED, State.WAITING, State.OFFERED)
    chosen = dict(
        applications_of(user)
        .filter(state__in=states)
        .order_by("-received_at", "-tie")
        .values_list("run", "state")
    )
    sessions = in_window(Session.objects.filter(run__in=chosen), at=at)
    return [
        event_of(
            session,
            site=site,
            status=None if chosen[session.run_id] == State.ACCEPTED else "TENTATIVE",
            is_private=True,
        )
        for session in sessions
    ]
