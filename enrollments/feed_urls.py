"""Secret calendars; they carry no language."""

from django.urls import path, re_path

from enrollments.views.application_feed import application_feed
from enrollments.views.personal_feed import personal_feed

urlpatterns = [
    # The signature tells it from a personal one, in which there is no full stop.
    re_path(
        r"^calendar/(?P<token>[0-9a-f]{32}\.[-\w]+)\.ics$",
        application_feed,
        name="application_feed",
    ),
    path("calendar/<str:token>.ics", personal_feed, name="personal_feed"),
]
