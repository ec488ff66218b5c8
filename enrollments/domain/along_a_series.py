"""How far a person is along an ordered list of courses: what is completed is done, what
one holds or waits for a place in is going on, and the first of the rest comes next."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from django.db.models import Exists, OuterRef

from accounts.models import User
from courses.models import Session
from enrollments.domain.completed import completed_courses
from enrollments.domain.queries import applications_of
from enrollments.enums import UnitProgress
from enrollments.models.querysets import LIVE


def progress_through(
    courses: Sequence[int], *, user: User, at: datetime
) -> dict[int, UnitProgress]:
    """By course key, in the order given, in a fixed number of queries."""
    done = {course for _user, course in completed_courses([user])}
    return progress_along(courses, done=done, going_on=_going_on(courses, user, at))


def progress_along(
    courses: Sequence[int], *, done: AbstractSet[int], going_on: AbstractSet[int]
) -> dict[int, UnitProgress]:
    rest = [key for key in courses if key not in done and key not in going_on]
    found: dict[int, UnitProgress] = {}
    for key in courses:
        if key in done:
            found[key] = UnitProgress.DONE
        elif key in going_on:
            found[key] = UnitProgress.NOW
        else:
            found[key] = UnitProgress.NEXT if key == rest[0] else UnitProgress.LATER
    return found


def _going_on(courses: Iterable[int], user: User, at: datetime) -> set[int]:
    """Of these, where the person has a live application in a run that is not over."""
    sessions = Session.objects.filter(run=OuterRef("run"))
    live = applications_of(user).filter(run__course__in=list(courses), state__in=LIVE)
    not_over = live.filter(Exists(sessions.upcoming(at)) | ~Exists(sessions))
    return set(not_over.values_list("run__course", flat=True))
