"""Cells that are days, times or moments."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from import_export.widgets import Widget

from courses.domain.fiscal_year import fiscal_year_of
from courses.exchange.columns.column import Circumstances
from courses.exchange.columns.days import read_day
from courses.exchange.columns.texts import plain
from courses.exchange.columns.times import read_moment, read_time


def _year_of(about: Circumstances | None, *, is_past: bool) -> dict[str, Any]:
    """Where a day without a year is looked for."""
    if about is None:
        return {}
    if is_past:
        return {"fiscal_year": fiscal_year_of(about.today), "until": about.today}
    return {"fiscal_year": about.fiscal_year}


class Day(Widget):
    """A day without a year lies in the fiscal year, unless `needs_year`: nobody was born
    in the year of a course. What `is_past` is the last such day."""

    def __init__(self, *, needs_year: bool = False, is_past: bool = False) -> None:
        super().__init__()
        self.needs_year, self.is_past = needs_year, is_past

    def clean(
        self, value: Any, row: Any = None, about: Circumstances | None = None, **_more: Any
    ) -> date | None:
        text = plain(value).strip()
        if not text:
            return None
        year = {} if self.needs_year else _year_of(about, is_past=self.is_past)
        return read_day(text, **year)

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        return f"{value:%Y/%m/%d}" if value else ""


class Clock(Widget):
    def clean(self, value: Any, row: Any = None, **_more: Any) -> time | None:
        text = plain(value).strip()
        return read_time(text) if text else None

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        return f"{value:%H:%M}" if value else ""


class Moment(Widget):
    """What `is_past` is the last such moment, where the year is not said."""

    def __init__(self, *, is_past: bool = False) -> None:
        super().__init__()
        self.is_past = is_past

    def clean(
        self, value: Any, row: Any = None, about: Circumstances | None = None, **_more: Any
    ) -> datetime | None:
        text = plain(value).strip()
        if not text:
            return None
        return read_moment(text, **_year_of(about, is_past=self.is_past))

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        """Seconds where there are some, so that nothing changes on the way back."""
        if not value:
            return ""
        local = timezone.localtime(value)
        return f"{local:%Y/%m/%d %H:%M:%S}" if local.second else f"{local:%Y/%m/%d %H:%M}"
