"""年度 runs from 1 April to 31 March; eras are words at the edge, never stored.

Source of the eras: the Imperial Era Law and the cabinet orders naming each era.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
# first day, name, in Latin letters
ERAS = (
    (date(2019, 5, 1), "令和", "Reiwa"),
    (date(1989, 1, 8), "平成", "Heisei"),
    (date(1926, 12, 25), "昭和", "Showa"),
    (date(1912, 7, 30), "大正", "Taisho"),
    (date(1873, 1, 1), "明治", "Meiji"),
)


def fiscal_year_of(moment: date | datetime) -> int:
    """The western year in which the fiscal year of a day (in Tokyo) began."""
    day = moment.astimezone(TOKYO).date() if isinstance(moment, datetime) else moment
    return day.year if day.month >= 4 else day.year - 1


def era_year(day: date) -> str:
    """令和8 or 令和元; the western year before 1873, when Japan's calendar changed."""
    for first, name, _latin in ERAS:
        if day >= first:
            number = day.year - (1868 if name == "明治" else first.year) + 1
            return f"{name}{'元' if number == 1 else number}"
    return str(day.year)


def fiscal_year_words(year: int) -> str:
    """2026 → 令和8年度（2026年度）, for lists that reach over an era."""
    return f"{fiscal_year_label(year)}（{year}年度）"


def fiscal_year_label(year: int) -> str:
    """2026 → 令和8年度, by the era in force on 1 April."""
    return f"{era_year(date(year, 4, 1))}年度"
