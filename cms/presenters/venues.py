"""Venues as residents look for them: by part of town and by what they need there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.dates import WEEKDAYS as FROM_MONDAY
from django.utils.translation import gettext as _

from cms.presenters.calendars import calendar_of
from cms.presenters.cards import cards_for
from courses.domain.ordering import joinable_first
from courses.enums import BarrierFree, Presence, RunState
from courses.models import Course, Session, Venue, VenueFeature
from courses.models.localised import in_english

SHOWN = 12
# By the official codes: 1 is Monday, 7 Sunday.
WEEKDAYS = {number + 1: name for number, name in FROM_MONDAY.items()}
SHOWN_PRESENCES = (Presence.YES, Presence.NO, Presence.PRIVATE)


@dataclass(frozen=True)
class Area:
    name: str
    venues: list[Venue]


@dataclass(frozen=True)
class Need:
    """A barrier-free item that somebody may ask for."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class BarrierFreeFact:
    label: str
    presence: str
    is_there: bool


def venues_context(query: QueryDict) -> dict[str, Any]:
    """What is asked for and is no known item is left out."""
    asked = [item for item in query.getlist("need") if item in BarrierFree.values]
    needs = [
        Need(value, str(label), value in asked) for value, label in BarrierFree.choices
    ]
    venues = with_all(Venue.objects.order_by("area", "name_kana", "name"), asked)
    found = list(venues)
    return {
        "areas": by_area(found),
        "needs": needs,
        "chosen": [need for need in needs if need.chosen],
        "total": len(found),
    }


def with_all(venues: QuerySet[Venue], items: Iterable[str]) -> QuerySet[Venue]:
    """Those that are known to have each of these."""
    for item in dict.fromkeys(items):
        there = VenueFeature.objects.filter(item=item, presence=Presence.YES)
        venues = venues.filter(pk__in=there.values("venue"))
    return venues


def by_area(venues: Iterable[Venue]) -> list[Area]:
    """Venues sorted by area; those without one come last."""
    grouped = [Area(name, list(own)) for name, own in groupby(venues, lambda v: v.area)]
    return sorted(grouped, key=lambda area: area.name == "")


def venue_context(venue: Venue, *, at: datetime) -> dict[str, Any]:
    keys, rooms = coming_courses(venue, at=at), list(venue.rooms.all())
    return {
        "venue": venue,
        "rooms": rooms,
        "names_equipment": any(room.equipment for room in rooms),
        "opening": opening_words(venue),
        "closed": closed_words(venue),
        "closing_days": venue.closing_days.filter(last_day__gte=at.date()),
        "parking": parking_words(venue),
        "barrier_free": barrier_free(venue),
        "cards": cards_for(keys[:SHOWN], at=at),
        "total": len(keys),
        "feed": calendar_of(venue),
    }


def coming_courses(venue: Venue, *, at: datetime) -> list[int]:
    """Courses with a session to come here, what one can join first."""
    sessions = Session.objects.public().at_venue(venue).held().upcoming(at)
    announced = sessions.filter(run__state=RunState.ANNOUNCED)
    courses = Course.objects.filter(pk__in=announced.values("run__course"))
    return joinable_first(courses, at=at)


def barrier_free(venue: Venue) -> list[BarrierFreeFact]:
    """What is known, in the order of the official list; unknown items are left out."""
    known = {feature.item: feature.presence for feature in venue.features.all()}
    return [
        BarrierFreeFact(
            str(label), str(Presence(known[item]).label), known[item] == Presence.YES
        )
        for item, label in BarrierFree.choices
        if known.get(item) in SHOWN_PRESENCES
    ]


def opening_words(venue: Venue) -> str:
    if venue.opens_at is None or venue.closes_at is None:
        return ""
    return f"{_clock(venue.opens_at)}〜{_clock(venue.closes_at)}"


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def closed_words(venue: Venue) -> str:
    """The weekdays on which it is closed: 月曜日、火曜日."""
    names = [str(WEEKDAYS[int(day)]) for day in venue.closed_weekdays]
    return (", " if in_english() else "、").join(names)


def parking_words(venue: Venue) -> str:
    """Nothing where nobody knows and there is no note."""
    if venue.parking in (Presence.UNKNOWN, Presence.PRIVATE):
        return venue.parking_note
    there = _("あり") if venue.parking == Presence.YES else _("なし")
    note = venue.parking_note
    return _("%(there)s（%(note)s）") % {"there": there, "note": note} if note else there
