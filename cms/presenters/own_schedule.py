"""A person's own dates as a calendar: what they wait for is marked in words."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cms.presenters.calendar_lines import CalendarLine, public_line
from cms.presenters.calendar_view import calendar_context
from cms.presenters.ways_of_showing import Shown, shown_as_asked, ways_of_showing
from courses.domain.fiscal_year import TOKYO
from courses.domain.queries import session_totals
from courses.models import Session
from enrollments.domain.links import application_token
from enrollments.domain.own_dates import OwnDate, own_dates, with_dates
from enrollments.domain.queries import applications_of, taken_along
from enrollments.enums import ApplicationState

VIEWS = ("agenda", "month", "week")
LONGEST = 20  # signs of a month or a week in an address


def own_schedule_context(user: User, data: QueryDict, *, at: datetime) -> dict[str, Any]:
    """What is not understood is left out, and what is out of reach said."""
    today, problems = timezone.localdate(at), list[str]()
    shown = shown_as_asked(
        data["view"] if data.get("view") in VIEWS else VIEWS[0],
        month=data.get("month", "")[:LONGEST],
        week=data.get("week", "")[:LONGEST],
        today=today,
        say=problems.append,
    )
    applications = with_dates(applications_of(user))
    along = with_dates(taken_along(user))
    dates = own_dates(applications, at=at, within=_moments(shown, at), along=along)
    by_session = {own.session.pk: own for own in dates}
    totals = session_totals({own.session.run_id for own in dates})

    def line(session: Session, day: date) -> CalendarLine:
        known = public_line(session, day, today=today, totals=totals)
        return _own_line(known, by_session[session.pk])

    sessions = [own.session for own in dates]
    return {
        "problems": problems,
        "calendar_path": reverse("my_schedule"),
        "ways": ways_of_showing(shown, _query, today=today, with_list=False),
        **calendar_context(shown, sessions, line, _query, begin=today, today=today),
    }


def _query(shown: Shown) -> str:
    return urlencode(shown.query)


def _moments(shown: Shown, at: datetime) -> tuple[datetime | None, datetime | None]:
    if shown.span is None:
        return at, None
    first, last = shown.span
    return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=TOKYO)


def _way(own: OwnDate) -> str:
    if own.is_own:
        return reverse("application", args=[application_token(own.application)])
    return str(own.session.run.course.get_absolute_url())


def _own_line(line: CalendarLine, own: OwnDate) -> CalendarLine:
    standing = ApplicationState(own.application.state).label
    marks = [line.mark, "" if own.has_place else str(standing)]
    comes = _("オンラインの参加先は、前日からここに出ます。") if own.link_comes else ""
    return replace(
        line,
        url=_way(own),
        mark="・".join(mark for mark in marks if mark),
        news=" ".join(word for word in (line.news, comes) if word),
        online=own.online_url,
    )
