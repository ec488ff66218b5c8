"""A month, a week or the days to come as a page shows them, and the way to the next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.presenters.day_list import agenda_list, week_list, week_words
from cms.presenters.month import Line, month_table, month_words
from cms.presenters.ways_of_showing import Shown
from courses.domain.month import Month, is_within_reach
from courses.domain.week import Week, is_week_within_reach
from courses.models import Session


@dataclass(frozen=True)
class Beside:
    """Another month or week, by its address."""

    words: str
    query: str


def calendar_context(
    shown: Shown,
    sessions: Iterable[Session],
    line: Line,
    query: Callable[[Shown], str],
    *,
    begin: date | None,
    today: date,
) -> dict[str, Any]:
    """`query` writes the address of another view; `begin` is the first day of what is to
    come, none where past days were asked for."""
    if shown.month:
        body = month_table(shown.month, sessions, line, today=today)
        turns = _months_beside(shown.month, today)
        heading = month_words(shown.month)
    elif shown.week:
        body = {"groups": week_list(shown.week, sessions, line, today=today)}
        turns = _weeks_beside(shown.week, today)
        heading = week_words(shown.week)
    else:
        groups = agenda_list(sessions, line, begin=begin, today=today)
        body, turns, heading = {"groups": groups}, {}, ""
    return {
        "shown": shown,
        "heading": heading,
        "today": today,
        **body,
        **{name: _beside(turns.get(name), query) for name in ("before", "after", "now")},
    }


def _beside(turn: tuple[str, Shown] | None, query: Callable[[Shown], str]) -> Beside | None:
    return Beside(turn[0], query(turn[1])) if turn else None


def _months_beside(month: Month, today: date) -> dict[str, tuple[str, Shown]]:
    """None beyond reach; the way back to this month from any other."""
    now = Month.of(today)
    months = {"before": month.later(-1), "after": month.later(1), "now": now}
    return {
        name: (
            _("今月") if name == "now" else date_format(one.first_day, "YEAR_MONTH_FORMAT"),
            Shown("month", month=one),
        )
        for name, one in months.items()
        if one != month and is_within_reach(one, today=today)
    }


def _weeks_beside(week: Week, today: date) -> dict[str, tuple[str, Shown]]:
    now = Week.of(today)
    weeks = {
        "before": (_("前の週"), week.later(-1)),
        "after": (_("次の週"), week.later(1)),
        "now": (_("今週"), now),
    }
    return {
        name: (words, Shown("week", week=one))
        for name, (words, one) in weeks.items()
        if one != week and is_week_within_reach(one, today=today)
    }
