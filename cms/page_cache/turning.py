"""When the clock alone will change a page: until then a kept one stays right."""

from datetime import datetime, time, timedelta

from django.db.models import Min, Q

from courses.domain.fiscal_year import TOKYO
from courses.models import CourseRun, Session


def next_turn(at: datetime) -> datetime:
    """The first moment after `at` at which a window opens or closes, a session begins or
    ends, or a day begins in Tokyo."""
    runs = CourseRun.objects.aggregate(
        opens=Min("applications_open_at", filter=Q(applications_open_at__gt=at)),
        closes=Min("applications_close_at", filter=Q(applications_close_at__gt=at)),
    )
    sessions = Session.objects.filter(ends_at__gt=at).aggregate(
        begins=Min("starts_at", filter=Q(starts_at__gt=at)), ends=Min("ends_at")
    )
    tomorrow = at.astimezone(TOKYO).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time.min, tzinfo=TOKYO)
    turns = [midnight, *runs.values(), *sessions.values()]
    return min(turn for turn in turns if turn is not None)
