"""Addresses of feeds, open data and pictures; they carry no language, no cookie."""

from django.urls import include, path, re_path

from cms.views import draws, open_data
from cms.views.atom import catalogue_atom
from cms.views.feeds import catalogue_feed, series_feed
from cms.views.news_feed import news_feed
from cms.views.social_card import social_card

urlpatterns = [
    path("news/feed.atom", news_feed, name="news_feed"),
    path("calendar.ics", catalogue_feed, name="catalogue_feed"),
    path("series/<str:slug>/calendar.ics", series_feed, name="series_feed"),
    path("opendata/events.csv", open_data.events_csv, name="open_data_events_csv"),
    path("opendata/events.json", open_data.events_json, name="open_data_events_json"),
    path(
        "opendata/facilities.csv",
        open_data.facilities_csv,
        name="open_data_facilities_csv",
    ),
    re_path(
        r"^courses/(?P<slug>[^/]+)/card-(?P<digest>[0-9a-f]{16})\.png$",
        social_card,
        name="social_card",
    ),
    path("draws/verify_draw.py", draws.draw_verifier, name="draw_verifier"),
    path("draws/<slug:code>.json", draws.draw_data, name="draw_data"),
    re_path(
        r"^draws/(?P<code>[-\w]+)/list-(?P<fingerprint>[0-9a-f]{64})\.json$",
        draws.draw_list,
        name="draw_list",
    ),
    path("courses/feed.atom", catalogue_atom, name="catalogue_atom"),
    path("", include("courses.urls")),
    path("", include("enrollments.feed_urls")),
    path("", include("learning_paths.feed_urls")),
]
