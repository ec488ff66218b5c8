"""Addresses of applications and of the person's own page."""

from django.urls import path

from enrollments.views.application import show_application, withdraw_application
from enrollments.views.applying import apply
from enrollments.views.calendar import calendar_token_revoke, calendar_tokens
from enrollments.views.my_page import my_page

urlpatterns = [
    path("apply/<slug:code>/", apply, name="apply"),
    path("applications/<str:token>/", show_application, name="application"),
    path(
        "applications/<str:token>/withdraw/",
        withdraw_application,
        name="application_withdraw",
    ),
    path("my/", my_page, name="my_page"),
    path("my/calendar/", calendar_tokens, name="calendar_tokens"),
    path(
        "my/calendar/<int:pk>/revoke/",
        calendar_token_revoke,
        name="calendar_token_revoke",
    ),
]
