"""会場・部屋: one line a room, or one for a venue without rooms."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.exchange.exports.source import ColumnGroup, Source
from courses.exchange.venue_columns import OF_ROOM, OF_VENUE, VenueRow
from courses.models import Venue


class VenueSource(Source):
    def groups(self) -> Sequence[ColumnGroup]:
        return (ColumnGroup(_("会場"), OF_VENUE), ColumnGroup(_("部屋"), OF_ROOM))

    def rows(self) -> QuerySet[Venue]:
        return Venue.objects.order_by("name_kana", "name", "pk")

    def loaded(self) -> QuerySet[Venue]:
        return Venue.objects.prefetch_related("rooms")

    def lines(self, found: Venue) -> Iterable[VenueRow]:
        rooms = list(found.rooms.all())
        return [VenueRow(found, room) for room in rooms] or [VenueRow(found)]

    def people(self, keys: Sequence[int]) -> int:
        return 0
