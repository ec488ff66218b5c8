"""Recommendations with what a page or a mail says of them, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from courses.domain.queries import next_session, with_facts
from courses.domain.reception import (
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.enums import CapacityUnit, ReceptionStatus
from courses.models import Course, CourseRun, Session
from courses.models.localised import in_english
from enrollments.domain.queries import with_waiting
from enrollments.domain.recommending.ranking import Recommendation
from enrollments.enums import Verdict


@dataclass(frozen=True)
class ShownRecommendation:
    """`asks_more`: there are conditions of which is not known whether they are met."""

    course: Course
    title: str
    url: str
    run: CourseRun
    session: Session | None
    status: ReceptionStatus
    status_label: str
    places: str
    reasons: Sequence[str]
    asks_more: bool


def shown(found: Sequence[Recommendation], *, at: datetime) -> list[ShownRecommendation]:
    """In the order given."""
    if not found:
        return []
    wanted = CourseRun.objects.filter(pk__in=[one.candidate.run for one in found])
    runs = with_facts(with_waiting(wanted)).select_related("course").in_bulk()
    return [_shown(one, runs[one.candidate.run], at) for one in found]


def _shown(one: Recommendation, run: CourseRun, at: datetime) -> ShownRecommendation:
    facts = facts_of(run, at=at)
    status = reception_status(facts, at=at)
    course = run.course
    return ShownRecommendation(
        course=course,
        title=(in_english() and course.title_en) or course.title,
        url=course.get_absolute_url(),
        run=run,
        session=next_session(run, at=at),
        status=status,
        status_label=public_words(facts, status),
        places=places_words(facts, status, CapacityUnit(run.capacity_unit)),
        reasons=one.sentences,
        asks_more=one.candidate.verdict == Verdict.UNKNOWN,
    )
