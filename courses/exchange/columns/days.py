"""Days, times and moments in all the ways in which they are written in Japan."""

import re
import unicodedata
from datetime import date, timedelta

from django.utils.translation import gettext as _

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

# Excel counts days from here, and believes in a 29 February 1900.
EPOCH = date(1899, 12, 30)

SERIALS = range(10_000, 80_000)

# From Meiji on; others are typing errors, at whose ends moments cannot be reckoned with.
YEARS = range(1868, 2200)


def read_day(
    text: str, *, fiscal_year: int | None = None, until: date | None = None
) -> date:
    """令和8年11月3日, R8.11.3, 2026/11/3, 20261103, 46329 and, within a fiscal year,
    11月3日(火): with `until` the last one that is not after it.

    Raises: ValueError with a sentence.
    """
    bare = _bare(text)
    found = _era(bare) or _western(bare) or _serial(bare)
    if found is None and fiscal_year is not None:
        found = _in_fiscal_year(bare, fiscal_year)
        if found and until and found > until:
            found = _in_fiscal_year(bare, fiscal_year - 1)
    if found is None:
        words = _("「%(text)s」を日付として読めません。2026/11/3 のように書いてください。")
        raise ValueError(words % {"text": text.strip()})
    return found


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
        return date(year, int(month), int(day)) if year in YEARS else None
    except ValueError:
        return None
