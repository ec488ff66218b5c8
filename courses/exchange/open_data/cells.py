"""How a fact is written into a cell: half-width where the standard says so, and never
as something that a spreadsheet would run (docs/adr/0012)."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

import phonenumbers

from courses.domain.fiscal_year import TOKYO
from courses.exchange.open_data.columns import Kind

PLACES = Decimal("0.000001")
# Also full width: Excel in Japanese takes ＝ for =.
RUNS = tuple("=+-@＝＋－＠")
MARK = "'"
# Not for text: control characters except the line break, and halves of surrogates.
_UNSAID = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_DASHES = re.compile(r"[‐‑‒–—―−ー－ｰ]")


@lru_cache(maxsize=1024)
def tidy(text: str) -> str:
    """Lines without control characters and without blanks at either end. A list says
    the same of many rows, so what was tidied lately is remembered."""
    lines = re.sub(r"\r\n?", "\n", text).split("\n")
    kept = (_UNSAID.sub(" ", line).strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def harmless(text: str) -> str:
    """Marked by an apostrophe where a spreadsheet would take the text for a formula;
    readers of the file, ours too, take the mark off (`read_mark`)."""
    return f"{MARK}{text}" if text.startswith(RUNS) else text


def without_mark(text: str) -> str:
    marked = text.startswith(MARK) and text[1:].startswith(RUNS)
    return text[1:] if marked else text


def phone(text: str) -> str:
    """(0422)60-1830, ０４２２－６０－１８３０, 0422601830 → 0422-60-1830."""
    half = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).split("内線")[0]
    grouped = re.sub(r"[()\s]+", "-", half.strip()).strip("-")
    if re.fullmatch(r"0\d{9,10}", grouped):
        number = phonenumbers.parse(grouped, "JP")
        grouped = phonenumbers.format_number(
            number, phonenumbers.PhoneNumberFormat.NATIONAL
        )
    return re.sub(r"-{2,}", "-", re.sub(r"[^\d+-]", "", grouped))


def day(moment: datetime) -> date:
    return moment.astimezone(TOKYO).date()


def clock(moment: datetime) -> time:
    return moment.astimezone(TOKYO).time()


def plain(kind: Kind, value: object) -> str:
    """The fact as text, before it becomes a cell of a table."""
    if value is None:
        return ""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if kind is Kind.DEGREES and isinstance(value, Decimal):
        return str(value.quantize(PLACES))
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if kind is Kind.PHONE:
        return phone(text)
    return tidy(text) if kind is Kind.PROSE else one_line(text)


def cell(kind: Kind, value: object) -> str:
    return harmless(plain(kind, value))
