"""A venue's barrier-free facts: one row for each that is known, none for the others."""

from collections.abc import Mapping

from django.db import transaction

from courses.enums import BarrierFree, Presence
from courses.models import Venue, VenueFeature

Facts = Mapping[BarrierFree, Presence]


def barrier_free_facts(venue: Venue) -> dict[BarrierFree, Presence]:
    """All 18, in the official order."""
    known = {row.item: Presence(row.presence) for row in venue.features.all()}
    return {item: known.get(item, Presence.UNKNOWN) for item in BarrierFree}


def describe_barrier_free(*, venue: Venue, facts: Facts) -> None:
    """Take over what was entered; items that are not mentioned stay as they are."""
    with transaction.atomic():
        unknown = [item for item, there in facts.items() if there == Presence.UNKNOWN]
        venue.features.filter(item__in=unknown).delete()
        VenueFeature.objects.bulk_create(
            [
                VenueFeature(venue=venue, item=item, presence=there)
                for item, there in facts.items()
                if there != Presence.UNKNOWN
            ],
            update_conflicts=True,
            unique_fields=["venue", "item"],
            update_fields=["presence"],
        )
