"""What was answered, counted: per question for everybody and for each side. Pure; what
may leave the section is decided by `suppression`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from enrollments.domain.surveys.questions import SCALE, Question
from enrollments.enums import AnswerKind, SheetOrigin, SurveyAudience

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Sheet:
    side: SurveyAudience
    origin: SheetOrigin
    answers: dict[str, Any]


@dataclass(frozen=True)
class Column:
    """Of everybody, or of one `side`. `counts` go with the question's options (of a
    scale, with 1 to 5); None: not told. `silent` gave no answer."""

    side: SurveyAudience
    answered: int | None
    silent: int | None
    counts: tuple[int | None, ...] = ()
    average: Decimal | None = None


@dataclass(frozen=True)
class QuestionResult:
    """The first column is of everybody; `texts` come in no order that says anything."""

    question: Question
    columns: tuple[Column, ...]
    texts: tuple[tuple[SurveyAudience, str], ...] = ()


@dataclass(frozen=True)
class SurveyResult:
    """`number` of sheets, also by side and by the way they came. `is_withheld`: so few
    that nothing is told outside the section."""

    number: int | None
    sides: tuple[tuple[SurveyAudience, int], ...]
    origins: tuple[tuple[SheetOrigin, int], ...]
    questions: tuple[QuestionResult, ...]
    is_withheld: bool = False


def tally(
    questions: Sequence[Question],
    sheets: Iterable[Sheet],
    *,
    sides: Sequence[SurveyAudience] = (),
) -> SurveyResult:
    """`sides` are those to be shown beside each other."""
    found = list(sheets)
    by_side = Counter(sheet.side for sheet in found)
    by_origin = Counter(sheet.origin for sheet in found)
    return SurveyResult(
        number=len(found),
        sides=tuple((side, by_side[side]) for side in sides),
        origins=tuple((one, by_origin[one]) for one in SheetOrigin if by_origin[one]),
        questions=tuple(_result(question, found, sides) for question in questions),
    )


def _result(
    question: Question, sheets: Sequence[Sheet], sides: Sequence[SurveyAudience]
) -> QuestionResult:
    everybody = _column(question, sheets, SurveyAudience.EVERYBODY)
    columns = [everybody]
    for side in sides:
        own = [sheet for sheet in sheets if sheet.side == side]
        columns.append(_column(question, own, side))
    texts: tuple[tuple[SurveyAudience, str], ...] = ()
    if question.kind == AnswerKind.TEXT:
        texts = tuple(
            (sheet.side, sheet.answers[question.key])
            for sheet in sheets
            if question.key in sheet.answers
        )
    return QuestionResult(question, tuple(columns), texts)


def _column(question: Question, sheets: Sequence[Sheet], side: SurveyAudience) -> Column:
    given = [
        sheet.answers[question.key] for sheet in sheets if question.key in sheet.answers
    ]
    averaged = question.kind in (AnswerKind.SCALE, AnswerKind.NUMBER)
    return Column(
        side,
        answered=len(given),
        silent=len(sheets) - len(given),
        counts=_counts(question, given),
        average=_average(given) if averaged else None,
    )


def _counts(question: Question, given: Sequence[Any]) -> tuple[int, ...]:
    match question.kind:
        case AnswerKind.ONE:
            counts = Counter(given)
        case AnswerKind.SEVERAL:
            counts = Counter(place for chosen in given for place in chosen)
        case AnswerKind.SCALE:
            counts = Counter(given)
            return tuple(counts[step] for step in SCALE)
        case _:
            return ()
    return tuple(counts[place] for place in range(len(question.options)))


def _average(given: Sequence[Any]) -> Decimal | None:
    """To one place, as it is printed."""
    if not given:
        return None
    total = sum((Decimal(str(one)) for one in given), Decimal())
    return (total / len(given)).quantize(TENTH, rounding=ROUND_HALF_UP)
