"""Addresses of applications and of the person's own page."""

from django.urls import include, path, re_path

from enrollments.views.advance_questions import application_questions
from enrollments.views.application import show_application, withdraw_application
from enrollments.views.applying import apply
from enrollments.views.calendar import (
    calendar_token,
    calendar_token_revoke,
    calendar_token_rotate,
    calendar_tokens,
)
from enrollments.views.certificates import verify_certificate, verify_typed
from enrollments.views.held_again import (
    ask_held_again,
    held_again,
    held_again_asked,
    held_again_stop,
    held_again_stop_own,
)
from enrollments.views.learning_record import (
    application_record,
    my_record,
    my_record_file,
)
from enrollments.views.my_page import my_page
from enrollments.views.offer import offer
from enrollments.views.own_certificate import own_certificate
from enrollments.views.own_choices import application_reminders, end_wish, reminders_stop
from enrollments.views.own_data import my_data, my_data_file, my_data_shown
from enrollments.views.own_training import my_training
from enrollments.views.people import change_companion
from enrollments.views.personal_feed import application_calendar, application_qr
from enrollments.views.postcode import postcode
from enrollments.views.recommendations import (
    how_recommended,
    monthly_stop,
    my_recommendations,
)
from enrollments.views.series_application import (
    show_series_application,
    withdraw_series_application,
)
from enrollments.views.series_applying import apply_for_series
from enrollments.views.shared_findings import findings, my_findings
from enrollments.views.survey import (
    my_survey,
    survey,
    survey_done,
    survey_room,
    survey_stop,
)
from enrollments.views.survey_public import survey_public

urlpatterns = [
    path("", include("enrollments.door_urls")),
    path("apply/postcode/", postcode, name="postcode"),
    path("apply/<slug:code>/", apply, name="apply"),
    path("series/<str:slug>/apply/", apply_for_series, name="series_apply"),
    path(
        "applications/series/<str:token>/",
        show_series_application,
        name="series_application",
    ),
    path(
        "applications/series/<str:token>/withdraw/all/",
        withdraw_series_application,
        name="series_application_withdraw",
    ),
    path("applications/<str:token>/", show_application, name="application"),
    path(
        "applications/<str:token>/withdraw/",
        withdraw_application,
        name="application_withdraw",
    ),
    path(
        "applications/<str:token>/questions/",
        application_questions,
        name="application_questions",
    ),
    path(
        "applications/<str:token>/people/<int:pk>/",
        change_companion,
        name="application_companion",
    ),
    path(
        "applications/<str:token>/calendar.ics",
        application_calendar,
        name="application_calendar",
    ),
    path("applications/<str:token>/calendar.svg", application_qr, name="application_qr"),
    re_path(
        r"^applications/(?P<token>[^/]+)/record\.(?P<form>csv|pdf)$",
        application_record,
        name="application_record",
    ),
    path("my/data/", my_data, name="my_data"),
    path("my/data/all/", my_data_shown, name="my_data_shown"),
    re_path(r"^my/data\.(?P<form>zip|json)$", my_data_file, name="my_data_file"),
    path("my/training/", my_training, name="my_training"),
    path("my/record/", my_record, name="my_record"),
    re_path(r"^my/record\.(?P<form>csv|pdf)$", my_record_file, name="my_record_file"),
    path(
        "applications/<str:token>/certificates/<str:code>.pdf",
        own_certificate,
        name="application_certificate",
    ),
    path("certificates/", verify_typed, name="certificates"),
    path("certificates/<str:code>/", verify_certificate, name="certificate"),
    path("offers/<str:token>/", offer, name="offer"),
    path(
        "applications/<str:token>/reminders/",
        application_reminders,
        name="application_reminders",
    ),
    path(
        "applications/<str:token>/wishes/<int:pk>/end/",
        end_wish,
        name="application_wish_end",
    ),
    path("reminders/<str:token>/stop/", reminders_stop, name="reminders_stop"),
    path("courses/<str:slug>/held-again/", ask_held_again, name="held_again_ask"),
    path("held-again/asked/", held_again_asked, name="held_again_asked"),
    path("held-again/<str:token>/", held_again, name="held_again"),
    path("held-again/<str:token>/stop/", held_again_stop, name="held_again_stop"),
    path("my/held-again/<int:pk>/stop/", held_again_stop_own, name="held_again_stop_own"),
    path("findings/<str:token>/", findings, name="findings"),
    path("my/findings/<uuid:public_id>/", my_findings, name="my_findings"),
    path("surveys/done/", survey_done, name="survey_done"),
    path("surveys/stop/<str:token>/", survey_stop, name="survey_stop"),
    path("surveys/<uuid:public_id>/results/", survey_public, name="survey_public"),
    path("surveys/<str:token>/", survey, name="survey"),
    path("my/surveys/<uuid:public_id>/<int:position>/", my_survey, name="my_survey"),
    path("s/<slug:code>/", survey_room, name="survey_room"),
    path("recommendations/", how_recommended, name="how_recommended"),
    path("recommendations/stop/<str:token>/", monthly_stop, name="monthly_stop"),
    path("my/recommendations/", my_recommendations, name="my_recommendations"),
    path("my/", my_page, name="my_page"),
    path("my/calendar/", calendar_tokens, name="calendar_tokens"),
    path("my/calendar/<int:pk>/", calendar_token, name="calendar_token"),
    path(
        "my/calendar/<int:pk>/rotate/",
        calendar_token_rotate,
        name="calendar_token_rotate",
    ),
    path(
        "my/calendar/<int:pk>/revoke/",
        calendar_token_revoke,
        name="calendar_token_revoke",
    ),
]
