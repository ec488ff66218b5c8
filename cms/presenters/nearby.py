"""What a card says only in answer to a search: the session that fits, and how far."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cms.presenters.cards import CourseCard
from cms.templatetags.manabiba import session_when
from courses.domain.catalogue import CatalogueFilter
from courses.domain.finding import meetings_of
from courses.domain.nearness import Distance
from courses.domain.offered_runs import OfferedRun


def fitting_words(
    chosen: CatalogueFilter, runs: Sequence[OfferedRun], card: CourseCard, *, at: datetime
) -> str:
    """When the session that was looked for is held, where it is not the next one."""
    meetings = meetings_of(runs)
    if not chosen.asks_about_sessions or not meetings:
        return ""
    coming = [meeting for meeting in meetings if meeting.ends_at > at] or meetings
    first = min(coming, key=lambda meeting: meeting.starts_at)
    when = session_when(first)
    if when == card.next_session_text:
        return ""
    return _("条件に合う回：%(when)s") % {"when": when}


def distance_words(distance: Distance | None) -> str:
    if distance is None:
        return ""
    if distance.same_area:
        return _("同じ地区")
    if distance.whole_km is None:
        return ""
    if not distance.whole_km:
        return _("1km以内")
    return _("約%(km)dkm") % {"km": distance.whole_km}
