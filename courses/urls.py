"""Public calendars; they carry no language."""

from django.urls import path

from courses.views import feeds

app_name = "courses"
urlpatterns = [
    path("courses/<str:slug>/calendar.ics", feeds.course_feed, name="course_feed"),
    path("runs/<slug:code>/calendar.ics", feeds.run_feed, name="run_feed"),
    path("sessions/<uuid:key>.ics", feeds.session_file, name="session_file"),
    path("stages/<slug:key>/calendar.ics", feeds.stage_feed, name="stage_feed"),
    path("themes/<slug:key>/calendar.ics", feeds.theme_feed, name="theme_feed"),
    path("venues/<slug:code>/calendar.ics", feeds.venue_feed, name="venue_feed"),
]
