"""学びの記録: one line somebody with a place in a run, with what came of it."""

from typing import ClassVar

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import Code, Text
from courses.exchange.exports.source import ColumnGroup, Source
from courses.exchange.name_columns import NAME_COLUMNS
from courses.models.querysets import HELD
from enrollments.domain.attendance import COUNTS_AS_ATTENDED
from enrollments.enums import ApplicationState
from enrollments.models import Participant

OF_RUN = (
    Column("fiscal_year", "年度", Number(), take=lambda p: p.application.run.fiscal_year),
    Column("run_code", "開催番号", Code(), take=lambda p: p.application.run.code),
    Column("run_title", "講座", Text(), take=lambda p: str(p.application.run)),
    Column(
        "receipt_number", "受付番号", Code(), take=lambda p: p.application.receipt_number
    ),
)
WHO = (
    *(one for one in NAME_COLUMNS if one.name in ("full_name", "full_name_kana")),
    Column("birth_date", "生年月日", Day(needs_year=True)),
    Column("group_name", "団体名", Text(), take=lambda p: p.application.group_name),
)


def _completed_on(person: Participant) -> object:
    completion = getattr(person, "completion", None)
    return completion.completed_on if completion else None


def _certificate(person: Participant) -> str:
    valid = [one for one in person.certificates.all() if one.revoked_at is None]
    return valid[0].number if valid else ""


WHAT_CAME = (
    Column("came", "出席した回数", Number()),
    Column("held", "回数", Number()),
    Column("completed_on", "修了日", Day(), take=_completed_on),
    Column("certificate", "修了証番号", Code(), take=_certificate),
)


class LearningSource(Source):
    about_people = True
    sensitive: ClassVar = frozenset({"birth_date"})

    def groups(self) -> tuple[ColumnGroup, ...]:
        return (
            ColumnGroup(_("講座"), OF_RUN),
            ColumnGroup(_("受講した方"), WHO),
            ColumnGroup(_("学びの記録"), WHAT_CAME),
        )

    def rows(self) -> QuerySet[Participant]:
        found = Participant.objects.filter(
            self.scope.runs("application__run__"),
            application__state=ApplicationState.ACCEPTED,
        )
        return found.order_by(
            "family_name_kana", "given_name_kana", "application__run__code", "pk"
        )

    def loaded(self) -> QuerySet[Participant]:
        """Sessions are those to which the person comes: all, or the one chosen."""
        sessions = "application__run__sessions"
        chosen = F("application__pool__session")
        held = Q(**{f"{sessions}__state__in": HELD}) & (
            Q(application__pool__session=None) | Q(**{f"{sessions}__pk": chosen})
        )
        attended = Q(attendances__status__in=COUNTS_AS_ATTENDED)
        people = Participant.objects.select_related("application").prefetch_related(
            "application__run__course", "completion", "certificates"
        )
        return people.annotate(
            came=Count("attendances", filter=attended, distinct=True),
            held=Count(sessions, filter=held, distinct=True),
        )
