"""団体: one line a group of the register."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.exports.source import ColumnGroup, Source
from learning_paths.exchange.group_columns import GROUP_COLUMNS
from learning_paths.models import Group


class GroupSource(Source):
    def groups(self) -> Sequence[ColumnGroup]:
        return (ColumnGroup(_("団体"), GROUP_COLUMNS),)

    def rows(self) -> QuerySet[Group]:
        return Group.objects.order_by("code")

    def people(self, keys: Sequence[int]) -> int:
        return 0
