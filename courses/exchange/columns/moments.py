"""Cells that are days, times or moments."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from import_export.widgets import Widget

from courses.exchange.columns.column import Circumstances
from courses.exchange.columns.days import read_day
from courses.exchange.columns.texts import plain
from courses.exchange.columns.times import read_moment, read_time


class Day(Widget):
    """A day without a year lies in the fiscal year, unless `needs_year`: nobody was born
    in the year of a course."""

    def __init__(self, *, needs_year: bool = False) -> None:
        super().__init__()
        self.needs_year = needs_year

    def clean(
        self, value: Any, row: Any = None, about: Circumstances | None = None, **_more: Any
    ) -> date | None:
        text = plain(value).strip()
        if not text:
            return None
        year = None if self.needs_year or about is None else about.fiscal_year
        return read_day(text, fiscal_year=year)

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        return f"{value:%Y/%m/%d}" if value else ""


class Clock(Widget):
    def clean(self, value: Any, row: Any = None, **_more: Any) -> time | None:
        text = plain(value).strip()
        return read_time(text) if text else None

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        return f"{value:%H:%M}" if value else ""


class Moment(Widget):
    def clean(
        self, value: Any, row: Any = None, about: Circumstances | None = None, **_more: Any
    ) -> datetime | None:
        text = plain(value).strip()
        if not text:
            return None
        return read_moment(text, fiscal_year=about.fiscal_year if about else None)

    def render(self, value: Any, obj: Any = None, **_more: Any) -> str:
        """Seconds where there are some, so that nothing changes on the way back."""
        if not value:
            return ""
        local = timezone.localtime(value)
        return f"{local:%Y/%m/%d %H:%M:%S}" if local.second else f"{local:%Y/%m/%d %H:%M}"
