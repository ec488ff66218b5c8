"""Courses shown inside a text: a few cards by a filter, or one with its reception."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from cms.presenters.cards import CourseCard
from cms.presenters.results import list_context
from cms.presenters.run_view import RunView, run_view
from cms.search.query import matching_course_ids, well_asked
from courses.domain.finding import find
from courses.domain.queries import main_run, with_facts
from courses.forms.catalogue import CatalogueForm
from courses.models import Course, CourseRun
from enrollments.domain.queries import with_waiting


@dataclass(frozen=True)
class FoundCards:
    """The first few cards, and how many courses there are."""

    cards: list[CourseCard]
    total: int


def cards_by_query(query: QueryDict, *, most: int, at: datetime) -> FoundCards:
    """As the catalogue finds them, whatever stands in the query."""
    form = CatalogueForm(query)
    asked = well_asked(form.text) if form.text else None
    chosen = form.filter(matching_course_ids(asked) if asked else None)
    found = find(chosen, at=at)
    listed = list_context(form, chosen, found, at=at, marker=None)
    return FoundCards(listed["cards"][:most], len(found.runs))


@dataclass(frozen=True)
class CallToApply:
    course: Course
    view: RunView | None


def call_to_apply(course: Course | None, *, at: datetime) -> CallToApply | None:
    """The run that matters now; none for a course that is not public."""
    if course is None or not course.is_public:
        return None
    runs = with_facts(with_waiting(CourseRun.objects.announced().filter(course=course)))
    main = main_run(runs, at=at)
    return CallToApply(course, run_view(main, at=at) if main else None)
