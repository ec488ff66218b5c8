"""地域の人材: who may be asked for through the city, and which section passes it on: that
which approved the person, else the one of the latest course."""

from django.db.models import Q

from accounts.domain.contact import kana_key, tidy_text
from accounts.domain.sections import section_of
from accounts.models import Department
from courses.domain.areas import stands_for
from courses.models import Course, Instructor
from courses.models.people import InstructorQuerySet
from courses.models.querysets import CourseQuerySet


def on_the_register() -> InstructorQuerySet:
    return Instructor.objects.public().filter(is_local_talent=True)


def matching(
    people: InstructorQuerySet, *, words: str = "", area: str = ""
) -> InstructorQuerySet:
    """Every word is in the name, reading, title, introduction or a theme."""
    for word in tidy_text(words).split():
        people = people.filter(
            Q(family_name__contains=word)
            | Q(given_name__contains=word)
            | Q(family_name_kana__contains=kana_key(word))
            | Q(given_name_kana__contains=kana_key(word))
            | Q(title__icontains=word)
            | Q(profile__icontains=word)
            | Q(pk__in=Instructor.objects.filter(themes__name__icontains=word))
        )
    return people.filter(stands_for(area, "areas")) if area else people


def courses_of(person: Instructor) -> CourseQuerySet:
    """Public courses that name the person, or of which a session does."""
    named = Course.instructors.through.objects.filter(instructor=person)
    teaching = person.teaching.values("session__run__course")
    public = Course.objects.public()
    return public.filter(pk__in=named.values("course")) | public.filter(pk__in=teaching)


def section_for(person: Instructor) -> Department | None:
    if person.approved_by is not None:
        section = section_of(person.approved_by)
        if section is not None:
            return section
    latest = (
        courses_of(person).select_related("department").order_by("-published_at", "-pk")
    )
    course = latest.first()
    return course.department if course else None
