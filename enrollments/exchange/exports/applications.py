"""申込み: one line an application with its companions, in the columns of the import."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.choices import Choice, Several
from courses.exchange.columns.column import Column
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import Text
from courses.exchange.exports.source import ColumnGroup, Source
from enrollments.enums import ContactBy
from enrollments.exchange.application_columns import HOW, MORE, WHO
from enrollments.models import Application, Participant, ScreeningNote, SupportRequest

# Which run somebody applied for, where the list is of several.
OF_WHICH = (
    Column("run_code", "申込先の開催番号", Text(), take=lambda one: one.run.code),
    Column("run_title", "申込先の講座", Text(), take=lambda one: str(one.run)),
)


def _wish(one: SupportRequest) -> str:
    told = f"：{one.needs}" if one.needs else ""
    return f"{one.get_kind_display()}（{one.get_state_display()}）{told}"


def _note(one: ScreeningNote) -> str:
    return " ".join(filter(None, (one.get_verdict_display(), one.note)))


BESIDE = (
    Column("seats", "申込みの人数", Number()),
    Column("contact_by", "結果の連絡方法", Choice(ContactBy)),
    Column(
        "screening_notes",
        "選考の所見",
        Several(),
        take=lambda one: [_note(note) for note in one.screening_notes.all()],
    ),
    Column(
        "support",
        "保育・支援の希望",
        Several(),
        take=lambda one: [_wish(wish) for wish in one.support_requests.all()],
    ),
)


class ApplicationSource(Source):
    about_people = True
    sensitive: ClassVar = frozenset(
        {"birth_date", "postal_code", "address", "staff_note", "screening_notes"}
    )
    for_support: ClassVar = frozenset({"support"})
    unused: ClassVar = frozenset(
        {"age", "companions_kana", "override_reason", "is_namesake"}
    )

    def groups(self) -> Sequence[ColumnGroup]:
        return (
            ColumnGroup(_("申込先"), OF_WHICH),
            ColumnGroup(_("申込み"), HOW),
            ColumnGroup(_("申込者と同伴者"), WHO),
            ColumnGroup(_("そのほか"), (*MORE, *BESIDE)),
        )

    def rows(self) -> QuerySet[Application]:
        found = Application.objects.filter(self.scope.runs("run__"))
        return found.order_by("run__code", "received_at", "tie")

    def loaded(self) -> QuerySet[Application]:
        """What many share is read once for all of them, not joined to each."""
        return Application.objects.prefetch_related(
            "run__course",
            "pool__session",
            "department",
            "participants",
            "screening_notes",
            "support_requests",
        )

    def people(self, keys: Sequence[int]) -> int:
        return Participant.objects.filter(application__in=self.rows()).count()
