"""The register of groups in the back office."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from accounts.domain.refusal import NotAllowed
from learning_paths.domain.membership import may_manage_groups
from learning_paths.domain.stages import record_stage
from learning_paths.domain.waiting import count_wishes
from learning_paths.forms.back_office import StaffStageForm
from learning_paths.forms.refused import refusals_into
from learning_paths.models import Group
from learning_paths.viewsets.certificates import register_certificate
from learning_paths.viewsets.deciding import register_decide, register_renew
from learning_paths.viewsets.register import (
    register_edit,
    register_end,
    register_member,
    register_merge,
    register_new,
    register_waiting,
)


def staff_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """A stage stated by staff or a coordinator."""
    if not may_manage_groups(request.user):
        raise NotAllowed
    group = get_object_or_404(Group, pk=pk)
    form = StaffStageForm(
        request.POST or None, group=group, initial={"as_of": timezone.localdate()}
    )
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


class GroupIndexView(generic.IndexView):
    """Staff enter those who come to the counter; the others apply for themselves."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        number = count_wishes()
        words = ngettext(
            "団体からの申請（%(number)d件）", "団体からの申請（%(number)d件）", number
        )
        return [
            HeaderButton(
                _("団体を登録する"), url=reverse("civic_groups:enter"), icon_name="plus"
            ),
            HeaderButton(words % {"number": number}, url=reverse("civic_groups:waiting")),
        ]


class GroupViewSet(ModelViewSet):
    model = Group
    icon = "group"
    list_display = ["name", "code", "kind", "state", "registered_until"]
    list_filter = ["state", "kind"]
    search_fields = ["name", "name_kana", "code"]
    search_backend_name = None
    copy_view_enabled = False
    index_view_class = GroupIndexView
    exclude_form_fields = ["members", "themes", "merged_into"]

    @property
    def edit_view(self) -> Any:
        """A page of our own: a group is not edited as a row."""
        return register_edit

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("waiting/", register_waiting, name="waiting"),
            path("waiting/renewals/", register_renew, name="renew"),
            path("waiting/<slug:kind>/<int:pk>/", register_decide, name="decide"),
            path("enter/", register_new, name="enter"),
            path("member/<int:pk>/", register_member, name="member"),
            path("merge/<int:pk>/", register_merge, name="merge"),
            path("end/<int:pk>/", register_end, name="end"),
            path("stage/<int:pk>/", staff_stage, name="stage"),
            path(
                "certificate/<int:pk>/<int:path>/",
                register_certificate,
                name="certificate",
            ),
            *super().get_urlpatterns(),
        ]
