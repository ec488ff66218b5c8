"""A question's numbers as a picture and as the table behind it: horizontal bars with their
words and numbers, sides told apart by their pattern, so that grey paper tells them too."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models.localised import in_english
from enrollments.domain.surveys.questions import Question, labels_of
from enrollments.domain.surveys.reading import Earlier
from enrollments.domain.surveys.results import Column, QuestionResult
from enrollments.enums import AnswerKind, SurveyAudience

WIDTH, BAR, GAP, LINE, SIGNS = 360, 20, 14, 22, 23
ROOM_FOR_NUMBER = 110
NOTHING = "—"


@dataclass(frozen=True)
class Bar:
    """`width` of `WIDTH`; none where the number is not told."""

    side: SurveyAudience
    y: int
    width: float | None
    words: str
    words_x: float


@dataclass(frozen=True)
class Row:
    label: str
    lines: Sequence[tuple[int, str]]
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Plot:
    height: int
    rows: Sequence[Row]
    says: str


@dataclass(frozen=True)
class TableLine:
    label: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Shown:
    """One question on the page of results; `label` in the reader's language."""

    number: int
    question: Question
    label: str
    columns: Sequence[Column]
    plot: Plot | None
    table: Sequence[TableLine]
    texts: Sequence[tuple[SurveyAudience, str]]
    earlier: Sequence[TableLine]
    earlier_heads: Sequence[str]
    by_side: bool
    is_complete: bool


def shown(number: int, result: QuestionResult, earlier: Sequence[Earlier]) -> Shown:
    english = in_english()
    labels = labels_of(result.question, english=english)
    lines = _table(result, labels)
    heads, before = _earlier(result, labels, earlier)
    told = [column for column in result.columns if column.answered is not None]
    return Shown(
        number=number,
        question=result.question,
        label=result.question.words(english=english),
        columns=result.columns,
        plot=_plot(result, labels) if labels and result.columns else None,
        table=lines,
        texts=result.texts,
        earlier=before,
        earlier_heads=heads,
        by_side=any(one.by_side for one in earlier),
        is_complete=len(told) == len(result.columns)
        and all(None not in column.counts for column in told),
    )


def _plot(result: QuestionResult, labels: Sequence[str]) -> Plot:
    """Beside each other the sides, else everybody."""
    columns = result.columns[1:] or result.columns
    most = max([share for one in columns for share in _shares(one) if share] or [1])
    y, rows = 4, []
    for place in _order(result.question, labels):
        lines = []
        for start in range(0, len(labels[place]), SIGNS):
            y += LINE
            lines.append((y - 7, labels[place][start : start + SIGNS]))
        bars = []
        for column in columns:
            bars.append(_bar(column, place, y, most))
            y += BAR + 2
        rows.append(Row(labels[place], lines, bars))
        y += GAP
    return Plot(y, rows, _says(result, labels))


def _bar(column: Column, place: int, y: int, most: float) -> Bar:
    share = _shares(column)[place]
    if share is None:
        return Bar(column.side, y, None, _("5人未満など（表示しません）"), 4)
    width = round((WIDTH - ROOM_FOR_NUMBER) * share / most, 1)
    words = cell_words(column, place)
    return Bar(column.side, y, width, words, width + 6)


def _shares(column: Column) -> list[float | None]:
    """Of those who answered; where their number is not told, the bare numbers."""
    whole = column.answered or 1
    return [None if count is None else count / whole for count in column.counts]


def cell_words(column: Column, place: int) -> str:
    count = column.counts[place]
    if count is None:
        return NOTHING
    people = ngettext("%(number)s人", "%(number)s人", count) % {"number": count}
    if not column.answered:
        return people
    return f"{people} {round(100 * count / column.answered)}%"


def _order(question: Question, labels: Sequence[str]) -> Sequence[int]:
    """A scale from the best."""
    places = range(len(labels))
    return places[::-1] if question.kind == AnswerKind.SCALE else places


def _says(result: QuestionResult, labels: Sequence[str]) -> str:
    """The picture in words, for whoever does not see it."""
    everybody = result.columns[0]
    told = [f"{label}: {cell_words(everybody, n)}" for n, label in enumerate(labels)]
    return "、".join(told)


def _table(result: QuestionResult, labels: Sequence[str]) -> list[TableLine]:
    columns = result.columns
    order = _order(result.question, labels)
    lines = [
        TableLine(labels[place], [cell_words(column, place) for column in columns])
        for place in order
    ]
    if not columns:
        return []
    lines.append(TableLine(_("無回答"), [_number(one.silent) for one in columns]))
    if result.question.kind in (AnswerKind.SCALE, AnswerKind.NUMBER):
        lines.append(TableLine(_("平均"), [_average(one.average) for one in columns]))
    return lines


def _number(value: int | None) -> str:
    if value is None:
        return NOTHING
    return ngettext("%(number)s人", "%(number)s人", value) % {"number": value}


def _average(value: Decimal | None) -> str:
    return NOTHING if value is None else str(value)


def _earlier(
    result: QuestionResult, labels: Sequence[str], earlier: Sequence[Earlier]
) -> tuple[list[str], list[TableLine]]:
    """The same question, by its key, in earlier runs or at the time of this one: shares,
    and the average."""
    question = result.question
    found = [
        named
        for one in earlier
        for of in one.result.questions
        if of.question.key == question.key
        and of.question.kind == question.kind
        and of.question.options == question.options
        and of.columns
        for named in _named(of.columns, one)
    ]
    if not found or question.kind == AnswerKind.TEXT or not result.columns:
        return [], []
    by_side = any(one.by_side for one in earlier)
    own = _sides(result.columns) if by_side else [result.columns[0]]
    columns = [*own, *(column for _head, column in found)]
    heads = [_head(_("今回"), column) for column in own]
    heads += [head for head, _column in found]
    order = _order(question, labels)
    lines = [TableLine(labels[n], [_share(column, n) for column in columns]) for n in order]
    if question.kind in (AnswerKind.SCALE, AnswerKind.NUMBER):
        lines.append(TableLine(_("平均"), [_average(one.average) for one in columns]))
    lines.append(TableLine(_("回答"), [_number(one.answered) for one in columns]))
    return heads, lines


def _named(columns: Sequence[Column], of: Earlier) -> list[tuple[str, Column]]:
    if of.by_side:
        return [(_head(_("当時"), column), column) for column in _sides(columns)]
    return [(str(of.survey.run), columns[0])]


def _sides(columns: Sequence[Column]) -> Sequence[Column]:
    """Beside each other where they are told, else everybody."""
    return columns[1:] or columns


def _head(when: str, column: Column) -> str:
    everybody = column.side == SurveyAudience.EVERYBODY
    return when if everybody else f"{when} {column.side.label}"


def _share(column: Column, place: int) -> str:
    count = column.counts[place]
    if count is None or not column.answered:
        return NOTHING
    return f"{round(100 * count / column.answered)}%"
