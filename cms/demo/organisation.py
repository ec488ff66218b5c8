"""Departments, venues with their rooms, instructors and partners."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Department
from cms.demo.reading import CourseContent, read
from courses.enums import BarrierFree, Presence
from courses.models import Instructor, Partner, Room, Theme, Venue, VenueFeature

OF_VENUE = (
    "code",
    "name",
    "area",
    "postal_code",
    "address",
    "phone",
    "access",
    "accessibility",
    "description",
    "closed_weekdays",
    "opening_note",
    "parking",
    "parking_note",
)


@dataclass(frozen=True)
class Organisation:
    """The rows by the codes that the content uses; rooms by "venue/room"."""

    departments: dict[str, Department]
    venues: dict[str, Venue]
    rooms: dict[str, Room]
    instructors: dict[str, Instructor]
    partners: dict[str, Partner]


def build_organisation(*, at: datetime) -> Organisation:
    venues, rooms = _venues()
    _features(venues)
    return Organisation(
        departments=_departments(),
        venues=venues,
        rooms=rooms,
        instructors=_instructors(at),
        partners=_partners(),
    )


def _departments() -> dict[str, Department]:
    rows = Department.objects.bulk_create(
        Department(sort_order=order, **entry)
        for order, entry in enumerate(read("departments")["department"], start=1)
    )
    return {row.code: row for row in rows}


def _venues() -> tuple[dict[str, Venue], dict[str, Room]]:
    entries = read("venues")["venue"]
    rows = Venue.objects.bulk_create(
        Venue(
            name_kana=entry["kana"],
            opens_at=entry["opens"],
            closes_at=entry["closes"],
            latitude=Decimal(entry["position"][0]),
            longitude=Decimal(entry["position"][1]),
            **{name: entry[name] for name in OF_VENUE},
        )
        for entry in entries
    )
    venues = {row.code: row for row in rows}
    rooms = Room.objects.bulk_create(
        Room(venue=venues[entry["code"]], name=name, capacity=size)
        for entry in entries
        for name, size in entry["rooms"]
    )
    return venues, {f"{room.venue.code}/{room.name}": room for room in rooms}


def _features(venues: dict[str, Venue]) -> None:
    """What a venue has and lacks; nothing is known of the rest."""
    VenueFeature.objects.bulk_create(
        VenueFeature(
            venue=venues[entry["code"]], item=BarrierFree[name.upper()], presence=presence
        )
        for entry in read("venues")["venue"]
        for key, presence in (("has", Presence.YES), ("lacks", Presence.NO))
        for name in entry[key]
    )


def _instructors(at: datetime) -> dict[str, Instructor]:
    entries = _entries()
    agreed, approved = at - timedelta(days=500), at - timedelta(days=480)
    rows = Instructor.objects.bulk_create(
        Instructor(
            family_name=entry["name"][0],
            given_name=entry["name"][1],
            family_name_kana=entry["name"][2],
            given_name_kana=entry["name"][3],
            title=entry["title"],
            profile=entry["profile"],
            areas=entry.get("areas", ""),
            is_local_talent=entry.get("local", False),
            # Whoever offers to teach is asked through the city, by mail.
            contact_email=f"{entry['code']}@example.jp" if entry.get("local") else "",
            fee_note=entry.get("fee_note", ""),
            staff_note=entry.get("staff_note", ""),
            consents_to_publish=entry.get("public", True),
            consented_on=agreed.date() if entry.get("public", True) else None,
            approved_at=approved if _is_approved(entry) else None,
        )
        for entry in entries
    )
    return {entry["code"]: row for entry, row in zip(entries, rows, strict=True)}


def _entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("instructors")["instructor"]
    return found


def _is_approved(entry: dict[str, Any]) -> bool:
    return entry.get("public", True) and not entry.get("waits", False)


def teach_themes(instructors: dict[str, Instructor], courses: list[CourseContent]) -> None:
    """The themes of the courses that somebody teaches, or those that are said."""
    keys = {theme.key: theme for theme in Theme.objects.all()}
    taught = {entry["code"]: set(entry.get("themes", ())) for entry in _entries()}
    for course in courses:
        for code in course.instructors:
            taught[code].update(course.themes)
    link = Instructor.themes.through
    link.objects.bulk_create(
        link(instructor=instructors[code], theme=keys[key])
        for code, themes in taught.items()
        for key in sorted(themes)
    )


def _partners() -> dict[str, Partner]:
    entries = read("partners")["partner"]
    rows = Partner.objects.bulk_create(Partner(name=entry["name"]) for entry in entries)
    return {entry["code"]: row for entry, row in zip(entries, rows, strict=True)}
