"""Sections, staff and the purpose of use, for administrators."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.models import Department, PurposeNotice, StaffProfile


class DepartmentViewSet(ModelViewSet):
    model = Department
    icon = "group"
    list_display = ["name", "code", "phone"]
    form_fields = ["name", "name_en", "code", "phone", "extension", "email", "sort_order"]


class StaffProfileViewSet(ModelViewSet):
    model = StaffProfile
    icon = "user"
    list_display = ["user", "department", "role"]
    list_filter = ["department"]
    form_fields = ["user", "department", "role", "staff_number"]


class PurposeNoticeViewSet(ModelViewSet):
    model = PurposeNotice
    icon = "doc-full"
    list_display = ["key", "version", "effective_from"]
    form_fields = ["key", "version", "body", "body_en", "effective_from"]


class AdministrationGroup(ViewSetGroup):
    menu_label = _("課と職員")
    menu_icon = "cogs"
    menu_order = 300
    items = (
        DepartmentViewSet("departments"),
        StaffProfileViewSet("staff"),
        PurposeNoticeViewSet("purpose_notices"),
    )
