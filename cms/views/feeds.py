"""The calendar of a search: the catalogue's own query, words included."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms.search.query import matching_course_ids
from courses.forms.catalogue import CatalogueForm
from courses.models import Session
from courses.views.feeds import feed, public_calendar


@feed
def catalogue_feed(request: HttpRequest) -> HttpResponse:
    """What is not understood in the query is left out, as in the catalogue."""
    form = CatalogueForm(request.GET)
    matches = matching_course_ids(form.text) if form.text else None
    sessions = form.filter(matches).sessions(Session.objects.all(), at=timezone.now())
    query = request.GET.urlencode()
    page = f"/courses/?{query}" if query else "/courses/"
    return public_calendar(request, sessions, name=form.text, page=page)
