"""When a row takes place. A time that is not known is said in words, never invented."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from courses.domain.event_facts import BEGINS, SessionFacts
from courses.domain.fiscal_year import TOKYO
from courses.exchange.event_list.cleaning import (
    Unreadable,
    fit,
    line,
    prose,
    read_date,
    read_time,
)
from courses.exchange.event_list.limits import limit_of

YEARS = range(1990, 2200)
# How lists that need an end say that there is none: the day, or from 18:00 on.
ALL_DAY = (23 * 60 + 59, 24 * 60)
TIME_UNKNOWN = "時刻の記載はありません。"
Note = Callable[[str], None]


def when(cells: Mapping[str, str], note: Note) -> SessionFacts:
    """Raises: Unreadable, with a sentence, where the first day cannot be told.

    Timed only where both times are known. A period of several days is one all-day
    session with its times in words, because nobody says that it goes on overnight;
    what ends before it began on the next day does.
    """
    first, last = _days(cells, note)
    begin, end = _clock(cells, "start_time", note), _clock(cells, "end_time", note)
    remarks = line(prose(cells.get("time_note", "")))
    days = (last - first).days
    is_open_ended, told = end in ALL_DAY, BEGINS.match(remarks)
    if is_open_ended and (begin == 0 or told):
        begin, end = None if begin == 0 else begin, None
        remarks = remarks[told.end() :].strip() if told and begin else remarks
    if begin is not None and end is not None:
        same_day, overnight = days == 0 and end > begin, days == 1 and end <= begin
        if same_day or overnight:
            return _timed(_moment(first, begin), _moment(last, end), remarks, note)
        if days == 0:
            note(_("終了時刻が開始時刻より後ではありません。開始時刻だけを使いました。"))
            end = None
    words = _time_words(begin, end)
    if not words and not remarks and days == 0 and not is_open_ended:
        words = TIME_UNKNOWN
    said = f"{words} {remarks}".strip()
    starts_at, ends_at = _moment(first, 0), _moment(last + timedelta(days=1), 0)
    return SessionFacts(starts_at, ends_at, True, _fitted(said, note))


def _timed(
    starts_at: datetime, ends_at: datetime, remarks: str, note: Note
) -> SessionFacts:
    return SessionFacts(starts_at, ends_at, False, _fitted(remarks, note))


def _days(cells: Mapping[str, str], note: Note) -> tuple[date, date]:
    first = _first_day(cells)
    try:
        last = read_date(cells.get("end_date", "")) or first
    except Unreadable:
        words = _("終了日「%(cell)s」を日付として読めません。開始日だけを使いました。")
        note(words % {"cell": line(cells["end_date"])})
        last = first
    if last < first or last.year not in YEARS:
        words = _(
            "終了日（%(last)s）が開始日（%(first)s）より前です。開始日だけを使いました。"
        )
        note(words % {"last": last, "first": first})
        last = first
    return first, last


def _first_day(cells: Mapping[str, str]) -> date:
    try:
        first = read_date(cells.get("start_date", ""))
    except Unreadable as unreadable:
        words = _("開始日「%(cell)s」を日付として読めません。")
        raise Unreadable(words % {"cell": line(cells["start_date"])}) from unreadable
    if first is None:
        raise Unreadable(_("開始日がありません。"))
    if first.year not in YEARS:
        raise Unreadable(
            _("開始日の年（%(year)d年）が正しくありません。") % {"year": first.year}
        )
    return first


def _clock(cells: Mapping[str, str], field: str, note: Note) -> int | None:
    try:
        return read_time(cells.get(field, ""))
    except Unreadable:
        words = _("「%(cell)s」を時刻として読めません。時刻なしで取り込みました。")
        note(words % {"cell": line(cells[field])})
        return None


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), TOKYO) + timedelta(minutes=minutes)


def _time_words(begin: int | None, end: int | None) -> str:
    if begin is not None and end is not None:
        return f"{_hour(begin)}〜{_hour(end)}"
    if begin is not None:
        return f"{_hour(begin)}から"
    return f"{_hour(end)}まで" if end is not None else ""


def _hour(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _fitted(text: str, note: Note) -> str:
    shorter, was_cut = fit(text, limit_of("time_note"))
    if was_cut:
        words = _("「%(heading)s」が長いため、%(limit)d文字で切りました。")
        note(words % {"heading": "日時備考", "limit": limit_of("time_note")})
    return shorter
