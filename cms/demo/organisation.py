"""Departments, venues with their rooms, instructors and partners."""

from dataclasses import dataclass

from accounts.models import Department
from cms.demo.reading import read
from courses.models import Instructor, Partner, Room, Venue


@dataclass(frozen=True)
class Organisation:
    """The rows by the codes that the content uses; rooms by "venue/room"."""

    departments: dict[str, Department]
    venues: dict[str, Venue]
    rooms: dict[str, Room]
    instructors: dict[str, Instructor]
    partners: dict[str, Partner]


def build_organisation() -> Organisation:
    venues, rooms = _venues()
    return Organisation(
        departments=_departments(),
        venues=venues,
        rooms=rooms,
        instructors=_instructors(),
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
    columns = (
        "code",
        "name",
        "area",
        "postal_code",
        "address",
        "phone",
        "access",
        "accessibility",
    )
    rows = Venue.objects.bulk_create(
        Venue(name_kana=entry["kana"], **{name: entry[name] for name in columns})
        for entry in entries
    )
    venues = {row.code: row for row in rows}
    rooms = Room.objects.bulk_create(
        Room(venue=venues[entry["code"]], name=name, capacity=size)
        for entry in entries
        for name, size in entry["rooms"]
    )
    return venues, {f"{room.venue.code}/{room.name}": room for room in rooms}


def _instructors() -> dict[str, Instructor]:
    entries = read("instructors")["instructor"]
    rows = Instructor.objects.bulk_create(
        Instructor(
            family_name=entry["name"][0],
            given_name=entry["name"][1],
            family_name_kana=entry["name"][2],
            given_name_kana=entry["name"][3],
            title=entry["title"],
            profile=entry["profile"],
            consents_to_publish=entry.get("public", True),
        )
        for entry in entries
    )
    return {entry["code"]: row for entry, row in zip(entries, rows, strict=True)}


def _partners() -> dict[str, Partner]:
    entries = read("partners")["partner"]
    rows = Partner.objects.bulk_create(Partner(name=entry["name"]) for entry in entries)
    return {entry["code"]: row for entry, row in zip(entries, rows, strict=True)}
