"""Results are read from the sheets, whole for the section; for others only once they are
settled, and without what is small."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from courses.models import CourseRun
from enrollments.domain.surveys.follow_ups import first_survey
from enrollments.domain.surveys.questions import questions_from
from enrollments.domain.surveys.results import (
    Sheet,
    SurveyResult,
    tally,
)
from enrollments.domain.surveys.sides import sides_of
from enrollments.domain.surveys.suppression import for_others
from enrollments.enums import SheetOrigin, SurveyAudience
from enrollments.models import AnswerSheet, Survey

EARLIER = 3


@dataclass(frozen=True)
class Earlier:
    """The same questions in another run of the course or, `by_side`, of both sides of
    this one at the time, where they are asked again."""

    survey: Survey
    result: SurveyResult
    by_side: bool = False


def sheets_of(surveys: Sequence[Survey]) -> dict[int, list[Sheet]]:
    """In the order of their random keys; one query."""
    found: dict[int, list[Sheet]] = {survey.pk: [] for survey in surveys}
    rows = AnswerSheet.objects.filter(survey__in=found).order_by("pk")
    for survey, side, origin, answers in rows.values_list(
        "survey", "side", "origin", "answers"
    ):
        found[survey].append(Sheet(SurveyAudience(side), SheetOrigin(origin), answers))
    return found


def result_of(
    survey: Survey,
    sheets: Sequence[Sheet],
    *,
    inside: bool,
    only: SurveyAudience | None = None,
) -> SurveyResult:
    """`only` narrows to one side, for the section."""
    questions = questions_from(survey.questions)
    sides = sides_of(survey)
    if inside and only in sides:
        own = [sheet for sheet in sheets if sheet.side == only]
        return tally(questions, own)
    whole = tally(questions, sheets, sides=sides)
    if inside:
        return whole
    if survey.settled_at is None:
        whole = tally(questions, ())
    return for_others(whole)


def earlier_surveys(survey: Survey) -> list[Survey]:
    """Of other runs of the course that began before, the latest first; of the same
    session where it is about one."""
    number = Q(session__number=survey.session.number) if survey.session else Q(session=None)
    return list(
        Survey.objects.filter(
            number,
            run__course=survey.run.course_id,
            named=survey.named,
            created_at__lt=survey.created_at,
        )
        .exclude(run=survey.run_id)
        .select_related("run__course", "session")
        .prefetch_related("run__pools")
        .order_by("-created_at", "-pk")[:EARLIER]
    )


def compared(survey: Survey, *, inside: bool) -> list[Earlier]:
    """Those in which somebody answered."""
    first = first_survey(survey)
    earlier = [first] if first else earlier_surveys(survey)
    sheets = sheets_of(earlier)
    found = [
        Earlier(one, result_of(one, sheets[one.pk], inside=inside), one == first)
        for one in earlier
    ]
    return [one for one in found if one.result.number]


def surveys_of(run: CourseRun) -> list[Survey]:
    found = run.surveys.select_related("session", "run").prefetch_related("run__pools")
    return list(found.order_by("created_at", "pk"))
