"""The calendar of what is recommended to a person: sessions to come, as tentative ones."""

from datetime import datetime

from accounts.models import User
from courses.domain.calendar_event import OwnPlace
from courses.models import Session
from enrollments.domain.calendar_shown import ShownSessions, revised_in
from enrollments.domain.recommending.person import interests_of, recommended_for

# It takes nobody's time yet, and shows no link of a meeting.
RECOMMENDED = OwnPlace(mark="おすすめ", is_for_self=False)
# A calendar that is full of what somebody might do shows nothing.
MOST = 10


def shown_recommendations(user: User, *, at: datetime) -> ShownSessions:
    """Empty for whoever wants none."""
    interests = interests_of(user)
    if interests is not None and not interests.wants_recommendations:
        return ShownSessions(frozenset(), {})
    found = recommended_for(user, interests, at=at)[:MOST]
    runs = [one.candidate.run for one in found]
    ahead = Session.objects.filter(run__in=runs).held().upcoming(at)
    return ShownSessions(revised_in(ahead, at=at), dict.fromkeys(runs, RECOMMENDED))
