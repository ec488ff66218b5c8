"""Dates as the bulletin writes them: 12月5日・12日（土）10:00〜12:00（全2回）."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from courses.domain.fiscal_year import TOKYO
from courses.domain.wording import WEEKDAYS, time_words
from courses.models import Session


def when_words(sessions: Sequence[Session]) -> str:
    """One line where day of the week and time are always the same and no session has a
    title, else a line for each."""
    if not sessions:
        return "日程は決まりしだい"
    if len(sessions) == 1:
        return _one(sessions[0])
    number = f"（全{len(sessions)}回）"
    if len({_rhythm(session) for session in sessions}) > 1:
        lines = [
            f"第{session.number}回 {_one(session)}{_title(session)}" for session in sessions
        ]
        return "\n".join([*lines, number])
    days = [_day(session.starts_at) for session in sessions]
    return f"{_days(days)}{_weekday(days[0])}{_clock(sessions[0])}{number}"


def deadline_words(closes_at: datetime) -> str:
    """9月29日, with the time where it is not the end of the day."""
    if closes_at.astimezone(TOKYO).time() == time.min:
        return _month_and_day(_day(closes_at - timedelta(seconds=1)))
    return moment_words(closes_at)


def date_words(day: date) -> str:
    return _month_and_day(day)


def moment_words(moment: datetime) -> str:
    if moment.astimezone(TOKYO).time() == time.min:
        return _month_and_day(_day(moment))
    return f"{_month_and_day(_day(moment))}{time_words(moment)}"


def _rhythm(session: Session) -> tuple[str, str, str, str]:
    weekday = _weekday(_day(session.starts_at))
    return weekday, _clock(session), session.title, session.time_note


def _one(session: Session) -> str:
    first = _day(session.starts_at)
    words = f"{_month_and_day(first)}{_weekday(first)}"
    last = _day(session.ends_at - timedelta(seconds=1))
    if last == first:
        words += _clock(session)
    elif session.is_all_day:
        words += f"〜{_month_and_day(last)}{_weekday(last)}"
    else:
        ends = f"{_month_and_day(last)}{_weekday(last)}{time_words(session.ends_at)}"
        words += f"{time_words(session.starts_at)}〜{ends}"
    return f"{words}（{session.time_note}）" if session.time_note else words


def _clock(session: Session) -> str:
    if session.is_all_day:
        return ""
    return f"{time_words(session.starts_at)}〜{time_words(session.ends_at)}"


def _title(session: Session) -> str:
    return f"「{session.title}」" if session.title else ""


def _days(days: Iterable[date]) -> str:
    """The month once: 12月5日・12日、1月9日."""
    months: list[list[date]] = []
    for day in days:
        if months and months[-1][0].replace(day=1) == day.replace(day=1):
            months[-1].append(day)
        else:
            months.append([day])
    return "、".join(
        f"{month[0].month}月" + "・".join(f"{day.day}日" for day in month)
        for month in months
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(TOKYO).date()


def _month_and_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _weekday(day: date) -> str:
    return f"（{WEEKDAYS[day.weekday()]}）"
