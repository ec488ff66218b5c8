"""Times of day, and moments, as they are written in Japan."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from courses.domain.fiscal_year import TOKYO
from courses.exchange.columns.days import read_day

CLOCK = re.compile(
    r"^(午前|午後|am|pm)?(\d{1,2})(?:[:時](?:(\d{1,2})分?|(半))?)?(?::\d{2}(?:\.\d+)?)?(am|pm)?$"
)


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


def read_moment(
    text: str, *, fiscal_year: int | None = None, until: date | None = None
) -> datetime:
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
    known = read_day(day, fiscal_year=fiscal_year, until=until)
    return datetime.combine(known, found.replace(second=seconds), tzinfo=TOKYO)


def _apart(text: str) -> tuple[str, str]:
    """The day and the time that stand in one cell."""
    text = re.sub(r"T(?=\d{1,2}:)", " ", text)
    match = re.search(r"\s*((?:午前|午後)?\s*\d{1,2}(?::\d{2}|時).*)$", text)
    return (text[: match.start()], match[1]) if match else (text, "")
