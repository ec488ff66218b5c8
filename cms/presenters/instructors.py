"""Instructors and local talent as the public may see them."""

from datetime import datetime
from typing import Any

from django.http import QueryDict

from accounts.domain.sections import section_of
from accounts.models import Department
from cms.presenters.cards import cards_for
from courses.domain.ordering import joinable_first
from courses.models import Course, Instructor, Theme
from courses.models.querysets import CourseQuerySet

SHOWN, PAST_SHOWN = 12, 20


def instructors_context(query: QueryDict) -> dict[str, Any]:
    """A theme that is none finds everybody."""
    people = Instructor.objects.public()
    themes = Theme.objects.filter(instructors__in=people).distinct()
    chosen = next((theme for theme in themes if theme.key == query.get("theme")), None)
    talent_only = query.get("talent") == "1"
    if chosen:
        people = people.filter(themes=chosen)
    if talent_only:
        people = people.filter(is_local_talent=True)
    return {
        "people": people.prefetch_related("themes"),
        "themes": themes,
        "chosen": chosen,
        "talent_only": talent_only,
    }


def instructor_context(person: Instructor, *, at: datetime) -> dict[str, Any]:
    courses = courses_of(person)
    coming = joinable_first(courses, at=at)
    past = courses.exclude(pk__in=coming).order_by("-published_at", "-pk")
    return {
        "person": person,
        "themes": person.themes.all(),
        "cards": cards_for(coming[:SHOWN], at=at, all_to_come=True),
        "past": past[:PAST_SHOWN],
        "contact": who_passes_on(person) if person.is_local_talent else None,
    }


def courses_of(person: Instructor) -> CourseQuerySet:
    """Public courses that name the person, or of which a session does."""
    named = Course.instructors.through.objects.filter(instructor=person)
    teaching = person.teaching.values("session__run__course")
    public = Course.objects.public()
    return public.filter(pk__in=named.values("course")) | public.filter(pk__in=teaching)


def who_passes_on(person: Instructor) -> Department | None:
    """The section (課) that approved the person; else the one of the latest course."""
    if person.approved_by is not None:
        section = section_of(person.approved_by)
        if section is not None:
            return section
    latest = (
        courses_of(person).select_related("department").order_by("-published_at", "-pk")
    )
    course = latest.first()
    return course.department if course else None
