"""How to subscribe to the calendar of a search, for every kind of calendar."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.page_cache.middleware import kept
from cms.presenters.course_page import feed_links
from cms.presenters.facets import chosen_filters
from courses.forms.catalogue import CatalogueForm


@kept
@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    query = request.GET.copy()
    query.pop("page", None)
    address = f"{settings.PUBLIC_URL}/calendar.ics"
    if query:
        address += f"?{query.urlencode()}"
    form = CatalogueForm(query)
    context = {
        "feed": feed_links(address),
        "chosen": chosen_filters(form, query),
    }
    return render(request, "cms/subscribe.html", context)
