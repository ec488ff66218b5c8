"""Whether anything that public calendars show has changed, asked without reading it.

Every act of the domain that shows raises a revision, adds a row or changes a state, so
a few numbers over three tables tell. What has no revision of its own (the name of a
venue, say) does not move them: whoever relies on them also needs a limit of time.
"""

from collections.abc import Hashable

from django.db.models import Count, Max, Q, Sum

from courses.enums import RunState
from courses.models import Course, CourseRun, Session


def calendar_stamp() -> Hashable:
    """Equal while nothing has changed; three aggregates. The greatest UID, being
    random, also tells one database from another that was put in its place."""
    sessions = Session.objects.aggregate(
        Count("pk"), Sum("sequence"), Max("revised_at"), Max("uid")
    )
    runs = CourseRun.objects.aggregate(
        planned=Count("pk", filter=Q(state=RunState.PLANNED)),
        announced=Count("pk", filter=Q(state=RunState.ANNOUNCED)),
        cancelled=Count("pk", filter=Q(state=RunState.CANCELLED)),
    )
    courses = Course.objects.aggregate(
        Count("published_at"),
        Max("published_at"),
        Count("withdrawn_at"),
        Max("withdrawn_at"),
    )
    return (*sessions.values(), *runs.values(), *courses.values())
