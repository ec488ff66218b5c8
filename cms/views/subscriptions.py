"""How to subscribe to the calendar of a search, for every kind of calendar."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.page_cache.middleware import kept
from cms.presenters.chosen import chosen_filters
from cms.presenters.course_page import feed_links
from courses.forms.catalogue import CatalogueForm


@kept
@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    form = CatalogueForm(request.GET)
    query = form.query()
    address = f"{settings.PUBLIC_URL}/calendar.ics"
    context = {
        "feed": feed_links(f"{address}?{query}" if query else address),
        "chosen": chosen_filters(form, {}),
    }
    return render(request, "cms/subscribe.html", context)
