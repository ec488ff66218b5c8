"""統計: who takes part, as numbers of people. Within the own section they are told as they
are, of others and of the whole city without those below five."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.exchange.columns.column import Column
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import Code, Text
from courses.exchange.exports.source import AT_ONCE, ColumnGroup, Scope, Source
from courses.models import CourseRun
from enrollments.domain.reporting.age_bands import DECADE, FEWEST, OLDEST
from enrollments.domain.reporting.participation import (
    By,
    Participation,
    in_order,
    participation,
)
from enrollments.domain.reporting.small_cells import held_back
from enrollments.enums import Channel

MEASURES = ("applied", "accepted", "attended", "completed")
HELD_BACK = "*"


@dataclass(frozen=True)
class Line:
    fiscal_year: int
    section: str
    run_code: str
    run_title: str
    by: By
    value: str
    offered: int | None
    applied: int | str
    accepted: int | str
    attended: int | str
    completed: int | str


@dataclass(frozen=True)
class Whole:
    """What numbers are put together into: a run, a section's year or the city's."""

    fiscal_year: int
    section: str
    run_code: str
    run_title: str
    is_open: bool


def _by_words(line: Line) -> str:
    words = {
        By.ALL: _("全体"),
        By.CHANNEL: _("受付方法"),
        By.AGE: _("年代"),
        By.AREA: _("地区"),
    }
    return words[line.by]


def _value_words(line: Line) -> str:
    if line.by == By.ALL:
        return ""
    if not line.value:
        return _("わからない")
    if line.by == By.CHANNEL:
        return str(Channel(line.value).label)
    if line.by == By.AGE:
        first = int(line.value)
        if first == OLDEST:
            return _("%(age)d歳以上") % {"age": first}
        return _("%(first)d〜%(last)d歳") % {"first": first, "last": first + DECADE - 1}
    return line.value


ABOUT = (
    Column("fiscal_year", "年度", Number()),
    Column("section", "担当課", Text()),
    Column("run_code", "開催番号", Code()),
    Column("run_title", "講座", Text()),
    Column("by", "内訳", Text(), take=_by_words),
    Column("value", "区分", Text(), take=_value_words),
)
NUMBERS = (
    Column("offered", "募集した人数・組数", Number()),
    Column("applied", "申し込んだ人数", Number()),
    Column("accepted", "受講が決まった人数", Number()),
    Column("attended", "出席した人数", Number()),
    Column("completed", "修了した人数", Number()),
)


class StatisticsSource(Source):
    """Each run by itself, then each section and the whole of each year."""

    def groups(self) -> tuple[ColumnGroup, ...]:
        return (
            ColumnGroup(gettext_lazy("どの開催か"), ABOUT),
            ColumnGroup(gettext_lazy("人数"), NUMBERS),
        )

    def rows(self) -> QuerySet[CourseRun]:
        runs = CourseRun.objects.filter(self.scope.runs())
        return runs.order_by("fiscal_year", "course__department", "code")

    def people(self, keys: Sequence[int]) -> int:
        return 0

    def read(self, keys: Sequence[int]) -> Iterator[Line]:
        runs = self.rows().select_related("course__department")
        loaded = list(runs)
        for start in range(0, len(loaded), AT_ONCE):
            yield from _lines({run.pk: self._run(run) for run in loaded[start:][:AT_ONCE]})
        if self.scope.run is None:
            yield from _lines({run.pk: self._section(run) for run in loaded})
            if self.scope.department is None:
                yield from _lines({run.pk: self._city(run) for run in loaded})

    def _run(self, run: CourseRun) -> Whole:
        section = run.course.department
        is_open = _is_open(self.scope, section.pk)
        return Whole(run.fiscal_year, section.name, run.code, str(run), is_open)

    def _section(self, run: CourseRun) -> Whole:
        section = run.course.department
        is_open = _is_open(self.scope, section.pk)
        return Whole(run.fiscal_year, section.name, "", _("課の合計"), is_open)

    def _city(self, run: CourseRun) -> Whole:
        return Whole(run.fiscal_year, "", "", _("全体の合計"), self.scope.sees_all)


def _is_open(scope: Scope, section: int) -> bool:
    return scope.sees_all or (scope.own is not None and scope.own.pk == section)


def _lines(runs: dict[int, Whole]) -> Iterator[Line]:
    wholes = {str(number): one for number, one in enumerate(dict.fromkeys(runs.values()))}
    names = {one: name for name, one in wholes.items()}
    counted = participation({pk: names[one] for pk, one in runs.items()})
    for name, whole in wholes.items():
        yield from _lines_of(whole, counted[name])


def _lines_of(whole: Whole, numbers: Participation) -> Iterator[Line]:
    about = (whole.fiscal_year, whole.section, whole.run_code, whole.run_title)
    total = numbers.cell(By.ALL, "")
    for by in By:
        values = in_order(by, [value for one, value in numbers.cells if one == by])
        told = {
            name: _told(
                getattr(total, name),
                [getattr(numbers.cell(by, value), name) for value in values],
                is_open=whole.is_open,
            )
            for name in MEASURES
        }
        for number, value in enumerate(values):
            offered = numbers.offered if by == By.ALL else None
            cells: dict[str, Any] = {name: told[name][number] for name in MEASURES}
            yield Line(*about, by, value, offered, **cells)


def _told(total: int, cells: Sequence[int], *, is_open: bool) -> list[int | str]:
    if is_open:
        return list(cells)
    hidden = held_back(total, cells)
    return [
        _words_for(cell) if number in hidden else cell for number, cell in enumerate(cells)
    ]


def _words_for(cell: int) -> str:
    few = _("%(number)d未満") % {"number": FEWEST}
    return few if cell < FEWEST else HELD_BACK
