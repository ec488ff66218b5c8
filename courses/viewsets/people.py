"""Instructors, with approval as an act of its own, and partners, in the back office."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.mixins import HookResponseMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from accounts.domain.refusal import Refusal
from courses.domain.people import (
    approve_instructor,
    may_approve,
    record_consent,
    withdraw_approval,
)
from courses.forms.people import InstructorForm
from courses.models import Instructor, Partner
from courses.viewsets.parts import (
    PART_CHANGED,
    BookedViewSet,
    PartCreateView,
    PartEditView,
    PartViewSet,
)


class RecordsConsent:
    """Person and consent are saved together; consent through its own act."""

    def save_instance(self) -> Instructor:
        said = self.form.cleaned_data  # type: ignore[attr-defined]
        with transaction.atomic():
            person = super().save_instance()  # type: ignore[misc]
            return record_consent(
                instructor=person,
                agreed=said["consents_to_publish"],
                on=said["consented_on"],
                by=self.request.user,  # type: ignore[attr-defined]
                at=timezone.now(),
            )


class InstructorCreateView(RecordsConsent, PartCreateView):
    template_name = "manage/instructor_form.html"


class InstructorEditView(RecordsConsent, PartEditView):
    template_name = "manage/instructor_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "person": Instructor.objects.select_related("approved_by").get(
                pk=self.object.pk
            ),
            "may_approve": may_approve(self.request.user),
        }


class ApprovalView(HookResponseMixin, PermissionCheckedMixin, View):
    """For administrators and heads of section; the domain asks again who it is."""

    http_method_names = ["post"]
    permission_required = "change"
    edit_url_name: str | None = None
    approves = True

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(Instructor, pk=pk)
        try:
            if self.approves:
                person = approve_instructor(
                    instructor=person, by=request.user, at=timezone.now()
                )
                words = _("「%(name)s」さんを承認しました。公開ページに名前が出ます。")
            else:
                person = withdraw_approval(instructor=person, by=request.user)
                words = _(
                    "「%(name)s」さんの承認を取り消しました。公開ページから名前が消えました。"
                )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            self.run_hook(PART_CHANGED, request, person)
            messages.success(request, words % {"name": person})
        return redirect(reverse(self.edit_url_name, args=[pk]))


def _standing(person: Instructor) -> Any:
    if not person.consents_to_publish:
        return _("公開しない")
    return _("公開") if person.is_public else _("承認待ち")


def _local(person: Instructor) -> Any:
    return _("登録あり") if person.is_local_talent else ""


class InstructorViewSet(BookedViewSet):
    model = Instructor
    icon = "user"
    list_display = [
        "__str__",
        Column("kana", label=_("カナ"), accessor="full_name_kana"),
        "title",
        Column("local", label=_("地域の人材"), accessor=_local),
        Column("standing", label=_("公開"), accessor=_standing),
    ]
    list_filter = ["is_local_talent", "consents_to_publish", "themes"]
    search_fields = [
        "family_name",
        "given_name",
        "family_name_kana",
        "given_name_kana",
        "areas",
    ]
    add_view_class = InstructorCreateView
    edit_view_class = InstructorEditView

    def get_form_class(self, for_update: bool = False) -> type[InstructorForm]:
        return InstructorForm

    def get_urlpatterns(self) -> list[URLPattern]:
        approve = self.construct_view(ApprovalView)
        withdraw = self.construct_view(ApprovalView, approves=False)
        return [
            *super().get_urlpatterns(),
            path("approve/<int:pk>/", approve, name="approve"),
            path("withdraw_approval/<int:pk>/", withdraw, name="withdraw_approval"),
        ]


class PartnerViewSet(PartViewSet):
    model = Partner
    icon = "group"
    list_display = ["name", "name_kana", "url"]
    search_fields = ["name", "name_kana"]
    form_fields = ["name", "name_kana", "description", "url"]
