"""Addresses of calendars and pictures; they carry no language and no cookie."""

from django.urls import include, path, re_path

from cms.views.feeds import catalogue_feed
from cms.views.social_card import social_card

urlpatterns = [
    path("calendar.ics", catalogue_feed, name="catalogue_feed"),
    re_path(
        r"^courses/(?P<slug>[^/]+)/card-(?P<digest>[0-9a-f]{16})\.png$",
        social_card,
        name="social_card",
    ),
    path("", include("courses.urls")),
    path("", include("enrollments.feed_urls")),
]
