"""キャンセル待ち: one line a party, in the order in which their turn comes."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.column import Column
from courses.exchange.columns.numbers import Number
from courses.exchange.exports.source import ColumnGroup
from enrollments.exchange.application_columns import HOW, WHO
from enrollments.exchange.exports.applications import OF_WHICH, ApplicationSource
from enrollments.models import Application
from enrollments.models.querysets import IN_LINE

LISTED = {
    "receipt_number",
    "received_at",
    "pool",
    "session",
    *("full_name", "full_name_kana", "phone", "email", "postal_code", "address"),
    "companions",
}
IN_THE_LINE = (
    Column("turn", "順番", Number(), take=lambda one: one.turn),
    Column("seats", "申込みの人数", Number()),
)


class WaitingSource(ApplicationSource):
    def groups(self) -> tuple[ColumnGroup, ...]:
        told = [one for one in (*HOW, *WHO) if one.name in LISTED]
        return (
            ColumnGroup(_("申込先"), OF_WHICH),
            ColumnGroup(_("順番"), IN_THE_LINE),
            ColumnGroup(_("申込み"), told),
        )

    def rows(self) -> QuerySet[Application]:
        found = Application.objects.filter(self.scope.runs("run__")).waiting()
        return found.order_by("run__code", "pool", *IN_LINE)

    def lines(self, found: Application) -> Iterable[Application]:
        """Counted within the places for which somebody waits."""
        pool, turn = getattr(self, "_last", (None, 0))
        turn = turn + 1 if pool == found.pool_id else 1
        self._last = (found.pool_id, turn)
        found.turn = turn  # type: ignore[attr-defined]
        return (found,)
