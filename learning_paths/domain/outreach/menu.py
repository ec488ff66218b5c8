"""The menu: a section says of each of its outreach courses how it comes to people."""

from dataclasses import dataclass
from datetime import time

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.enums import CourseKind
from courses.models import Course, Theme
from learning_paths.domain.outreach.refusals import NotAnOutreachCourse
from learning_paths.models import OutreachEntry
from learning_paths.models.outreach import OutreachEntryQuerySet


@dataclass(frozen=True)
class Terms:
    """On which the section comes; `weekdays` are digits from 1 (Monday)."""

    minutes: int
    minimum_people: int
    weekdays: str
    begins_from: time
    ends_by: time
    notice_days: int
    for_whom: str = ""
    needs: str = ""
    cost: str = ""
    is_offered: bool = True


def put_on_menu(*, course: Course, terms: Terms, by: User) -> OutreachEntry:
    """New, or as it is from now on; requests that were made keep their dates.

    Raises: NotAllowed (another section), NotAnOutreachCourse.
    """
    require_section(by, course.department)
    if course.kind != CourseKind.OUTREACH:
        raise NotAnOutreachCourse
    with transaction.atomic():
        entry, _made = OutreachEntry.objects.update_or_create(
            course=course, defaults=vars(terms)
        )
    return entry


def menu(*, theme: str = "", words: str = "") -> OutreachEntryQuerySet:
    """What everybody may ask for."""
    found = OutreachEntry.objects.offered().select_related("course__department")
    if theme:
        found = found.filter(course__themes__key=theme)
    for word in words.split():
        found = found.filter(course__title__icontains=word)
    return found.prefetch_related("course__themes")


def themes_on_menu() -> list[Theme]:
    """For the filter."""
    courses = OutreachEntry.objects.offered().values("course")
    return list(Theme.objects.filter(courses__in=courses).distinct())
