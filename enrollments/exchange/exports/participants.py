"""参加者: one line a person who comes, companions too."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Residency
from courses.enums import PoolKind, SchoolYear
from courses.exchange.columns.addresses import Mail
from courses.exchange.columns.choices import Choice, YesNo
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day, Moment
from courses.exchange.columns.phones import Phone
from courses.exchange.columns.postcodes import Postcode
from courses.exchange.columns.texts import Code, Text
from courses.exchange.exports.source import ColumnGroup, Source
from courses.exchange.name_columns import NAME_COLUMNS
from enrollments.enums import ApplicationState
from enrollments.models import Participant


def of_application(name: str) -> Callable[[Participant], Any]:
    return lambda person: getattr(person.application, name)


OF_WHICH = (
    Column("run_code", "開催番号", Text(), take=lambda one: one.application.run.code),
    Column("run_title", "講座", Text(), take=lambda one: str(one.application.run)),
    Column("receipt_number", "受付番号", Code(), take=of_application("receipt_number")),
    Column("state", "状態", Choice(ApplicationState), take=of_application("state")),
    Column("received_at", "受付日時", Moment(), take=of_application("received_at")),
    Column("pool", "枠", Choice(PoolKind), take=lambda one: one.application.pool.kind),
)
PERSON = (
    *NAME_COLUMNS,
    Column("is_applicant", "申込者本人", YesNo()),
    Column("birth_date", "生年月日", Day(needs_year=True)),
    Column("school_year", "学年", Choice(SchoolYear)),
)
REACHED = (
    Column("phone", "申込みの電話番号", Phone(), take=of_application("phone")),
    Column("email", "申込みのメールアドレス", Mail(), take=of_application("email")),
    Column(
        "postal_code", "申込みの郵便番号", Postcode(), take=of_application("postal_code")
    ),
    Column("address", "申込みの住所", Text(), take=of_application("address")),
    Column("residency", "区分", Choice(Residency), take=of_application("residency")),
    Column("group_name", "団体名", Text(), take=of_application("group_name")),
)


class ParticipantSource(Source):
    about_people = True
    sensitive: ClassVar = frozenset({"birth_date", "postal_code", "address"})

    def groups(self) -> tuple[ColumnGroup, ...]:
        return (
            ColumnGroup(_("申込み"), OF_WHICH),
            ColumnGroup(_("参加する方"), PERSON),
            ColumnGroup(_("連絡先"), REACHED),
        )

    def rows(self) -> QuerySet[Participant]:
        found = Participant.objects.filter(self.scope.runs("application__run__"))
        return found.order_by(
            "application__run__code",
            "application__received_at",
            "application__tie",
            "position",
        )

    def loaded(self) -> QuerySet[Participant]:
        people = Participant.objects.select_related("application")
        return people.prefetch_related("application__run__course", "application__pool")
