"""研修の記録 of staff: one line an employee and run, with the section of the time, what was
attended and for how long. The section of the scope is the learner's."""

from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import Code, Text
from courses.exchange.exports.source import ColumnGroup, Source
from courses.exchange.name_columns import NAME_COLUMNS
from enrollments.domain.training.places import (
    came_to,
    held_of,
    minutes_of,
    staff_number_of,
    with_training,
)
from enrollments.domain.training.records import places_in
from enrollments.models import Participant


def _section(person: Participant) -> str:
    section = person.application.department
    return section.name if section else ""


def _completed_on(person: Participant) -> object:
    completion = getattr(person, "completion", None)
    return completion.completed_on if completion else None


WHO = (
    Column("staff_number", "職員番号", Code(), take=staff_number_of),
    *(one for one in NAME_COLUMNS if one.name in ("full_name", "full_name_kana")),
    Column("section", "課", Text(), take=_section),
)
OF_RUN = (
    Column("fiscal_year", "年度", Number(), take=lambda p: p.application.run.fiscal_year),
    Column("run_code", "開催番号", Code(), take=lambda p: p.application.run.code),
    Column("run_title", "講座", Text(), take=lambda p: str(p.application.run)),
    Column(
        "kind",
        "種別",
        Text(),
        take=lambda p: p.application.run.course.get_kind_display(),
    ),
)
WHAT_CAME = (
    Column("came", "出席した回数", Number(), take=lambda p: len(came_to(p))),
    Column("held", "回数", Number(), take=held_of),
    Column("minutes", "出席した時間（分）", Number(), take=minutes_of),
    Column("completed_on", "修了日", Day(), take=_completed_on),
)


class TrainingSource(Source):
    about_people = True
    sensitive: ClassVar = frozenset[str]()

    def groups(self) -> tuple[ColumnGroup, ...]:
        return (
            ColumnGroup(_("職員"), WHO),
            ColumnGroup(_("講座"), OF_RUN),
            ColumnGroup(_("研修の記録"), WHAT_CAME),
        )

    def rows(self) -> QuerySet[Participant]:
        scope = self.scope
        return places_in(fiscal_year=scope.fiscal_year, department=scope.department)

    def loaded(self) -> QuerySet[Participant]:
        return with_training(self.rows())
