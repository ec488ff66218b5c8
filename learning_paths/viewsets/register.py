"""The register of groups as staff keep it: what waits for an answer, one group's facts
and members, entering, merging."""

from collections.abc import Callable
from datetime import datetime, time
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed
from courses.domain.fiscal_year import TOKYO
from learning_paths.domain.ending import end_registration, merge_groups
from learning_paths.domain.membership import may_manage_groups
from learning_paths.domain.staff_members import enter_member
from learning_paths.domain.staff_register import enter_group, keep_register
from learning_paths.domain.stages import stage_history
from learning_paths.domain.waiting import wishes
from learning_paths.enums import GroupState, MembershipState, WishKind
from learning_paths.forms.refused import refusals_into
from learning_paths.forms.register import (
    MergeForm,
    NewGroupForm,
    OnPaperForm,
    ReasonForm,
    RegisterForm,
)
from learning_paths.models import Group
from learning_paths.viewsets.certificates import path_rows
from learning_paths.viewsets.desk import desk_page

View = Callable[..., HttpResponse]


def for_register_keepers(view: View) -> View:
    """Staff with the permission to change groups; anybody else gets 403."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        if not may_manage_groups(request.user):
            raise NotAllowed
        return view(request, *args, **rest)

    return opened


@for_register_keepers
@require_safe
def register_waiting(request: HttpRequest) -> HttpResponse:
    """Applications, renewals and changed pages, the oldest first."""
    title, found = _("団体からの申請"), wishes()
    context = desk_page(title) | {
        "wishes": [one for one in found if one.kind != WishKind.RENEWAL],
        "renewals": [one for one in found if one.kind == WishKind.RENEWAL],
    }
    return render(request, "learning_paths/manage/waiting.html", context)


@for_register_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def register_new(request: HttpRequest) -> HttpResponse:
    form = NewGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data.pop("code")
        day = form.cleaned_data.pop("registered_on")
        with refusals_into(form):
            group = enter_group(
                facts=form.facts(),
                state=GroupState.REGISTERED,
                registered_at=datetime.combine(day, time(), tzinfo=TOKYO),
                code=code,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(
                request, _("団体を登録しました。次に、会員を入力してください。")
            )
            return redirect("civic_groups:edit", group.pk)
    context = desk_page(_("団体を登録する")) | {"form": form}
    return _form(request, context, "learning_paths/manage/group_new.html")


@for_register_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def register_edit(request: HttpRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(Group, pk=pk)
    form = RegisterForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        state = form.state_chosen()
        with refusals_into(form, "name"):
            keep_register(
                group=group,
                facts=form.facts(),
                state=state,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("登録の内容を保存しました。"))
            return redirect("civic_groups:edit", group.pk)
    present = group.memberships.exclude(state=MembershipState.LEFT)
    members = list(present.select_related("user"))
    log_access(
        subject=f"group:{group.code}",
        people=len(members),
        by=request.user,
        at=timezone.now(),
    )
    context = desk_page(group.name) | {
        "form": form,
        "object": group,
        "moves": group.moves.select_related("by"),
        "history": stage_history(group),
        "members": members,
        "paths": path_rows(group),
        "member_count": sum(one.state == MembershipState.ACTIVE for one in members),
    }
    return _form(request, context, "learning_paths/manage/group_edit.html")


@for_register_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def register_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody without an address, or with one, from the group's list on paper."""
    group = get_object_or_404(Group, pk=pk)
    form = OnPaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            enter_member(
                group=group,
                email=form.cleaned_data["email"],
                role=form.cleaned_data["role"],
                joined_at=None,
                person=form.person(),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("会員を入力しました。"))
            return redirect("civic_groups:edit", group.pk)
    context = desk_page(_("会員を入力する"), group) | {"form": form}
    return _form(request, context, "learning_paths/manage/member_new.html")


@for_register_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def register_merge(request: HttpRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(Group, pk=pk)
    form = MergeForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form, "why"):
            kept = merge_groups(
                group=group,
                into=form.cleaned_data["into"],
                why=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
            words = _("「%(ended)s」を「%(kept)s」に合併しました。")
            messages.success(request, words % {"ended": group.name, "kept": kept.name})
            return redirect("civic_groups:edit", kept.pk)
    context = desk_page(_("ほかの団体と合併する"), group) | {"form": form}
    return _form(request, context, "learning_paths/manage/merge.html")


@for_register_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def register_end(request: HttpRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(Group, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form, "why"):
            end_registration(
                group=group,
                why=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
            words = _("「%(group)s」の登録を終え、代表と担当に知らせました。")
            messages.success(request, words % {"group": group.name})
            return redirect("civic_groups:edit", group.pk)
    context = desk_page(_("登録を終える"), group) | {"form": form}
    return _form(request, context, "learning_paths/manage/end.html")


def _form(request: HttpRequest, context: dict[str, Any], template: str) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, template, context, status=status)
