"""“Add to calendar”, the same piece wherever something has a calendar."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from accounts.exchange.paper.qr import qr_address
from cms.presenters import calendars
from cms.presenters.feed_links import FeedLinks, feed_links
from courses.models import Session

register = template.Library()


@register.inclusion_tag("components/add_to_calendar.html")
def add_to_calendar(feed: FeedLinks | str, **more: Any) -> dict[str, Any]:
    return _ways(feed, **more)


@register.inclusion_tag("components/add_to_calendar_folded.html")
def add_to_calendar_folded(feed: FeedLinks | str, **more: Any) -> dict[str, Any]:
    return _ways(feed, **more)


def _ways(
    feed: FeedLinks | str,
    *,
    key: str = "",
    heading: str = "",
    sessions: Iterable[Session] = (),
    own_file: str = "",
) -> dict[str, Any]:
    """`feed` may be the bare address of a secret calendar. `key` tells apart several on
    one page; each of `sessions` can be taken as a file, and so can `own_file`."""
    return {
        "feed": feed_links(feed) if isinstance(feed, str) else feed,
        "anchor": f"calendar-{key}" if key else "calendar",
        "heading": heading or _("カレンダーに入れる"),
        "sessions": list(sessions),
        "own_file": own_file,
    }


@register.simple_tag
def calendar_of(shown: object) -> FeedLinks:
    """Of a run, a group and whatever else has a calendar."""
    return calendars.calendar_of(shown)


@register.simple_tag
def calendar_qr(feed: FeedLinks) -> str:
    """Where the picture is that leads from a desk to a phone. That of a calendar which is
    shown once is in the page itself."""
    return feed.picture or qr_address(feed.photographed)


@register.inclusion_tag("components/calendar_head.html")
def calendar_head(feed: FeedLinks | str, title: str) -> dict[str, str]:
    """For the head: calendar programs find the calendar by the page's own address."""
    return {"address": feed if isinstance(feed, str) else feed.https, "title": title}
