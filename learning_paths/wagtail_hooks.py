"""Groups, paths, wishes and requests for lectures in the back office."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from accounts.domain.sections import works_here
from learning_paths.models import Group, Path
from learning_paths.views.back_office import (
    outreach,
    outreach_entering,
    outreach_menu,
    request,
    requests,
)
from learning_paths.viewsets import GroupsAndPaths
from learning_paths.viewsets import instructor_requests as asked
from learning_paths.viewsets.policies import NeverDeleted, OnlyKept

register_permission_policy(Group, OnlyKept(Group))
register_permission_policy(Path, NeverDeleted(Path))


@hooks.register("register_admin_viewset")
def groups_and_paths() -> GroupsAndPaths:
    return GroupsAndPaths()


@hooks.register("register_admin_urls")
def request_urls() -> list[URLPattern]:
    return [
        path("requests/", requests.wanted_list, name="manage_requests"),
        path("requests/new/", requests.enter_wanted, name="manage_request_new"),
        path("requests/<int:pk>/", request.wanted, name="manage_request"),
        path("outreach/", outreach.outreach_list, name="manage_outreach"),
        path("outreach/menu/", outreach_menu.menu_of_section, name="manage_outreach_menu"),
        path(
            "outreach/menu/<int:pk>/",
            outreach_menu.menu_entry,
            name="manage_outreach_entry",
        ),
        path(
            "outreach/menu/<int:pk>/new/",
            outreach_entering.enter,
            name="manage_outreach_new",
        ),
        path("outreach/<int:pk>/", outreach.outreach_request, name="manage_outreach_one"),
    ]


@hooks.register("register_admin_menu_item")
def requests_menu_item() -> MenuItem:
    return MenuItem(_("学びたい"), reverse("manage_requests"), icon_name="help", order=122)


@hooks.register("register_admin_menu_item")
def outreach_menu_item() -> MenuItem:
    return MenuItem(_("出前講座"), reverse("manage_outreach"), icon_name="site", order=123)


@hooks.register("register_admin_urls")
def instructor_request_urls() -> list[URLPattern]:
    return [
        path(
            "instructor-requests/",
            asked.instructor_requests,
            name="manage_instructor_requests",
        ),
        path(
            "instructor-requests/new/",
            asked.instructor_request_new,
            name="manage_instructor_request_new",
        ),
        path(
            "instructor-requests/<int:pk>/",
            asked.instructor_request,
            name="manage_instructor_request",
        ),
    ]


class InstructorRequestsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return works_here(request.user)


@hooks.register("register_admin_menu_item")
def instructor_requests_item() -> MenuItem:
    url = reverse("manage_instructor_requests")
    return InstructorRequestsItem(_("講師への依頼"), url, icon_name="mail", order=125)
