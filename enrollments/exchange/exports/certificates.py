"""修了証の台帳: one line a certificate, those revoked too."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day, Moment
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import Code, Text
from courses.exchange.exports.source import ColumnGroup, Source
from enrollments.models import Certificate


def _replaces(certificate: Certificate) -> str:
    return certificate.replaces.number if certificate.replaces else ""


PRINTED = (
    Column("number", "修了証番号", Code()),
    Column("holder", "氏名", Text()),
    Column("course_title", "講座名", Text()),
    Column("run_code", "開催番号", Code(), take=lambda one: one.run.code),
    Column("completed_on", "修了日", Day()),
    Column("sessions_attended", "出席回数", Number()),
    Column("sessions_held", "開催回数", Number()),
    Column("issued_on", "発行日", Day()),
)
LATER = (
    Column("replaces", "再発行のもとの番号", Code(), take=_replaces),
    Column("revoked_at", "取り消した日時", Moment()),
    Column("revoked_why", "取り消しの理由", Text()),
)


class CertificateSource(Source):
    about_people = True

    def groups(self) -> tuple[ColumnGroup, ...]:
        return (
            ColumnGroup(_("修了証"), PRINTED),
            ColumnGroup(_("再発行と取り消し"), LATER),
        )

    def rows(self) -> QuerySet[Certificate]:
        found = Certificate.objects.filter(self.scope.runs("run__"))
        return found.order_by("fiscal_year", "serial")

    def loaded(self) -> QuerySet[Certificate]:
        return Certificate.objects.select_related("run", "replaces")
