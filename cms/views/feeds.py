"""Calendars that follow from pages: that of a search, by the catalogue's own query with
its words, and that of a series."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import translation

from cms.models import CoursePage
from cms.presenters.chosen import chosen_filters, joined
from cms.search.query import matching_course_ids
from courses.domain.catalogue import CatalogueFilter
from courses.enums import RunState, SessionState
from courses.exchange.ical import CalendarFeed
from courses.forms.catalogue import CatalogueForm
from courses.models import Series, Session
from courses.models.querysets import SessionQuerySet
from courses.views.feeds import feed_of, follow_places, public_feed


@public_feed
def catalogue_feed(request: HttpRequest, *, at: datetime) -> CalendarFeed:
    """What is not understood in the query is left out, as in the catalogue."""
    form = CatalogueForm(request.GET)
    chosen = form.filter(_matches(form.text))
    if chosen.open_only:
        follow_places(request)
    sessions = _sessions(chosen, at)
    query = form.query()
    return feed_of(
        sessions,
        at=at,
        name=feed_name(form),
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


def feed_name(form: CatalogueForm) -> str:
    """What was asked for, so that several feeds can be told apart; in Japanese, as a
    feed has one language."""
    with translation.override(settings.LANGUAGE_CODE):
        return joined(chosen_filters(form, {}))


@public_feed
def series_feed(request: HttpRequest, *, at: datetime, slug: str) -> CalendarFeed | None:
    """None before its page was ever published: a draft does not tell its title."""
    once_public = Q(page__live=True) | Q(page__first_published_at__isnull=False)
    series = Series.objects.filter(once_public, slug=slug).first()
    if series is None:
        return None
    page = f"/series/{quote(slug)}/"
    return feed_of(
        Session.objects.filter(run__course__units__series=series),
        at=at,
        name=series.title,
        path=f"{page}calendar.ics",
        page=page,
    )
