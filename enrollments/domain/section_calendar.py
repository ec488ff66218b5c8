"""The calendar of a section: its joint sessions and staff training, and those it hosts
with others, also where residents can not apply."""

from accounts.models import Department
from courses.domain.co_hosting import seen_by
from courses.enums import CourseKind
from courses.models import Session
from courses.models.querysets import SessionQuerySet

KINDS = (CourseKind.JOINT_SESSION, CourseKind.STAFF_TRAINING)


def sessions_of_section(section: Department) -> SessionQuerySet:
    courses = seen_by(section).filter(kind__in=KINDS)
    return Session.objects.filter(run__course__in=courses.order_by().values("pk"))
