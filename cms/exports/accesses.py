"""The record of who looked at and took out what, as a list."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import AccessKind
from accounts.models import AccessLog
from courses.domain.fiscal_year import TOKYO
from courses.exchange.columns.choices import Choice
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Moment
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import LongText, Text
from courses.exchange.exports.source import ColumnGroup, Source


def _section(line: AccessLog) -> str:
    profile = getattr(line.user, "staff_profile", None)
    return profile.department.name if profile else ""


LINES = (
    Column("at", "日時", Moment()),
    Column("user", "職員", Text(), take=lambda line: str(line.user)),
    Column("section", "職員の課", Text(), take=_section),
    Column("kind", "種類", Choice(AccessKind)),
    Column("subject", "対象", Text()),
    Column("people", "人数", Number()),
    Column("reason", "理由", Text()),
    Column("columns", "項目", LongText()),
)


class AccessSource(Source):
    about_people = True

    def groups(self) -> tuple[ColumnGroup, ...]:
        return (ColumnGroup(_("記録"), LINES),)

    def rows(self) -> QuerySet[AccessLog]:
        found, section = Q(), self.scope.department
        if section:
            found &= Q(user__staff_profile__department=section)
        year = self.scope.fiscal_year
        if year:
            found &= Q(at__gte=year_begins(year), at__lt=year_begins(year + 1))
        return AccessLog.objects.filter(found).order_by("-at", "-pk")

    def loaded(self) -> QuerySet[AccessLog]:
        return AccessLog.objects.select_related("user__staff_profile__department")

    def people(self, keys: Sequence[int]) -> int:
        """Of the staff: of others the record holds no name."""
        return self.rows().order_by().values("user").distinct().count()


def year_begins(year: int) -> datetime:
    return datetime(year, 4, 1, tzinfo=TOKYO)
