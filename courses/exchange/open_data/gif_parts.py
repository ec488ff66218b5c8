"""The parts of a GIF event: 住所, 施設, 連絡先, アクセシビリティ (DS-43C, DS-435, DS-436).
An item that is not known is left out; none is ever an empty text."""

import re
from collections.abc import Iterable

from courses.domain.open_data import ListedRun, ListedSession, Publisher
from courses.enums import Presence
from courses.exchange.open_data.cells import phone, plain
from courses.exchange.open_data.columns import Kind
from courses.exchange.open_data.event_columns import number
from courses.exchange.open_data.event_texts import support
from courses.exchange.open_data.facility_columns import open_weekdays
from courses.models import Venue

Part = dict[str, object]
WORLD_GEODETIC = "EPSG:6668"  # JGD2011
_AMOUNT = re.compile(r"[1-9][\d,]*\s*円")


def names_an_amount(text: str) -> bool:
    return bool(_AMOUNT.search(text))


def joined(names: Iterable[str]) -> str:
    return ";".join(names)


def themes(of: ListedRun) -> list[str]:
    return [theme.name for theme in of.course.themes.all()]


def _told(items: Part) -> Part | None:
    """Without what is not known; none where nothing is."""
    told = {name: value for name, value in items.items() if value not in (None, "", [], {})}
    return told or None


def address(listed: ListedSession) -> Part | None:
    venue = listed.venue
    return _address(venue, listed.of.publisher) if venue and venue.address else None


def _address(venue: Venue, publisher: Publisher) -> Part | None:
    """The street is one text here, so it is given whole (連結表記) and not cut up."""
    degrees = venue.latitude is not None
    return _told(
        {
            "localGovernmentCode": publisher.code,
            "prefecture": publisher.prefecture,
            "cityAndCounty": publisher.city,
            "fullAddress": plain(Kind.TEXT, venue.address),
            "postalCode": venue.postal_code,
            "latitude": plain(Kind.DEGREES, venue.latitude),
            "longitude": plain(Kind.DEGREES, venue.longitude),
            "coordinateReferenceSystemCode": WORLD_GEODETIC if degrees else "",
            "country": "JPN",
        }
    )


def facility(listed: ListedSession) -> Part | None:
    venue, publisher = listed.venue, listed.of.publisher
    if venue is None:
        return None
    return _told(
        {
            "id": f"{publisher.code}-{number(venue.pk)}",
            "name": plain(Kind.TEXT, venue.name),
            "nameKana": plain(Kind.TEXT, venue.name_kana),
            "description": plain(Kind.PROSE, venue.description),
            "facilityAddress": _address(venue, publisher) if venue.address else None,
            "accessMethod": plain(Kind.PROSE, venue.access),
            "parkingStatus": venue.parking,
            "contactPointInformation": _told(
                {
                    "contactPointName": plain(Kind.TEXT, venue.name),
                    "contactPointPhoneNumber": _phones(venue.phone),
                }
            ),
            "availableDay": open_weekdays(venue),
            "startTime": plain(Kind.TIME, venue.opens_at),
            "endTime": plain(Kind.TIME, venue.closes_at),
            # spelled as in the standard
            "availabileDateTimeDescription": plain(Kind.TEXT, venue.opening_note),
        }
    )


def accessibility(listed: ListedSession) -> Part | None:
    """The venue's facts, and what this run offers: the model has no item for sign
    language or childcare, so they stand in the remark."""
    venue = listed.venue
    features = venue.features.all() if venue else ()
    known = {one.item: one.presence for one in features if one.presence != Presence.UNKNOWN}
    told = [*support(listed.of), venue.accessibility if venue else ""]
    remark = plain(Kind.PROSE, "\n".join(words for words in told if words))
    return _told({**known, "remark": remark})


def contact(of: ListedRun) -> Part | None:
    """The section, never a person; without name or number there is nobody to ask."""
    section = of.course.department
    return _told(
        {
            "contactPointName": plain(Kind.TEXT, section.name),
            "contactPointPhoneNumber": _phones(section.phone),
            "contactPointExtension": plain(Kind.TEXT, section.extension),
            "contactPointEmailAddress": [section.email] if section.email else [],
        }
    )


def _phones(text: str) -> list[str]:
    found = phone(text)
    return [found] if found else []
