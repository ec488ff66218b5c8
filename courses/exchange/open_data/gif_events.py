"""GIF コアデータモデル「イベント」 (DS-43C): the items of an event by official name.

A run of several sessions is a parent event that lists its sub events; each session is
an event with an ID of its own. A run of one session is that one event.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from courses.domain.open_data import ListedRun, ListedSession
from courses.enums import CourseKind, Delivery, PartnerRelation
from courses.exchange.open_data import event_texts as texts
from courses.exchange.open_data import gif_parts as parts
from courses.exchange.open_data.cells import clock, day
from courses.exchange.open_data.columns import Column, Kind
from courses.exchange.open_data.event_columns import (
    begins,
    course_address,
    ends,
    first_day,
    last_day,
    last_moment,
    number,
)

NOBODY_LEFT_OUT = "指定なし"
HELD = {
    Delivery.VENUE: "現地開催のみ",
    Delivery.ONLINE: "オンライン",
    Delivery.HYBRID: "ハイブリッド",
}
# イベント種類 of GIF 452-1 §4.12
LIKE_SEMINARS = (
    CourseKind.COURSE,
    CourseKind.LECTURE,
    CourseKind.TRAINING,
    CourseKind.WORKSHOP,
    CourseKind.FORUM,
    CourseKind.OUTREACH,
    CourseKind.STAFF_TRAINING,
)
BESIDE = (
    PartnerRelation.SUPPORTER,
    PartnerRelation.COOPERATION,
    PartnerRelation.COMMISSIONED,
    PartnerRelation.COMMITTEE,
)


@dataclass(frozen=True)
class GifEvent:
    """A session, or the run around several of them (`session` none). `listed` are the
    run's sessions in order of time; the first stands for a parent's place."""

    of: ListedRun
    listed: tuple[ListedSession, ...]
    session: ListedSession | None = None

    @property
    def first(self) -> ListedSession:
        return self.session or self.listed[0]

    @property
    def last(self) -> ListedSession:
        return self.session or self.listed[-1]


def gif_events(sessions: Sequence[ListedSession]) -> Iterator[GifEvent]:
    """Each parent before its sessions; runs in the order of their first session."""
    by_run: dict[int, list[ListedSession]] = {}
    for listed in sessions:
        by_run.setdefault(listed.of.run.pk, []).append(listed)
    for own in by_run.values():
        of, together = own[0].of, tuple(own)
        if len(together) > 1:
            yield GifEvent(of, together)
        for listed in together:
            yield GifEvent(of, together, listed)


def identifier(event: GifEvent) -> str:
    """The list's own NO for a session, the run's code for a parent."""
    of = event.of
    own = number(event.session.session.pk) if event.session else of.run.code
    return f"{of.publisher.code}-{own}"


def _sub_events(event: GifEvent) -> list[str]:
    if event.session:
        return []
    return [identifier(GifEvent(event.of, (), one)) for one in event.listed]


def _name(event: GifEvent) -> str:
    return texts.session_name(event.session) if event.session else event.of.course.title


def _sub_title(event: GifEvent) -> str:
    return event.session.session.title if event.session else event.of.run.label


def _time_note(event: GifEvent) -> str:
    return texts.time_note(event.session) if event.session else ""


def _status(event: GifEvent) -> str:
    return str((event.session or event.of).status.label)


def _event_type(event: GifEvent) -> str:
    kind = CourseKind(event.of.course.kind)
    return "セミナー" if kind in LIKE_SEMINARS else "その他イベント"


def _fee_status(event: GifEvent) -> str:
    """Empty where the fee is not known: an imported list did not tell it."""
    run = event.of.run
    if run.fee:
        return "有料"
    if not texts.fee_is_known(event.of):
        return ""
    return "有料" if parts.names_an_amount(run.fee_note) else "無料"


def _deadline(event: GifEvent, part: str) -> object:
    moment = last_moment(event.first)
    return getattr(moment, part)() if moment else None


def _opens(event: GifEvent, part: Callable[..., object]) -> object:
    moment = event.of.run.applications_open_at
    return part(moment) if moment else None


def _application_url(event: GifEvent) -> str:
    of = event.of
    if of.run.applications_close_at is None:
        return ""
    return f"{of.publisher.site}/apply/{quote(of.run.code)}/"


EVENT_ITEMS: tuple[Column[GifEvent], ...] = (
    Column("id", identifier, required=True),
    Column("eventName", _name, required=True),
    Column("eventNameKana", lambda e: e.of.course.title_kana),
    Column("eventNameEn", lambda e: e.of.course.title_en),
    Column("subTitle", _sub_title),
    Column(
        "description",
        lambda e: texts.description(e.of, e.session),
        Kind.PROSE,
        required=True,
    ),
    Column("subEvent", _sub_events, Kind.LIST),
    Column("eventType", _event_type, required=True),
    Column("eventUrl", lambda e: course_address(e.first), Kind.URL, required=True),
    Column("status", _status),
    Column("keyword", lambda e: parts.joined(parts.themes(e.of))),
    Column("holdingPattern", lambda e: "単独" if e.session else "定期開催"),
    Column("dateOfStart", lambda e: first_day(e.first), Kind.DATE),
    Column("dateOfEnd", lambda e: last_day(e.last), Kind.DATE),
    Column("startTime", lambda e: begins(e.first) if e.session else None, Kind.TIME),
    Column("endTime", lambda e: ends(e.last) if e.session else None, Kind.TIME),
    Column(
        "dateTimeDescription", lambda e: texts.time_note(e.session) if e.session else ""
    ),
    Column("location", lambda e: texts.place_name(e.first)),
    Column("locationAddress", lambda e: parts.address(e.first), Kind.OBJECT),
    Column("venueFacility", lambda e: parts.facility(e.first), Kind.OBJECT),
    Column("accessMethod", lambda e: e.first.venue and e.first.venue.access, Kind.PROSE),
    Column("webinarStatus", lambda e: HELD[Delivery(e.of.run.delivery)], required=True),
    Column("organizer", lambda e: texts.organisers(e.of), required=True),
    Column(
        "coorganizer",
        lambda e: parts.joined(texts.partners(e.of, [PartnerRelation.CO_ORGANISER])),
    ),
    Column("relatedGroup", lambda e: parts.joined(texts.partners(e.of, BESIDE))),
    Column(
        "targetPerson",
        lambda e: texts.audience(e.of) or NOBODY_LEFT_OUT,
        required=True,
    ),
    Column("capacity", lambda e: texts.capacity(e.of), Kind.NUMBER),
    Column("capacityRemark", lambda e: texts.capacity_note(e.of)),
    Column("feeStatus", _fee_status, required=True),
    Column("fee_JPY", lambda e: texts.fee(e.of), Kind.NUMBER),
    Column("feeDescription", lambda e: e.of.run.fee_note),
    Column("parkingStatus", lambda e: e.first.venue and e.first.venue.parking),
    Column("parkingInformation", lambda e: e.first.venue and e.first.venue.parking_note),
    Column("startDateOfApplication", lambda e: _opens(e, day), Kind.DATE),
    Column("applicationStartTime", lambda e: _opens(e, clock), Kind.TIME),
    Column("deadlineDateOfApplication", lambda e: _deadline(e, "date"), Kind.DATE),
    Column("applicationDeadlineTime", lambda e: _deadline(e, "time"), Kind.TIME),
    Column("applicationUrl", _application_url, Kind.URL),
    Column("applicationMethod", lambda e: texts.how_to_apply(e.of), Kind.PROSE),
    Column("accessibilityInformation", lambda e: parts.accessibility(e.first), Kind.OBJECT),
    Column("languageCode", lambda e: "JA"),
    Column(
        "contactPointInformation", lambda e: parts.contact(e.of), Kind.OBJECT, required=True
    ),
)
