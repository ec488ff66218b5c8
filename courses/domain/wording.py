"""How dates, times and money are written: 12月5日（土）10:00〜12:00, 1,000円."""

from datetime import date, datetime, time, timedelta

from courses.domain.fiscal_year import TOKYO, fiscal_year_of
from courses.models import Course, Series

WEEKDAYS = "月火水木金土日"
ONLINE = "オンライン"


def _day(moment: date | datetime) -> date:
    return moment.astimezone(TOKYO).date() if isinstance(moment, datetime) else moment


def day_words(moment: date | datetime, *, today: date, english: bool = False) -> str:
    """The day with its weekday; in Japanese the year only outside this fiscal year."""
    day = _day(moment)
    if english:
        return f"{day:%a} {day.day} {day:%b %Y}"
    words = f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    same_year = fiscal_year_of(day) == fiscal_year_of(today)
    return words if same_year else f"{day.year}年{words}"


def done_day_words(day: date, *, english: bool = False) -> str:
    """Of what lies behind: the day of the week says nothing any more, the year does."""
    return f"{day.day} {day:%b %Y}" if english else f"{day.year}年{day.month}月{day.day}日"


def time_words(moment: datetime) -> str:
    local = moment.astimezone(TOKYO)
    return f"{local.hour}:{local.minute:02}"


def moment_words(moment: datetime, *, today: date, english: bool = False) -> str:
    day = day_words(moment, today=today, english=english)
    return f"{day}{', ' if english else ''}{time_words(moment)}"


def until_words(closes_at: datetime, *, today: date, english: bool = False) -> str:
    """The last moment before an exclusive end: midnight is the end of the day before."""
    if closes_at.astimezone(TOKYO).time() == time.min:
        last_day = closes_at - timedelta(seconds=1)
        return day_words(last_day, today=today, english=english)
    return moment_words(closes_at, today=today, english=english)


def range_words(
    starts_at: datetime, ends_at: datetime, *, today: date, english: bool = False
) -> str:
    """From and to; the second day only where it is another."""
    begin = moment_words(starts_at, today=today, english=english)
    if _day(starts_at) == _day(ends_at):
        return f"{begin}{'–' if english else '〜'}{time_words(ends_at)}"
    end = moment_words(ends_at, today=today, english=english)
    return f"{begin}{' – ' if english else '〜'}{end}"


def yen_words(amount: int, *, english: bool = False) -> str:
    return f"¥{amount:,}" if english else f"{amount:,}円"


def number_words(number: int, total: int) -> str:
    """第2回（全5回）; a single session has no number."""
    return f"第{number}回（全{total}回）" if total > 1 else ""


def title_words(offered: Course | Series, *, english: bool = False) -> str:
    """In the reader's language, in Japanese where there is no other."""
    return (english and offered.title_en) or offered.title
