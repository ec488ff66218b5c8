"""Sections, staff and the purpose of use, for administrators; and what every list in
the back office has in common."""

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.domain.around_changes import changing
from accounts.domain.refusal import NotAllowed
from accounts.models import Department, PurposeNotice, StaffProfile


class KeptEditView(generic.EditView):
    """What others made from the row is brought up to date along with it."""

    def save_instance(self) -> Any:
        with changing(self.object, at=timezone.now()):
            return super().save_instance()


class DeleteUnlessUsed(generic.DeleteView):
    """What something else refers to stays; the officer is told so."""

    def delete_action(self) -> None:
        with changing(self.object, at=timezone.now()):
            super().delete_action()

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                _("「%(name)s」は使われているため、削除できません。")
                % {"name": self.object},
            )
            return redirect(self.index_url_name)


class RelatedIndexView(generic.IndexView):
    """Each row comes with everything it belongs to, in one query."""

    def get_base_queryset(self) -> Any:
        fields = self.model._meta.concrete_fields
        related = [field.name for field in fields if field.is_relation]
        return super().get_base_queryset().select_related(*related)


class ListViewSet(ModelViewSet):
    """A plain list that courses are made from."""

    copy_view_enabled = False
    search_backend_name = None
    edit_view_class = KeptEditView
    delete_view_class = DeleteUnlessUsed
    index_view_class = RelatedIndexView


class DepartmentViewSet(ListViewSet):
    model = Department
    icon = "group"
    list_display = ["name", "code", "phone"]
    search_fields = ["name", "code"]
    form_fields = ["name", "name_en", "code", "phone", "extension", "email", "sort_order"]


class StaffProfileViewSet(ListViewSet):
    model = StaffProfile
    icon = "user"
    list_display = ["user", "department", "role"]
    list_filter = ["department"]
    search_fields = ["user__last_name", "user__first_name", "user__email"]
    form_fields = ["user", "department", "role", "staff_number"]


class PurposeNoticeEditView(generic.EditView):
    """People have agreed to the words in force, so those words stay."""

    def get_object(self, queryset: Any = None) -> PurposeNotice:
        found: PurposeNotice = super().get_object(queryset)
        if found.effective_from <= timezone.localdate():
            raise NotAllowed(
                _("すでに使われている文は変えられません。新しい版を追加してください。")
            )
        return found


class PurposeNoticeViewSet(ListViewSet):
    model = PurposeNotice
    icon = "doc-full"
    list_display = ["key", "version", "effective_from"]
    form_fields = ["key", "version", "body", "body_en", "effective_from"]
    edit_view_class = PurposeNoticeEditView


class AdministrationGroup(ViewSetGroup):
    menu_label = _("課と職員")
    menu_icon = "cogs"
    menu_order = 300
    items = (
        DepartmentViewSet("departments"),
        StaffProfileViewSet("staff"),
        PurposeNoticeViewSet("purpose_notices"),
    )
