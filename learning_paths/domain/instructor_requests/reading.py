"""Requests as the section, and whoever asked, find them again."""

from django.db.models import QuerySet

from accounts.domain.sections import section_of
from accounts.models import User
from courses.models import Instructor
from learning_paths.domain.instructor_requests.states import TO_DO
from learning_paths.models import InstructorRequest


def requests_for(user: User) -> QuerySet[InstructorRequest]:
    """Of the person's section, all for administrators; the latest first."""
    found = InstructorRequest.objects.select_related("instructor", "department")
    if user.is_active and user.is_superuser:
        return found
    section = section_of(user)
    return found.filter(department=section) if section else found.none()


def to_do(user: User) -> int:
    return requests_for(user).filter(state__in=TO_DO).count()


def own_requests(user: User) -> QuerySet[InstructorRequest]:
    found = InstructorRequest.objects.filter(user=user)
    return found.select_related("instructor", "department")


def address_of(instructor: Instructor) -> str:
    """Where the register says; else where the instructor was asked last; else empty."""
    return instructor.contact_email or last_address(instructor)


def last_address(instructor: Instructor) -> str:
    """Where the instructor was asked last; a proposal for the next time."""
    asked = InstructorRequest.objects.filter(instructor=instructor).exclude(sent_to="")
    latest = asked.order_by("-reply_by", "-pk").first()
    return latest.sent_to if latest else ""
