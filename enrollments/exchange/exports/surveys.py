"""アンケートの数: one line a survey, how many were asked and how many answered. What was
answered leaves by the survey's own file, which keeps small numbers back."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.choices import Choice
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Moment
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import Code, Text
from courses.exchange.exports.source import ColumnGroup, Source
from enrollments.enums import SurveyAudience
from enrollments.models import Survey

# The other tickets are of forms from the room and of paper.
ASKED = Q(tickets__participant__isnull=False)


def _number(survey: Survey) -> int | None:
    return survey.session.number if survey.session else None


NUMBERS = (
    Column("run_code", "開催番号", Code(), take=lambda one: one.run.code),
    Column("run_title", "講座", Text(), take=lambda one: str(one.run)),
    Column("number", "回", Number(), take=_number),
    Column("title", "アンケート", Text()),
    Column("audience", "答える人", Choice(SurveyAudience)),
    Column("asked_at", "お願いを送った日時", Moment()),
    Column("closes_at", "締切", Moment()),
    Column("asked", "お願いした人数", Number()),
    Column("answered", "回答した人数", Number()),
)


class SurveySource(Source):
    def groups(self) -> tuple[ColumnGroup, ...]:
        return (ColumnGroup(_("アンケート"), NUMBERS),)

    def rows(self) -> QuerySet[Survey]:
        found = Survey.objects.filter(self.scope.runs("run__"))
        return found.order_by("run__code", "session__number", "pk")

    def loaded(self) -> QuerySet[Survey]:
        return Survey.objects.select_related("run__course", "session").annotate(
            asked=Count("tickets", filter=ASKED, distinct=True),
            answered=Count("sheets", distinct=True),
        )

    def people(self, keys: Sequence[int]) -> int:
        return 0
