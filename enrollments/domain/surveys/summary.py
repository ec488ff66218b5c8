"""What the report of a run says of its surveys, as plain data: per question the numbers
and the average, never a text, and nothing small for readers outside the section."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.models import CourseRun
from enrollments.domain.surveys.questions import labels_of
from enrollments.domain.surveys.reading import result_of, sheets_of, surveys_of
from enrollments.domain.surveys.results import Column, QuestionResult
from enrollments.enums import AnswerKind, SurveyAudience


@dataclass(frozen=True)
class SummaryColumn:
    """`counts` are of the options in order; None: not told."""

    side: SurveyAudience
    answered: int | None
    counts: Sequence[tuple[str, int | None]]
    average: Decimal | None


@dataclass(frozen=True)
class SummaryQuestion:
    label: str
    kind: AnswerKind
    columns: Sequence[SummaryColumn]


@dataclass(frozen=True)
class SurveySummary:
    """`answered` is None where there are too few answers to tell, or where others are
    told once it `is_settled`."""

    title: str
    is_settled: bool
    session_number: int | None
    answered: int | None
    questions: Sequence[SummaryQuestion]


def survey_summaries(run: CourseRun, *, inside: bool) -> list[SurveySummary]:
    """Of all surveys of the run, in two queries and those of its places; `inside`: for
    the section that owns it."""
    surveys = surveys_of(run)
    sheets = sheets_of(surveys)
    found = []
    for survey in surveys:
        result = result_of(survey, sheets[survey.pk], inside=inside)
        found.append(
            SurveySummary(
                title=survey.title,
                is_settled=survey.settled_at is not None,
                session_number=survey.session.number if survey.session else None,
                answered=result.number,
                questions=[
                    _question(one)
                    for one in result.questions
                    if one.question.kind != AnswerKind.TEXT
                ],
            )
        )
    return found


def _question(result: QuestionResult) -> SummaryQuestion:
    question = result.question
    labels = labels_of(question)
    columns = [_column(column, labels) for column in result.columns]
    return SummaryQuestion(question.label, question.kind, columns)


def _column(column: Column, labels: Sequence[str]) -> SummaryColumn:
    counts = list(zip(labels, column.counts, strict=False))
    return SummaryColumn(column.side, column.answered, counts, column.average)
