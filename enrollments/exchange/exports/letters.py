"""あて名: one line a message that goes by post or telephone, for a mail merge."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.choices import Choice
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Moment
from courses.exchange.columns.phones import Phone
from courses.exchange.columns.postcodes import Postcode
from courses.exchange.columns.texts import Code, LongText, Text
from courses.exchange.exports.source import ColumnGroup, Source
from enrollments.enums import MessageKind, NotificationState
from enrollments.models import Notification


def _of(name: str) -> Any:
    return lambda message: getattr(message.application, name)


TO_WHOM = (
    Column("receipt_number", "受付番号", Code(), take=_of("receipt_number")),
    Column("full_name", "氏名", Text(), take=_of("full_name")),
    Column("full_name_kana", "フリガナ", Text(), take=_of("full_name_kana")),
    Column("postal_code", "郵便番号", Postcode(), take=_of("postal_code")),
    Column("address", "住所", Text(), take=_of("address")),
    Column("phone", "電話番号", Phone(), take=_of("phone")),
)
WHAT = (
    Column("run_code", "開催番号", Text(), take=lambda one: one.application.run.code),
    Column("run_title", "講座", Text(), take=lambda one: str(one.application.run)),
    Column("kind", "お知らせの種類", Choice(MessageKind)),
    Column("subject", "件名", Text()),
    Column("body", "本文", LongText()),
    Column("due_at", "予定日時", Moment()),
    Column("printed_at", "印刷した日時", Moment()),
)


class LetterSource(Source):
    about_people = True
    sensitive: ClassVar = frozenset({"postal_code", "address"})

    def groups(self) -> tuple[ColumnGroup, ...]:
        return (
            ColumnGroup(_("あて先"), TO_WHOM),
            ColumnGroup(_("お知らせ"), WHAT),
        )

    def rows(self) -> QuerySet[Notification]:
        """Of childcare and support nothing goes out by a list."""
        waiting = Notification.objects.filter(
            self.scope.runs("application__run__"), state=NotificationState.BY_HAND
        )
        return waiting.exclude(kind=MessageKind.SUPPORT).order_by("due_at", "pk")

    def loaded(self) -> QuerySet[Notification]:
        letters = Notification.objects.select_related("application")
        return letters.prefetch_related("application__run__course")
