"""The site, with two reference pages that every figure is compared to."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail import views as wagtail_views

from cms.urls import handler404, handler500  # noqa: F401
from cms.urls import urlpatterns as site


def bare_django(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def bare_wagtail(request: HttpRequest) -> HttpResponse:
    """A page of plain text, found and rendered by Wagtail in the site's frame."""
    return wagtail_views.serve(request, "about/")


urlpatterns = [
    path("bench/django/", bare_django),
    path("bench/wagtail/", bare_wagtail),
    *site,
]
