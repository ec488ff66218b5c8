"""The calendar of a search: the catalogue's own query, words included."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils import translation

from cms.models import CoursePage
from cms.search.query import matching_course_ids
from courses.domain.catalogue import CatalogueFilter
from courses.enums import CourseKind, RunState, SessionState
from courses.exchange.ical import CalendarFeed
from courses.forms.catalogue import CatalogueForm
from courses.models import Session, Stage, Theme
from courses.models.querysets import SessionQuerySet
from courses.views.feeds import feed_of, public_feed


@public_feed
def catalogue_feed(request: HttpRequest, *, at: datetime) -> CalendarFeed:
    """What is not understood in the query is left out, as in the catalogue."""
    form = CatalogueForm(request.GET)
    sessions = _sessions(form.filter(_matches(form.text)), at)
    query = _understood(form)
    return feed_of(
        sessions,
        at=at,
        name=_name(form),
        path=f"/calendar.ics?{query}" if query else "/calendar.ics",
        page=f"/courses/?{query}" if query else "/courses/",
    )


def _sessions(chosen: CatalogueFilter, at: datetime) -> SessionQuerySet:
    """A session that is called off takes no applications any more, and yet must not
    vanish from the calendar of what does."""
    fitting = chosen.sessions(Session.objects.all(), at=at)
    if not chosen.open_only:
        return fitting
    by_session = Q(state__in=(SessionState.CANCELLED, SessionState.POSTPONED))
    by_run = Q(run__state__in=(RunState.CANCELLED, RunState.POSTPONED))
    called_off = Session.objects.filter(by_session | by_run)
    return fitting | replace(chosen, open_only=False).sessions(called_off, at=at)


def _matches(text: str) -> list[int] | None:
    """Also courses whose page was taken down: their sessions stay, as cancelled."""
    found = matching_course_ids(text)
    if found is None:
        return None
    taken_down = CoursePage.objects.not_live().search(text)
    return [*found, *(page.course_id for page in taken_down)]


def _understood(form: CatalogueForm) -> str:
    """One address for one search, however it was typed."""
    query = QueryDict(mutable=True)
    days = {"from": form.first_day, "to": form.last_day}
    query.update({"q": form.text} if form.text else {})
    query.setlist("stage", list(form.stages))
    query.setlist("theme", list(form.themes))
    query.setlist("kind", list(form.kinds))
    query.update({name: day.isoformat() for name, day in days.items() if day})
    query.update({"open": "1"} if form.open_only else {})
    return query.urlencode()


def _name(form: CatalogueForm) -> str:
    """What was asked for, so that several calendars can be told apart."""
    stages = Stage.objects.filter(key__in=form.stages).values_list("name", flat=True)
    themes = Theme.objects.filter(key__in=form.themes).values_list("name", flat=True)
    with translation.override(settings.LANGUAGE_CODE):
        kinds = [str(CourseKind(kind).label) for kind in form.kinds]
    open_only = ["受付中"] if form.open_only else []
    words = [form.text, *stages, *themes, *kinds, *open_only]
    return "・".join(word for word in words if word)
