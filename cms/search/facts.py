"""What is searched of a course beside its page's prose."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils import translation

from courses.enums import CourseKind, RunState
from courses.models import Course, CourseRun, Instructor, Session, Venue

NAMED = ("stages", "themes", "competencies", "instructors", "partners")


def with_facts(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Pages with all that `course_words` reads: as many queries for one as for all."""
    return pages.select_related("course__department").prefetch_related(*_facts("course__"))


def _facts(prefix: str = "") -> list[str | Prefetch]:
    """Venues are joined: one prefetched query for 1,000 of them fails on SQLite."""
    return [
        *(prefix + named for named in NAMED),
        Prefetch(prefix + "runs", CourseRun.objects.select_related("venue")),
        Prefetch(prefix + "runs__sessions", Session.objects.select_related("venue")),
    ]


def course_words(course: Course) -> list[str]:
    """Names and other words by which a course is looked for."""
    prefetch_related_objects([course], *_facts())
    words = [course.title_kana, course.title_en, course.summary, course.department.name]
    words.append(_kind(course))
    for named in (*course.stages.all(), *course.themes.all(), *course.competencies.all()):
        words += [named.name, named.name_en]
    for person in course.instructors.all():
        if person.is_public:
            words += _names(person)
    for partner in course.partners.all():
        words += [partner.name, partner.name_kana]
    for venue in _venues(course):
        words += [venue.name, venue.name_kana, venue.area]
    words += {run.audience: None for run in _announced(course)}
    return [word for word in words if word]


def _names(person: Instructor) -> list[str]:
    """As they are written, and in one word, as they are typed."""
    names = [person.full_name, person.full_name_kana]
    return [*names, *(name.replace(" ", "") for name in names)]


def _kind(course: Course) -> str:
    """In the language of the texts, whoever saves the page."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(CourseKind(course.kind).label)


def _announced(course: Course) -> list[CourseRun]:
    return [run for run in course.runs.all() if run.state != RunState.PLANNED]


def _venues(course: Course) -> list[Venue]:
    announced = _announced(course)
    places = [run.venue for run in announced]
    places += [session.venue for run in announced for session in run.sessions.all()]
    return list(dict.fromkeys(place for place in places if place))
