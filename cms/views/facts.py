"""Public pages that show rows as they are: venues, instructors, partners. Open to
everybody; why they are no Wagtail pages is in docs/adr."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.page_cache.middleware import kept
from cms.presenters.instructors import instructor_context, instructors_context
from cms.presenters.partners import partner_context
from cms.presenters.venues import venue_context, venues_context
from courses.models import Instructor, Partner, Venue

LARGEST_KEY = 2**63 - 1


@kept
@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/venues.html", venues_context(request.GET))


@kept
@require_safe
def venue(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Venue, code=code)
    return render(request, "cms/venue.html", venue_context(found, at=timezone.now()))


@kept
@require_safe
def instructors(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/instructors.html", instructors_context(request.GET))


@kept
@require_safe
def instructor(request: HttpRequest, pk: int) -> HttpResponse:
    """Of those who agreed and were approved; of the others not even that they exist."""
    found = get_object_or_404(Instructor.objects.public(), pk=_key(pk))
    context = instructor_context(found, at=timezone.now())
    return render(request, "cms/instructor.html", context)


@kept
@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Of those who stand behind something public."""
    found = get_object_or_404(Partner, pk=_key(pk))
    context = partner_context(found, at=timezone.now())
    if not (context["lines"] or context["series"]):
        raise Http404
    return render(request, "cms/partner.html", context)


def _key(number: int) -> Any:
    """Raises: Http404 for a number that no database key can be."""
    if number > LARGEST_KEY:
        raise Http404
    return number
