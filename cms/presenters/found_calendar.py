"""What was found as a calendar: the sessions that fit, by month, week or day."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from cms.presenters.calendar_lines import public_line
from cms.presenters.calendar_view import calendar_context
from cms.presenters.month import Line
from cms.presenters.results import page_of
from cms.presenters.session_news import called_off_words
from cms.presenters.ways_of_showing import Shown
from courses.domain.catalogue import CatalogueFilter
from courses.domain.queries import session_totals, with_place
from courses.forms.catalogue import CatalogueForm
from courses.models import Session
from courses.models.querysets import SessionQuerySet

ON_A_PAGE = 40


def found_calendar(
    form: CatalogueForm,
    chosen: CatalogueFilter,
    shown: Shown,
    query: Callable[[Shown], str],
    *,
    today: date,
    at: datetime,
) -> dict[str, Any]:
    """`chosen` is narrowed already to what is shown."""
    fitting = chosen.sessions(Session.objects.public(), at=at)
    sessions = with_place(fitting).select_related("run__course")
    if shown.view == "agenda":
        return _agenda(form, chosen, sessions, shown, query, today=today, at=at)
    rows = list(sessions)
    line = _line(rows, today) if shown.week else partial(public_line, today=today)
    return {
        **calendar_context(shown, rows, line, query, begin=None, today=today),
        "sessions_held": sum(called_off_words(session) == "" for session in rows),
    }


def _agenda(
    form: CatalogueForm,
    chosen: CatalogueFilter,
    sessions: SessionQuerySet,
    shown: Shown,
    query: Callable[[Shown], str],
    *,
    today: date,
    at: datetime,
) -> dict[str, Any]:
    """Past ones too where days were asked for, in pages."""
    begin = chosen.first_day if chosen.narrows_dates else today
    if not chosen.narrows_dates:
        sessions = sessions.upcoming(at)
    page = page_of(form, sessions.order_by("starts_at", "pk"), per_page=ON_A_PAGE)
    rows = list(page.object_list)
    line = _line(rows, today)
    return {
        **calendar_context(shown, rows, line, query, begin=begin, today=today),
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_ends=1),
    }


def _line(rows: Sequence[Session], today: date) -> Line:
    """Which session of how many is told too: a month has no room for it."""
    totals = session_totals({session.run_id for session in rows})
    return partial(public_line, today=today, totals=totals)
