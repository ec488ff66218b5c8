"""What else is held at a time, and how it is named to the officer who wants the time.

A session takes its room and its people while it is held and its run is not called off;
one may begin when another ends.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from courses.domain.fiscal_year import TOKYO
from courses.domain.refusals import InstructorTaken, RoomTaken
from courses.domain.wording import day_words, range_words, until_words
from courses.models import Instructor, Room, Session
from courses.models.localised import in_english
from courses.models.querysets import SessionQuerySet


def in_the_way(
    starts_at: datetime, ends_at: datetime, but: Session | None = None
) -> SessionQuerySet:
    """Sessions held in that time; `but` is the one that moves and does not block itself."""
    found = Session.objects.taking_place().filter(
        starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    return found if but is None else found.exclude(pk=but.pk)


def room_taken(room: Room, clash: Session, *, at: datetime) -> RoomTaken:
    """The refusal that names the session in the way."""
    words = _(
        "%(room)sは、%(when)sに%(session)sで使われています。部屋か時間を変えてください。"
    )
    return RoomTaken(
        words
        % {"room": room, "when": when_words(clash, at=at), "session": session_words(clash)}
    )


def instructor_taken(
    instructor: Instructor, clash: Session, *, at: datetime
) -> InstructorTaken:
    words = _(
        "%(instructor)sさんは、%(when)sに%(session)sで教えています。講師か時間を変えるか、"
        "重なってもよい理由を入力してください。"
    )
    return InstructorTaken(
        words
        % {
            "instructor": instructor,
            "when": when_words(clash, at=at),
            "session": _with_place(clash),
        }
    )


def session_words(session: Session) -> str:
    """Course and number, whichever section it belongs to: only staff are refused."""
    course = session.run.course
    title = (_in_english() and course.title_en) or course.title
    return _("「%(course)s」第%(number)d回") % {"course": title, "number": session.number}


def when_words(session: Session, *, at: datetime) -> str:
    """12月5日（土）10:00〜12:00; the year where it is not this fiscal year."""
    today, english = at.astimezone(TOKYO).date(), _in_english()
    if not session.is_all_day:
        return range_words(session.starts_at, session.ends_at, today=today, english=english)
    first = day_words(session.starts_at, today=today, english=english)
    last = until_words(session.ends_at, today=today, english=english)
    return first if first == last else f"{first}{' – ' if english else '〜'}{last}"


def _with_place(session: Session) -> str:
    if not session.place:
        return session_words(session)
    words = {"session": session_words(session), "place": session.place}
    return _("%(session)s（%(place)s）") % words


def _in_english() -> bool:
    return in_english()
