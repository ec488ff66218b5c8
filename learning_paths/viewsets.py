"""Paths and the register of groups in the back office."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.domain.refusal import NotAllowed
from accounts.viewsets import ListViewSet
from learning_paths.domain.membership import may_manage_groups
from learning_paths.domain.queries import members_of
from learning_paths.domain.stages import record_stage, stage_history
from learning_paths.forms.back_office import PathForm, RegisterForm, StaffStageForm
from learning_paths.forms.refused import refusals_into
from learning_paths.models import Group, Path


class NeverDeleted(ModelPermissionPolicy):
    """Paths are taken from view and registrations ended; what happened stays."""

    denied = frozenset({"delete"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.denied and super().user_has_permission(user, action)


class OnlyKept(NeverDeleted):
    """Groups are registered by their founders, not by staff."""

    denied = frozenset({"delete", "add"})


class PathViewSet(ListViewSet):
    model = Path
    icon = "list-ol"
    list_display = ["name", "stage", "is_published"]
    list_filter = ["stage", "is_published"]
    search_fields = ["name", "description"]
    create_template_name = "learning_paths/manage/path_form.html"
    edit_template_name = "learning_paths/manage/path_form.html"

    def get_form_class(self, for_update: bool = False) -> type[PathForm]:
        return PathForm


class GroupEditView(generic.EditView):
    """The register's facts, with what the group and others said of its stage."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["history"] = stage_history(self.object)
        context["member_count"] = len(members_of(self.object))
        context["stage_url"] = reverse("civic_groups:stage", args=[self.object.pk])
        return context


def staff_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """A stage stated by staff or a coordinator."""
    if not may_manage_groups(request.user):
        raise NotAllowed
    group = get_object_or_404(Group, pk=pk)
    form = StaffStageForm(request.POST or None, initial={"as_of": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refusals_into(form, "as_of"):
            record_stage(
                group=group, **form.statement(), by=request.user, at=timezone.now()
            )
            messages.success(request, _("ステージを記録しました。"))
            return redirect("civic_groups:edit", group.pk)
    context = {
        "form": form,
        "group": group,
        "page_title": _("ステージを記録する"),
        "header_title": _("ステージを記録する"),
        "breadcrumbs_items": [
            {
                "url": reverse("civic_groups:index"),
                "label": Group._meta.verbose_name_plural,
            },
            {"url": reverse("civic_groups:edit", args=[group.pk]), "label": group.name},
            {"url": "", "label": _("ステージを記録する")},
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "learning_paths/manage/stage.html", context, status=status)


class GroupViewSet(ModelViewSet):
    model = Group
    icon = "group"
    list_display = ["name", "code", "state", "registered_at"]
    list_filter = ["state"]
    search_fields = ["name", "name_kana", "code"]
    search_backend_name = None
    copy_view_enabled = False
    edit_view_class = GroupEditView
    edit_template_name = "learning_paths/manage/group_edit.html"

    def get_form_class(self, for_update: bool = False) -> type[RegisterForm]:
        return RegisterForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("stage/<int:pk>/", staff_stage, name="stage"),
        ]


class GroupsAndPaths(ViewSetGroup):
    menu_label = _("団体と道すじ")
    menu_icon = "group"
    menu_order = 220
    items = (GroupViewSet("civic_groups"), PathViewSet("learning_paths"))
