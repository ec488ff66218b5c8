"""The calendar of a group: what the paths it follows hold. Open to everybody."""

from datetime import datetime

from django.http import HttpRequest

from courses.exchange.ical import CalendarFeed
from courses.views.feeds import feed_of, public_feed
from learning_paths.domain.queries import group_at, sessions_for


@public_feed
def group_feed(request: HttpRequest, *, at: datetime, code: str) -> CalendarFeed | None:
    """None for a group that is not public. Who belongs to it stays unsaid. A group that
    was merged into another answers with that one's calendar."""
    group = group_at(code)
    if group is None:
        return None
    page = f"/groups/{group.code}/"
    return feed_of(
        sessions_for(group), at=at, name=group.name, path=f"{page}calendar.ics", page=page
    )
