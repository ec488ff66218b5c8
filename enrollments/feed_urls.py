"""The personal calendar; it carries no language."""

from django.urls import path

from enrollments.views.calendar import personal_feed

urlpatterns = [path("calendar/<str:token>.ics", personal_feed, name="personal_feed")]
