"""Which calendar belongs to what is shown, and the page that explains it."""

from functools import singledispatch
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from cms.presenters.feed_links import FeedLinks, feed_links
from courses.domain.wording import title_words
from courses.models import Course, CourseRun, Series, Stage, Venue
from courses.models.localised import in_english
from enrollments.domain.links import application_calendar_path, application_token
from enrollments.models import Application
from learning_paths.models import Group


@singledispatch
def calendar_of(shown: object) -> FeedLinks:
    raise TypeError(f"There is no calendar of {shown!r}.")


@calendar_of.register
def _(shown: Course) -> FeedLinks:
    address = reverse("courses:course_feed", args=[shown.slug])
    return _links(address, title_words(shown, english=in_english()), course=shown.slug)


@calendar_of.register
def _(shown: CourseRun) -> FeedLinks:
    title = title_words(shown.course, english=in_english())
    address = reverse("courses:run_feed", args=[shown.code])
    return _links(address, f"{title} {shown.label}".strip(), run=shown.code)


@calendar_of.register
def _(shown: Series) -> FeedLinks:
    address = reverse("series_feed", args=[shown.slug])
    return _links(address, title_words(shown, english=in_english()), series=shown.slug)


@calendar_of.register
def _(shown: Stage) -> FeedLinks:
    return _links(
        reverse("courses:stage_feed", args=[shown.key]), shown.label, stage=shown.key
    )


@calendar_of.register
def _(shown: Venue) -> FeedLinks:
    return _links(
        reverse("courses:venue_feed", args=[shown.code]), shown.name, venue=shown.code
    )


@calendar_of.register
def _(shown: Group) -> FeedLinks:
    return _links(reverse("group_feed", args=[shown.code]), shown.name, group=shown.code)


@calendar_of.register
def _(shown: Application) -> FeedLinks:
    """Of whoever applied, with or without an account; no page may name it."""
    address = application_calendar_path(shown)
    title = title_words(shown.run.course, english=in_english())
    picture = reverse("application_qr", args=[application_token(shown)])
    return feed_links(f"{settings.PUBLIC_URL}{address}", name=title, picture=picture)


def calendar_of_search(query: str, *, name: str = "") -> FeedLinks:
    """`query` is the catalogue's own."""
    address = reverse("catalogue_feed")
    asked = f"{address}?{query}" if query else address
    return feed_links(f"{settings.PUBLIC_URL}{asked}", name=name, guide=query)


def _links(address: str, name: str, **guide: str) -> FeedLinks:
    return feed_links(f"{settings.PUBLIC_URL}{address}", name=name, guide=urlencode(guide))
