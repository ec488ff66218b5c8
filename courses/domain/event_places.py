"""Imported places: one venue per name, one room per name in it, found before made."""

from hashlib import sha256
from unicodedata import normalize

from courses.domain.event_facts import Place
from courses.domain.event_plan import ImportPlan
from courses.models import Room, Venue


class PlaceBook:
    """Venues and rooms by the names that a plan uses; what it lacks is made."""

    def __init__(self, plan: ImportPlan) -> None:
        facts = [
            session.facts
            for course in plan.courses
            for run in course.runs
            for session in run.sessions
        ]
        names = {entry.venue for entry in facts if entry.venue}
        found = Venue.objects.filter(name__in=names).order_by("-pk")
        self._venues = {venue.name: venue for venue in found}
        for place in plan.places:
            if place.venue in names and place.venue not in self._venues:
                self._venues[place.venue] = _make_venue(place)
        rooms = Room.objects.filter(venue__in=self._venues.values()).select_related("venue")
        self._rooms = {(room.venue.name, room.name): room for room in rooms}
        for entry in facts:
            key = (entry.venue, entry.room)
            if entry.room and key not in self._rooms:
                self._rooms[key] = Room.objects.create(
                    venue=self._venues[entry.venue], name=entry.room
                )

    @property
    def rooms(self) -> list[Room]:
        return list(self._rooms.values())

    def venue(self, name: str) -> Venue | None:
        return self._venues[name] if name else None

    def room(self, venue: str, name: str) -> Room | None:
        return self._rooms[venue, name] if name else None


def _make_venue(place: Place) -> Venue:
    return Venue.objects.create(
        code=free_code(place.venue),
        name=place.venue,
        address=place.address,
        postal_code=place.postal_code,
        access=place.access,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def free_code(name: str) -> str:
    """The same name gets the same code on every installation."""
    folded = "".join(normalize("NFKC", name).casefold().split())
    base = f"v-{sha256(folded.encode()).hexdigest()[:10]}"
    code, number = base, 1
    while Venue.objects.filter(code=code).exists():
        number += 1
        code = f"{base}-{number}"
    return code
