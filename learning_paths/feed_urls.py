"""The calendar of a group; it carries no language."""

from django.urls import path

from learning_paths.views.feed import group_feed

urlpatterns = [path("groups/<slug:code>/calendar.ics", group_feed, name="group_feed")]
