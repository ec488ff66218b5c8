"""修了証の台帳: one line a certificate, those revoked too."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day, Moment
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import Code, Text
from courses.exchange.exports.source import ColumnGroup, Source
from enrollments.models import Certificate


def _run_code(certificate: Certificate) -> str:
    """Empty where it is of a series or a path."""
    return certificate.run.code if certificate.run else ""


def _replaces(certificate: Certificate) -> str:
    return certificate.replaces.number if certificate.replaces else ""


PRINTED = (
    Column("number", "修了証番号", Code()),
    Column("holder", "氏名", Text()),
    Column("course_title", "講座名", Text()),
    Column("run_code", "開催番号", Code(), take=_run_code),
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
        """Those of series with the section's, those of groups where all are shown."""
        found = Q(run__isnull=False) & self.scope.runs("run__")
        if self.scope.run is None:
            found |= self._of_no_run()
        return Certificate.objects.filter(found).order_by("fiscal_year", "serial")

    def _of_no_run(self) -> Q:
        found = Q(run=None)
        if self.scope.department:
            found &= Q(series__department=self.scope.department)
        if self.scope.fiscal_year:
            found &= Q(fiscal_year=self.scope.fiscal_year)
        return found

    def loaded(self) -> QuerySet[Certificate]:
        return Certificate.objects.select_related("run", "replaces")
