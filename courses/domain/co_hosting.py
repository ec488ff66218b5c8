"""A section that hosts a course together with the one that owns it sees what is planned
and counted, changes nothing, and is shown no applicant."""

from django.db.models import Q

from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import Visitor, section_of, works_for
from accounts.models import Department
from courses.models import Course
from courses.models.querysets import CourseQuerySet


def may_see(user: Visitor, course: Course) -> bool:
    if works_for(user, course.department):
        return True
    section = section_of(user)
    return section is not None and course.co_hosts.filter(pk=section.pk).exists()


def require_sight(user: Visitor, course: Course) -> None:
    """Raises NotAllowed for anybody whose section neither owns nor co-hosts it."""
    if not may_see(user, course):
        raise NotAllowed


def seen_by(section: Department) -> CourseQuerySet:
    """The section's own courses and those it co-hosts."""
    together = section.co_hosted_courses.order_by().values("pk")
    return Course.objects.filter(Q(department=section) | Q(pk__in=together))
