"""What a calendar says of one session: called-off ones stay and say so in the title,
because some clients show nothing but the title.

The words are Japanese whatever the reader's language: a feed is one and the same for
everybody who subscribes to it.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from courses.domain.fiscal_year import TOKYO
from courses.domain.wording import ONLINE, day_words, moment_words, number_words
from courses.enums import Delivery, SessionState
from courses.models import Session, Venue

CANCELLED, POSTPONED, TAKEN_DOWN, MAKE_UP = "中止", "延期", "掲載終了", "補講"
MOVED, ELSEWHERE, BOTH = "日時変更", "会場変更", "日時・会場変更"
CALLED_OFF = {SessionState.CANCELLED: CANCELLED, SessionState.POSTPONED: POSTPONED}
STATUS = {CANCELLED: "CANCELLED", TAKEN_DOWN: "CANCELLED", POSTPONED: "TENTATIVE"}


@dataclass(frozen=True)
class CalendarEvent:
    """One session as a subscriber sees it; `status` is an RFC 5545 word.

    `blocks_time` is false for what does not make anybody busy. `conference` is an
    address and what it is called.
    """

    uid: str
    sequence: int
    created_at: datetime
    revised_at: datetime
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    summary: str
    status: str = "CONFIRMED"
    description: str = ""
    location: str = ""
    position: tuple[float, float] | None = None
    url: str = ""
    categories: tuple[str, ...] = ()
    conference: tuple[str, str] | None = None
    blocks_time: bool = True
    is_private: bool = False


@dataclass(frozen=True)
class OwnPlace:
    """How the owner of a personal calendar stands to a run.

    `mark` is empty for a confirmed place. A change of standing is a revision too,
    so `changes` and `changed_at` count into the event's. `is_for_self` is false for
    what the owner may come to without having asked for a place.
    """

    mark: str = ""
    changes: int = 0
    changed_at: datetime | None = None
    with_link: bool = True
    is_for_self: bool = True


def event_of(
    session: Session,
    *,
    site: str,
    total: int,
    categories: tuple[str, ...] = (),
    own: OwnPlace | None = None,
) -> CalendarEvent:
    """`site` is the public address without a slash, `total` the run's sessions."""
    called_off = _called_off(session, own)
    mark = called_off or (own.mark if own else "") or _changed(session)
    status = STATUS.get(called_off) or ("TENTATIVE" if own and own.mark else "CONFIRMED")
    url = _page(session, site)
    venue = _venue(session)
    changed_at = own.changed_at if own else None
    return CalendarEvent(
        uid=session.uid,
        sequence=session.sequence + (own.changes if own else 0),
        created_at=session.created_at,
        revised_at=max(session.revised_at, changed_at or session.revised_at),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        is_all_day=session.is_all_day,
        summary=_summary(session, mark, total),
        status=status,
        description=_description(session, called_off, url, own),
        location=_location(session, venue),
        position=_position(session, venue),
        url=url,
        categories=categories,
        conference=None if called_off else _conference(session, url, own),
        blocks_time=not (called_off or session.is_all_day or (own and not own.is_for_self)),
        is_private=own is not None,
    )


def _called_off(session: Session, own: OwnPlace | None) -> str:
    """Why the session is not held. Taking a page down tells the public that the course
    is no longer offered; those who have a place still meet."""
    if session.called_off is not None:
        return CALLED_OFF[session.called_off]
    withdrawn_at = session.run.course.withdrawn_at
    if own is None and withdrawn_at is not None and session.ends_at > withdrawn_at:
        return TAKEN_DOWN
    return ""


def _changed(session: Session) -> str:
    """What differs from what was announced."""
    moved = session.state == SessionState.MOVED
    if session.former_place:
        return BOTH if moved else ELSEWHERE
    return MOVED if moved else ""


def _page(session: Session, site: str) -> str:
    course = session.run.course
    return f"{site}/{quote(course.address)}" if course.is_public else ""


def _summary(session: Session, mark: str, total: int) -> str:
    number = number_words(session.number, total)
    words = (session.run.course.title, session.run.label, number)
    marks = (mark, MAKE_UP if session.makes_up_id else "")
    before = "".join(f"【{each}】" for each in marks if each)
    return before + " ".join(word for word in words if word)


def _description(session: Session, called_off: str, url: str, own: OwnPlace | None) -> str:
    run = session.run
    link = _meeting(session, own) if not called_off else ""
    hybrid = run.delivery == Delivery.HYBRID
    lines = [
        _news(session, called_off),
        _makes_up(session),
        session.title,
        session.time_note,
        "会場でもオンラインでも参加できます。" if hybrid else "",
        f"オンラインの参加先: {link}" if link else "",
        f"持ち物: {run.bring}" if run.bring else "",
        f"問い合わせ: {_contact(session)}",
        f"くわしく: {url}" if url else "",
    ]
    return "\n".join(line for line in lines if line)


def _news(session: Session, called_off: str) -> str:
    """What is no longer as it was announced, and why."""
    if called_off == TAKEN_DOWN:
        return "この講座の掲載は終わりました。"
    reason = session.state_note or session.run.state_note
    because = f"\n理由: {reason}" if reason else ""
    if called_off == CANCELLED:
        return f"中止になりました。{because}"
    if called_off == POSTPONED:
        return f"延期になりました。新しい日時は、決まりしだいお知らせします。{because}"
    return "\n".join(filter(None, (_former_time(session), _former_place(session))))


def _makes_up(session: Session) -> str:
    """Which session it stands in for, and when that was to be."""
    missed = session.makes_up
    if missed is None:
        return ""
    today = session.starts_at.astimezone(TOKYO).date()
    return f"第{missed.number}回（{day_words(missed.starts_at, today=today)}）の補講です。"


def _contact(session: Session) -> str:
    run, department = session.run, session.run.course.department
    name = run.contact_name or department.name
    return f"{name} {run.contact_phone or department.phone}".strip()


def _former_time(session: Session) -> str:
    if session.former_starts_at is None:
        return ""
    today = session.starts_at.astimezone(TOKYO).date()
    words = day_words if session.is_all_day else moment_words
    return f"日時が変わりました。変更前: {words(session.former_starts_at, today=today)}"


def _former_place(session: Session) -> str:
    former = session.former_place
    return f"会場が変わりました。変更前: {former}" if former else ""


def _venue(session: Session) -> Venue | None:
    if session.room_id and session.room:
        return session.room.venue
    return session.venue if session.venue_id else session.run.venue


def _location(session: Session, venue: Venue | None) -> str:
    if session.run.delivery == Delivery.ONLINE:
        return ONLINE
    if venue is None:
        return ""
    room = session.room.name if session.room_id and session.room else ""
    return ", ".join(part for part in (room, venue.name, venue.address) if part)


def _position(session: Session, venue: Venue | None) -> tuple[float, float] | None:
    if session.run.delivery == Delivery.ONLINE or venue is None:
        return None
    if venue.latitude is None or venue.longitude is None:
        return None
    return float(venue.latitude), float(venue.longitude)


def _conference(session: Session, url: str, own: OwnPlace | None) -> tuple[str, str] | None:
    """The meeting itself only for those who have a place; the page for everybody else."""
    if session.run.delivery == Delivery.VENUE:
        return None
    meeting = _meeting(session, own)
    if meeting:
        return meeting, "オンラインで参加する"
    return (url, "講座のページ") if url else None


def _meeting(session: Session, own: OwnPlace | None) -> str:
    """Its link, for those who have a place and want it in their calendar."""
    may_join = own is not None and own.is_for_self and not own.mark
    return session.online_url if own and may_join and own.with_link else ""
