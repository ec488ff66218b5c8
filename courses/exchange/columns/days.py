"""Days, times and moments in all the ways in which they are written in Japan."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from courses.domain.fiscal_year import TOKYO

# First year of each era less one, by its first letter or sign.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
ERAS |= {"r": 2018, "h": 1988, "s": 1925, "t": 1911, "m": 1867}
ERAS |= {"令": 2018, "平": 1988, "昭": 1925, "大": 1911, "明": 1867}
ERA = re.compile(
    r"^(令和|平成|昭和|大正|明治|[rhstm令平昭大明])[.]?(元|\d{1,2})(?:年|[./-])(\d{1,2})"
    r"(?:月|[./-])(\d{1,2})日?$"
)
WESTERN = re.compile(r"^(\d{4})(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})日?$")
COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})$")
WITHOUT_YEAR = re.compile(r"^(\d{1,2})(?:月|[/])(\d{1,2})日?$")
SERIAL = re.compile(r"^\d{4,5}(?:\.\d+)?$")
WEEKDAY = re.compile(
    r"[(（]?[月火水木金土日](?:曜日?)?(?:・?[祝休])?[)）]$|[(（][^)）]*[)）]"
)
CLOCK = re.compile(
    r"^(午前|午後|am|pm)?(\d{1,2})(?:[:時](?:(\d{1,2})分?|(半))?)?(?::\d{2}(?:\.\d+)?)?(am|pm)?$"
)
# Excel counts days from here, and believes in a 29 February 1900.
EPOCH = date(1899, 12, 30)
SERIALS = range(10_000, 80_000)


def read_day(text: str, *, fiscal_year: int | None = None) -> date:
    """令和8年11月3日, R8.11.3, 2026/11/3, 20261103, 46329 and, within a fiscal year,
    11月3日(火). Raises: ValueError with a sentence."""
    bare = _bare(text)
    found = _era(bare) or _western(bare) or _serial(bare)
    if found is None and fiscal_year is not None:
        found = _in_fiscal_year(bare, fiscal_year)
    if found is None:
        words = _("「%(text)s」を日付として読めません。2026/11/3 のように書いてください。")
        raise ValueError(words % {"text": text.strip()})
    return found


def read_time(text: str) -> time:
    """13:30, 午後1時半, 13時, 0.5625 of a day. Raises: ValueError with a sentence."""
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    if re.match(r"^0?\.\d+$", bare):
        minutes = round(float(bare) * 24 * 60)
        return time(minutes // 60, minutes % 60)
    match = CLOCK.match(bare)
    if match and (":" in bare or "時" in bare or match[1] or match[5]):
        hour, minute = int(match[2]), 30 if match[4] else int(match[3] or 0)
        if (match[1] or match[5]) in ("午後", "pm") and hour < 12:
            hour += 12
        if hour < 24 and minute < 60:
            return time(hour, minute)
    words = _("「%(text)s」を時刻として読めません。13:30 のように書いてください。")
    raise ValueError(words % {"text": text.strip()})


def read_moment(text: str, *, fiscal_year: int | None = None) -> datetime:
    """A day, with a time where one is given, in Tokyo. Raises: ValueError."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if re.match(r"^\d{5}\.\d+$", folded):
        days, _dot, part = folded.partition(".")
        seconds = round(float(f"0.{part}") * 86400)
        start = datetime.combine(read_day(days), time(), tzinfo=TOKYO)
        return start + timedelta(seconds=seconds)
    day, clock = _apart(folded)
    found = read_time(clock) if clock else time()
    seconds = int(folded[-2:]) if re.search(r"\d:\d{2}:\d{2}$", folded) else 0
    if seconds > 59:
        seconds = 0
    known = read_day(day, fiscal_year=fiscal_year)
    return datetime.combine(known, found.replace(second=seconds), tzinfo=TOKYO)


def _apart(text: str) -> tuple[str, str]:
    """The day and the time that stand in one cell."""
    text = re.sub(r"T(?=\d{1,2}:)", " ", text)
    match = re.search(r"\s*((?:午前|午後)?\s*\d{1,2}(?::\d{2}|時).*)$", text)
    return (text[: match.start()], match[1]) if match else (text, "")


def _bare(text: str) -> str:
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    folded = re.sub(r"t?0{1,2}:0{2}(:0{2})?(\.0+)?$", "", folded)
    return WEEKDAY.sub("", folded)


def _era(bare: str) -> date | None:
    match = ERA.match(bare)
    if not match:
        return None
    number = 1 if match[2] == "元" else int(match[2])
    return _day(ERAS[match[1]] + number, match[3], match[4])


def _western(bare: str) -> date | None:
    match = WESTERN.match(bare) or COMPACT.match(bare)
    return _day(int(match[1]), match[2], match[3]) if match else None


def _serial(bare: str) -> date | None:
    """How Excel keeps a day, where a cell lost its format."""
    if not SERIAL.match(bare) or int(float(bare)) not in SERIALS:
        return None
    return EPOCH + timedelta(days=int(float(bare)))


def _in_fiscal_year(bare: str, fiscal_year: int) -> date | None:
    match = WITHOUT_YEAR.match(bare)
    if not match:
        return None
    year = fiscal_year if int(match[1]) >= 4 else fiscal_year + 1
    return _day(year, match[1], match[2])


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
