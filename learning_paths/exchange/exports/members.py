"""団体の会員: one line a membership, those that ended too."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.exports.source import ColumnGroup, Source
from learning_paths.exchange.member_columns import MEMBER_COLUMNS
from learning_paths.models import Membership


class MemberSource(Source):
    about_people = True

    def groups(self) -> tuple[ColumnGroup, ...]:
        return (ColumnGroup(_("会員"), MEMBER_COLUMNS),)

    def rows(self) -> QuerySet[Membership]:
        return Membership.objects.order_by("group__code", "invited_at", "pk")

    def loaded(self) -> QuerySet[Membership]:
        return Membership.objects.select_related("group", "user")
