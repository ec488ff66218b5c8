"""Addresses of the calendars; they carry no language and no cookie."""

from django.urls import include, path

from cms.views.feeds import catalogue_feed

urlpatterns = [
    path("calendar.ics", catalogue_feed, name="catalogue_feed"),
    path("", include("courses.urls")),
    path("", include("enrollments.feed_urls")),
]
