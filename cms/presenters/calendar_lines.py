"""One session as a line of a calendar: what has become of it stands in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cms.presenters.session_news import called_off_words, marks_of, news_of
from cms.templatetags.manabiba import home_url
from courses.domain.fiscal_year import TOKYO
from courses.domain.wording import range_words, time_words, title_words
from courses.enums import Delivery
from courses.models import Session
from courses.models.localised import in_english


@dataclass(frozen=True)
class CalendarLine:
    """`time` is the beginning, none for a whole day; `when` from and to. `called_off` is
    the word for it, none where it is held; `mark` all that is to be known first, `news`
    what has changed and why. `online` is the meeting's address, if the reader may join."""

    time: str
    when: str
    title: str
    part: str
    place: str
    url: str
    called_off: str
    mark: str
    news: str
    online: str = ""


def public_line(
    session: Any, day: date, *, today: date, totals: Mapping[int, int] | None = None
) -> CalendarLine:
    """Of a session with its place and course; `totals` are the sessions by run, where
    their number is to be told."""
    course = session.run.course
    return CalendarLine(
        time=_time(session, day),
        when=_when(session, today),
        title=title_words(course, english=in_english()),
        part=_part(session, totals or {}),
        place=_place(session),
        url=f"{home_url()}{course.address}",
        called_off=called_off_words(session),
        mark="・".join(marks_of(session)),
        news=news_of(session, today=today),
    )


def _time(session: Session, day: date) -> str:
    """None for a whole day, and on the further days of a session over several."""
    first = session.starts_at.astimezone(TOKYO).date() == day
    return "" if session.is_all_day or not first else time_words(session.starts_at)


def _when(session: Session, today: date) -> str:
    begin, end = session.starts_at.astimezone(TOKYO), session.ends_at.astimezone(TOKYO)
    if session.is_all_day:
        return _("終日")
    if begin.date() != end.date():
        return range_words(begin, end, today=today, english=in_english())
    return f"{time_words(begin)}{'–' if in_english() else '〜'}{time_words(end)}"


def _part(session: Session, totals: Mapping[int, int]) -> str:
    """第2回 まちを歩く; a single session has no number."""
    numbered = totals.get(session.run_id, 1) > 1
    number = _("第%(number)s回") % {"number": session.number} if numbered else ""
    return " ".join(word for word in (number, session.title) if word)


def _place(session: Any) -> str:
    online = str(Delivery.ONLINE.label)
    if session.run.delivery == Delivery.ONLINE:
        return online
    place = " ".join(word for word in (session.venue_name, session.room_name) if word)
    if session.run.delivery != Delivery.HYBRID:
        return place
    return "・".join(word for word in (place, online) if word)
