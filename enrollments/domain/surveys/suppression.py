"""Outside the section nobody learns a number under five, nor can compute one from what is
shown.

In a question with one answer per person the numbers add up to all answers: what is
hidden must be at least two numbers, and their sum must not fix them. Sides are shown
beside the total only where nothing is hidden in any of them, and an average only beside
complete numbers. Zero is hidden, too: "nobody" says something of everybody.
"""

from collections.abc import Sequence
from dataclasses import replace

from enrollments.domain.surveys.results import Column, QuestionResult, SurveyResult
from enrollments.enums import AnswerKind

FEWEST = 5
ADDS_UP = frozenset({AnswerKind.ONE, AnswerKind.SCALE})


def for_others(result: SurveyResult) -> SurveyResult:
    """As somebody outside the section may see it; without any text."""
    if (result.number or 0) < FEWEST:
        return replace(result, is_withheld=True, number=None, sides=(), questions=())
    sides_told = all(number >= FEWEST for _side, number in result.sides)
    return replace(
        result,
        sides=result.sides if sides_told else (),
        origins=(),
        questions=tuple(_question(one, sides_told) for one in result.questions),
    )


def _question(result: QuestionResult, sides_told: bool) -> QuestionResult:
    kind = result.question.kind
    if kind == AnswerKind.TEXT:
        return replace(result, columns=(), texts=())
    required = result.question.required
    shown = [_column(column, kind, required=required) for column in result.columns]
    complete = all(_is_complete(column, kind) for column in shown)
    kept = shown if complete and sides_told else shown[:1]
    return replace(result, columns=tuple(kept), texts=())


def _column(column: Column, kind: AnswerKind, *, required: bool) -> Column:
    assert column.answered is not None
    assert column.silent is not None
    silent_told = column.silent >= FEWEST or (column.silent == 0 and required)
    if column.answered < FEWEST:
        return _empty(column)
    if kind == AnswerKind.NUMBER:
        # Who wrote none is no option; the average is of five people at least.
        return column if silent_told or column.silent == 0 else _without_silent(column)
    counts = [count or 0 for count in column.counts]
    if kind not in ADDS_UP:
        return _several(column, counts, silent_told=silent_told or column.silent == 0)
    if required and not silent_told:
        return _empty(column)
    cells = counts if required else [*counts, column.silent]
    hidden = hidden_cells(cells)
    if not hidden:
        return column
    told = [None if place in hidden else count for place, count in enumerate(cells)]
    silent = column.silent if required else told[-1]
    shown = tuple(told[: len(counts)])
    answered = None if silent is None else column.answered
    return replace(column, counts=shown, silent=silent, answered=answered, average=None)


def hidden_cells(cells: Sequence[int]) -> frozenset[int]:
    """Places of what is not told, of numbers with a known sum."""
    hidden = {place for place, cell in enumerate(cells) if cell < FEWEST}
    rest = sorted(set(range(len(cells))) - hidden, key=lambda place: (cells[place], place))
    while hidden and rest and _is_fixed([cells[place] for place in hidden]):
        hidden.add(rest.pop(0))
    return frozenset(hidden)


def _is_fixed(cells: Sequence[int]) -> bool:
    """Whether their sum, and that each is under five, leaves one possibility."""
    if len(cells) == 1 or sum(cells) == 0:
        return True
    return sum(cells) == (FEWEST - 1) * len(cells) and max(cells) < FEWEST


def _several(column: Column, counts: Sequence[int], *, silent_told: bool) -> Column:
    """Each option by itself; how many did not choose it is a number as well."""
    assert column.answered is not None
    told = tuple(
        count if FEWEST <= count <= column.answered - FEWEST else None for count in counts
    )
    shown = replace(column, counts=told)
    return shown if silent_told else _without_silent(shown)


def _without_silent(column: Column) -> Column:
    return replace(column, silent=None, answered=None)


def _empty(column: Column) -> Column:
    nothing = tuple(None for _count in column.counts)
    return replace(column, counts=nothing, answered=None, silent=None, average=None)


def _is_complete(column: Column, kind: AnswerKind) -> bool:
    return column.answered is not None and None not in column.counts
