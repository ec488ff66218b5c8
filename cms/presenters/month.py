"""The month calendar of what was found."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.templatetags.manabiba import home_url
from courses.domain.catalogue import CatalogueFilter
from courses.domain.closing_days import read_days_off
from courses.domain.fiscal_year import TOKYO, era_year
from courses.domain.month import CalendarDay, Month, is_within_reach, read_month, weeks_of
from courses.domain.queries import with_place
from courses.domain.wording import day_words, time_words, title_words
from courses.enums import RunState, SessionState
from courses.forms.catalogue import CatalogueForm
from courses.forms.facet_labels import facet_label
from courses.models import Session
from courses.models.localised import in_english

SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)


@dataclass(frozen=True)
class CalendarLine:
    """A session in a day's cell. `called_off` is the word for it, none where it is held."""

    time: str
    title: str
    place: str
    url: str
    called_off: str


@dataclass(frozen=True)
class Cell:
    """`words` is the day written out, for a phone's list."""

    day: CalendarDay
    words: str
    lines: list[CalendarLine]


def month_asked_for(form: CatalogueForm, *, today: date) -> Month:
    """This month, where none was asked for or it is out of reach."""
    month = read_month(form.month, today=today) if form.month else None
    if form.month and month is None:
        words = {"facet": facet_label("month"), "value": form.month}
        form.say(
            _("%(facet)s「%(value)s」は見つからないため、今月を表示しました。") % words
        )
    return month or Month.of(today)


def month_context(
    form: CatalogueForm, chosen: CatalogueFilter, month: Month, *, today: date, at: datetime
) -> dict[str, Any]:
    """`chosen` is narrowed to the month already."""
    sessions = with_place(chosen.sessions(Session.objects.public(), at=at))
    rows = list(sessions.select_related("run__course"))
    weeks = weeks_of(month, rows, off=read_days_off(), today=today)
    return {
        "month_words": month_words(month),
        "weekday_words": [WEEKDAYS_ABBR[number] for number in SUNDAY_FIRST],
        "weeks": [[_cell(day, today) for day in week] for week in weeks],
        "sessions_held": sum(_called_off(session) == "" for session in rows),
        "before": _beside(form, month, -1, today),
        "after": _beside(form, month, 1, today),
    }


def month_words(month: Month) -> str:
    """As the city writes it, with the western year beside."""
    if in_english():
        return date_format(month.first_day, "F Y")
    western = f"{month.year}年{month.number}月"
    return f"{era_year(month.first_day)}年{month.number}月（{western}）"


def _beside(
    form: CatalogueForm, month: Month, step: int, today: date
) -> dict[str, str] | None:
    other = month.later(step)
    if not is_within_reach(other, today=today):
        return None
    query = form.query(sort=form.sort, near=form.near, view="month", month=str(other))
    return {"query": query, "words": date_format(other.first_day, "YEAR_MONTH_FORMAT")}


def _cell(day: CalendarDay, today: date) -> Cell:
    return Cell(
        day=day,
        words=day_words(day.day, today=today, english=in_english()),
        lines=[_line(session, day) for session in day.sessions],
    )


def _line(session: Any, day: CalendarDay) -> CalendarLine:
    course = session.run.course
    return CalendarLine(
        time=_time(session, day),
        title=title_words(course, english=in_english()),
        place=session.venue_name or "",
        url=f"{home_url()}{course.address}",
        called_off=_called_off(session),
    )


def _time(session: Session, day: CalendarDay) -> str:
    """None for a whole day, and on the further days of a session over several."""
    first = session.starts_at.astimezone(TOKYO).date() == day.day
    return "" if session.is_all_day or not first else time_words(session.starts_at)


def _called_off(session: Session) -> str:
    run = session.run
    for state in (RunState.CANCELLED, RunState.POSTPONED):
        if run.state == state:
            return str(state.label)
    if session.is_held:
        return ""
    return str(SessionState(session.state).label)
