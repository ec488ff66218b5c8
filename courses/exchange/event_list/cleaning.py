"""Cells as people typed them, made comparable: text, numbers, telephone, dates, times.

Empty is none; what is there but cannot be understood raises `Unreadable`.
"""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from courses.domain.fiscal_year import ERAS

# Lines that a converter appended to prose cells; mostly a column says the same.
_ECHO = re.compile(
    r"^(開始日|終了日|開始時刻|終了時刻|申込期限日|申込期限時刻)\s*[:：]\s*([\d/:.\-]*)\s*$",
    re.M,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_ERA_YEARS = {name: first.year for first, name, _latin in ERAS} | {
    latin[0]: first.year for first, _name, latin in ERAS
}
_WESTERN = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_ERA = re.compile(r"^(令和|平成|昭和|R|H|S)\.?(\d+|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_AFTER_DATE = re.compile(r"([(（\[].*[)）\]]|T[\d:.+Z]*|\s+\d{1,2}:\d{2}(:\d{2})?)$")
_CLOCK = re.compile(r"^(午前|午後)?(\d{1,2})(?::(\d{2})(?::\d{2})?|時(?:(\d{1,2})分|半)?)$")
MIDNIGHT = 24 * 60
SPREADSHEET_DAY_ZERO = date(1899, 12, 30)


class Unreadable(ValueError):
    """The cell holds something, but not what its column is for."""


def width(text: str) -> str:
    """Full-width digits, letters and spaces as half-width, for comparing and parsing."""
    return unicodedata.normalize("NFKC", text).strip()


def prose(text: str) -> str:
    """Paragraphs without control characters, stray spaces and converters' echoes."""
    tidy = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.strip() for line in tidy.split("\n")]
    kept = "\n".join(line for line in lines if not _ECHO.match(line))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def echoes(text: str) -> dict[str, str]:
    """What the appended lines say, by the heading of the column they repeat."""
    return {label: value for label, value in _ECHO.findall(text) if value}


def line(text: str) -> str:
    """One line, words apart by one half-width space."""
    return " ".join(prose(text).split())


def key_of(text: str) -> str:
    """For comparing names: width, case, spaces and kinds of dash do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s~〜∼\-‐–—−]+", "", folded)


def fit(text: str, limit: int) -> tuple[str, bool]:
    """The text cut to the length, and whether anything was cut."""
    return (text, False) if len(text) <= limit else (text[: limit - 1] + "…", True)


def read_date(text: str) -> date | None:
    """2022-01-28, 2022/1/28, 2022年1月28日（金）, 令和4年1月28日, R4.1.28, 20220128,
    and the day number into which spreadsheets turn a date (44589).

    Raises: Unreadable.
    """
    cell = _AFTER_DATE.sub("", width(text)).strip()
    if not cell:
        return None
    if re.fullmatch(r"[3-6]\d{4}", cell):
        return SPREADSHEET_DAY_ZERO + timedelta(days=int(cell))
    if re.fullmatch(r"\d{8}", cell):
        cell = f"{cell[:4]}-{cell[4:6]}-{cell[6:]}"
    western, era = _WESTERN.match(cell), _ERA.match(cell)
    if western:
        year, month, day = (int(part) for part in western.groups())
    elif era:
        number = 1 if era[2] == "元" else int(era[2])
        year, month, day = _ERA_YEARS[era[1]] + number - 1, int(era[3]), int(era[4])
    else:
        raise Unreadable(text)
    try:
        return date(year, month, day)
    except ValueError as impossible:
        raise Unreadable(text) from impossible


def read_time(text: str) -> int | None:
    """Minutes since midnight, at most 24:00. 9:30, 09:30:00, 午後1時30分, 正午.

    Raises: Unreadable.
    """
    cell = re.sub(r"\s", "", width(text))
    if not cell:
        return None
    if cell == "正午":
        return 12 * 60
    found = _CLOCK.match(cell)
    if not found:
        raise Unreadable(text)
    half, hour = found[1], int(found[2])
    minute = 30 if cell.endswith("半") else int(found[3] or found[4] or 0)
    if half and hour > 12:
        raise Unreadable(text)
    if half == "午後" and hour < 12:
        hour += 12
    minutes = hour * 60 + minute
    if minute > 59 or minutes > MIDNIGHT:
        raise Unreadable(text)
    return minutes


def read_number(text: str) -> int | None:
    """20, ２０, 1,000円, ¥500. Raises: Unreadable."""
    cell = re.sub(r"[\s,]", "", width(text))
    if not cell:
        return None
    found = re.fullmatch(r"[¥\\]?(\d{1,9})(?:\.0+)?(円|名|人|組)?", cell)
    if not found:
        raise Unreadable(text)
    return int(found[1])


def read_coordinate(text: str, low: int, high: int) -> Decimal | None:
    """Degrees with six places, none where it is not in Japan. Raises: Unreadable."""
    cell = width(text)
    if not cell:
        return None
    try:
        degrees = Decimal(cell)
    except InvalidOperation as impossible:
        raise Unreadable(text) from impossible
    if not degrees.is_finite() or not low <= degrees <= high:
        raise Unreadable(text)
    return degrees.quantize(Decimal("0.000001"))


def phone(text: str, extension: str = "") -> str:
    """As printed, in half width: (0422)60-1830, with the extension behind it."""
    number = line(width(text)).replace("()", "").strip()
    inner = line(width(extension))
    return f"{number} 内線{inner}" if number and inner else number


def postal_code(text: str) -> str:
    """Seven digits, or nothing."""
    digits = re.sub(r"\D", "", width(text))
    return digits if len(digits) == 7 else ""
