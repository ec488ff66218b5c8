"""What a run has of surveys, and from what a new one can begin."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from courses.enums import CourseKind
from courses.models import CourseRun
from enrollments.domain.surveys.making import WORDS
from enrollments.domain.surveys.standing import standing
from enrollments.enums import SurveyOccasion, SurveyStanding
from enrollments.models import Survey, SurveyTemplate


@dataclass(frozen=True)
class SurveyLine:
    survey: Survey
    standing: SurveyStanding
    asked: int
    answered: int


def lines_of(run: CourseRun, *, at: datetime) -> list[SurveyLine]:
    """The newest first; in one query."""
    people = Q(tickets__participant__isnull=False)
    found = (
        Survey.objects.filter(run=run)
        .select_related("session")
        .annotate(
            asked=Count("tickets", filter=people, distinct=True),
            answered=Count("sheets", distinct=True),
        )
    )
    return [SurveyLine(one, standing(one, at=at), one.asked, one.answered) for one in found]


def templates_for(run: CourseRun) -> list[SurveyTemplate]:
    """Those that fit the kind of course first, then by whose they are."""
    own = Q(department=None) | Q(department=run.course.department_id)
    joint = run.course.kind == CourseKind.JOINT_SESSION
    first = SurveyOccasion.JOINT if joint else SurveyOccasion.RUN
    found = SurveyTemplate.objects.filter(own)
    return sorted(found, key=lambda one: (one.occasion != first, one.pk))


def beginnings(run: CourseRun, start: str) -> Survey | None:
    """A survey, not saved, with what a new one begins with; none for a wrong `start`."""
    kind, _dash, key = start.partition("-")
    if kind == "empty":
        return Survey(run=run)
    if not (key.isascii() and key.isdigit()):
        return None
    if kind == "template":
        own = {one.pk: one for one in templates_for(run)}
        template = own.get(int(key))
        if template is None:
            return None
        return Survey(
            run=run,
            questions=template.questions,
            **{name: getattr(template, name) for name in WORDS},
        )
    former = _of_section(run).filter(pk=key).first() if kind == "survey" else None
    if former is None:
        return None
    return Survey(
        run=run,
        questions=former.questions,
        audience=former.audience,
        named=former.named,
        for_public=former.for_public,
        room_code=former.room_code,
        **{name: getattr(former, name) for name in WORDS},
    )


def _of_section(run: CourseRun) -> QuerySet[Survey]:
    return Survey.objects.filter(run__course__department=run.course.department_id)
