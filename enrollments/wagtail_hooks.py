"""Applications, attendance and messages in the back office."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from enrollments.views.back_office import (
    applications,
    attendance,
    draw,
    entry,
    messages,
    runs,
    screening,
    sessions,
)


@hooks.register("register_admin_urls")
def enrolment_urls() -> list[URLPattern]:
    return [
        path("runs/", runs.runs, name="manage_runs"),
        path("runs/<slug:code>/", runs.run_overview, name="manage_run"),
        path(
            "runs/<slug:code>/applications/",
            applications.applications,
            name="manage_applications",
        ),
        path(
            "runs/<slug:code>/applications/new/",
            entry.new_application,
            name="manage_application_new",
        ),
        path("runs/<slug:code>/draw/", draw.draw, name="manage_draw"),
        path("runs/<slug:code>/screening/", screening.screening, name="manage_screening"),
        path(
            "runs/<slug:code>/completion/", attendance.completion, name="manage_completion"
        ),
        path("applications/<int:pk>/", applications.application, name="manage_application"),
        path(
            "applications/<int:pk>/receipt/",
            entry.printed_receipt,
            name="manage_application_receipt",
        ),
        path(
            "sessions/<int:pk>/attendance/", attendance.attendance, name="manage_attendance"
        ),
        path(
            "sessions/<int:pk>/cancel/",
            sessions.cancel_session,
            name="manage_session_cancel",
        ),
        path("messages/", messages.outbox, name="manage_messages"),
        path(
            "messages/<int:pk>/settle/",
            messages.settle_message,
            name="manage_message_settle",
        ),
    ]


@hooks.register("register_admin_menu_item")
def runs_menu_item() -> MenuItem:
    return MenuItem(_("開催と申込み"), reverse("manage_runs"), icon_name="group", order=110)


@hooks.register("register_admin_menu_item")
def messages_menu_item() -> MenuItem:
    return MenuItem(
        _("お知らせの送信"), reverse("manage_messages"), icon_name="mail", order=120
    )
