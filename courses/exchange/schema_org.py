"""A course as schema.org JSON-LD: one `Course`, one `CourseInstance` per run, one
`EducationEvent` per session. Only what the page itself shows: no online address, nobody
who did not agree to be named.

Source of the words: schema.org 29.x (Course, CourseInstance, Event, EventStatusType,
ItemAvailability); times carry Tokyo's +09:00.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from courses.domain.fiscal_year import TOKYO
from courses.enums import Delivery, ReceptionStatus, SessionState
from courses.models import CourseRun, Session, Venue

Json = dict[str, Any]
TERM = "https://schema.org/"
# A script ends at `</script` wherever it stands, so these signs are written as escapes.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}

STATUS = {
    SessionState.CANCELLED: "EventCancelled",
    SessionState.POSTPONED: "EventPostponed",
}
MODE = {
    Delivery.VENUE: ("OfflineEventAttendanceMode", "onsite"),
    Delivery.ONLINE: ("OnlineEventAttendanceMode", "online"),
    Delivery.HYBRID: ("MixedEventAttendanceMode", "blended"),
}
AVAILABILITY = {
    ReceptionStatus.OPEN: "InStock",
    ReceptionStatus.NOT_NEEDED: "InStock",
    ReceptionStatus.NOT_YET: "PreOrder",
    ReceptionStatus.WAITING_LIST: "SoldOut",
    ReceptionStatus.FULL: "SoldOut",
    ReceptionStatus.CLOSED: "OutOfStock",
    ReceptionStatus.ENDED: "OutOfStock",
    ReceptionStatus.CANCELLED: "OutOfStock",
    ReceptionStatus.POSTPONED: "OutOfStock",
}


@dataclass(frozen=True)
class Site:
    """`url` without a slash at its end."""

    city: str
    name: str
    url: str


@dataclass(frozen=True)
class CourseWords:
    """What the page says of the course, in the language of the page. `organisers` are
    those beside the city, `people` the lecturers who agreed to be named."""

    title: str
    url: str
    language: str
    department: str
    description: str = ""
    image: str = ""
    themes: Sequence[str] = ()
    audiences: Sequence[str] = ()
    organisers: Sequence[str] = ()
    people: Sequence[str] = ()


@dataclass(frozen=True)
class OfferedRun:
    """A run loaded with its facts, and where its reception stands."""

    run: CourseRun
    status: ReceptionStatus


def course_document(words: CourseWords, runs: Sequence[OfferedRun], site: Site) -> Json:
    """The whole block."""
    by = _organisers(words, site)
    course: Json = {
        "@type": "Course",
        "@id": f"{words.url}#course",
        "name": words.title,
        "description": words.description or words.title,
        "url": words.url,
        "inLanguage": words.language,
        "provider": by[0],
        "image": words.image,
        "about": [{"@type": "Thing", "name": name} for name in words.themes],
        "audience": [
            {"@type": "Audience", "audienceType": name} for name in words.audiences
        ],
        "hasCourseInstance": [_instance(one, words, by, site) for one in runs],
    }
    events = [
        _event(session, one, words, by, site)
        for one in runs
        for session in one.run.sessions.all()
    ]
    return {"@context": "https://schema.org", "@graph": [_told(course), *events]}


def written(document: Json) -> str:
    """As it may stand between `<script>` and `</script>`."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.translate(ESCAPES)


def _instance(one: OfferedRun, words: CourseWords, by: list[Json], site: Site) -> Json:
    run, sessions = one.run, list(one.run.sessions.all())
    starts = min((session.starts_at for session in sessions), default=None)
    ends = max((session.ends_at for session in sessions), default=None)
    return _told(
        {
            "@type": "CourseInstance",
            "@id": _run_id(run, words),
            "name": f"{words.title} {run.label}".strip(),
            "courseMode": MODE[Delivery(run.delivery)][1],
            "startDate": _moment(starts) if starts else "",
            "endDate": _moment(ends) if ends else "",
            "location": _location(run, run.venue, words, site),
            "instructor": [{"@type": "Person", "name": name} for name in words.people],
            "organizer": by,
            "offers": _offer(one, words),
        }
    )


def _event(
    session: Session, one: OfferedRun, words: CourseWords, by: list[Json], site: Site
) -> Json:
    run = one.run
    number = f"第{session.number}回" if words.language == "ja" else f"#{session.number}"
    several = len(run.sessions.all()) > 1
    names = (words.title, number if several else "", session.title)
    moved = _moved_from(session)
    last_day = session.ends_at - timedelta(minutes=1)
    return _told(
        {
            "@type": "EducationEvent",
            "@id": f"{words.url}#{session.uid}",
            "name": " ".join(name for name in names if name),
            "url": words.url,
            "startDate": _when(session, session.starts_at),
            "endDate": _when(session, last_day if session.is_all_day else session.ends_at),
            "previousStartDate": _when(session, moved) if moved else "",
            "eventStatus": TERM + _status(session, run),
            "eventAttendanceMode": TERM + MODE[Delivery(run.delivery)][0],
            "location": _location(run, _venue(session, run), words, site),
            "organizer": by,
            "superEvent": {"@id": _run_id(run, words)},
            "offers": _offer(one, words),
        }
    )


def _status(session: Session, run: CourseRun) -> str:
    if session.called_off is not None:
        return STATUS[session.called_off]
    if _moved_from(session):
        return "EventRescheduled"
    went_online = bool(session.former_place) and run.delivery == Delivery.ONLINE
    return "EventMovedOnline" if went_online else "EventScheduled"


def _moved_from(session: Session) -> datetime | None:
    """Its former date; a session that only has another place is not rescheduled."""
    former = session.former_starts_at
    moved = session.state == SessionState.MOVED and former != session.starts_at
    return former if moved else None


def _offer(one: OfferedRun, words: CourseWords) -> Json:
    """Without a price where only a note says what it costs."""
    run = one.run
    opens, closes = run.applications_open_at, run.applications_close_at
    known = run.fee or not run.fee_note
    return _told(
        {
            "@type": "Offer",
            "url": words.url,
            "price": str(run.fee) if known else "",
            "priceCurrency": "JPY" if known else "",
            "availability": TERM + AVAILABILITY[one.status],
            "validFrom": _moment(opens) if opens else "",
            "validThrough": _moment(closes) if closes else "",
        }
    )


def _organisers(words: CourseWords, site: Site) -> list[Json]:
    """The city first, with the section that is in charge."""
    city = {
        "@type": "GovernmentOrganization",
        "name": site.city,
        "url": f"{site.url}/",
        "department": {"@type": "GovernmentOrganization", "name": words.department},
    }
    return [city, *({"@type": "Organization", "name": name} for name in words.organisers)]


def _venue(session: Session, run: CourseRun) -> Venue | None:
    return session.room.venue if session.room else session.venue or run.venue


def _location(
    run: CourseRun, venue: Venue | None, words: CourseWords, site: Site
) -> Json | list[Json]:
    """Where to come; online the page says how, as the address itself is told only to
    those who have a place."""
    online = {"@type": "VirtualLocation", "url": words.url}
    if run.delivery == Delivery.ONLINE:
        return online
    address = {
        "@type": "PostalAddress",
        "addressCountry": "JP",
        "postalCode": venue.postal_code if venue else "",
        "streetAddress": venue.address if venue else "",
    }
    place = {
        "@type": "Place",
        "name": venue.name if venue else site.city,
        "address": _told(address),
    }
    return [place, online] if run.delivery == Delivery.HYBRID else place


def _run_id(run: CourseRun, words: CourseWords) -> str:
    return f"{words.url}#run-{run.code}"


def _when(session: Session, moment: datetime) -> str:
    local = moment.astimezone(TOKYO)
    return local.date().isoformat() if session.is_all_day else _moment(moment)


def _moment(moment: datetime) -> str:
    return moment.astimezone(TOKYO).isoformat(timespec="seconds")


def _told(document: Json) -> Json:
    """Without what is empty."""
    return {key: value for key, value in document.items() if value not in ("", [], None)}
