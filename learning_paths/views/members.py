"""Who belongs to the group: roles, removing, leaving, handing on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learning_paths.domain.leaving import (
    leave_group,
    remove_member,
    require_another_leader,
)
from learning_paths.domain.membership import may_remove, name_among_members
from learning_paths.domain.refusals import LastLeader
from learning_paths.domain.roles import change_role, hand_over_leadership, may_succeed
from learning_paths.enums import MemberRole, MembershipState
from learning_paths.forms.members import RoleForm
from learning_paths.forms.refused import refusals_into
from learning_paths.models import Membership
from learning_paths.views.access import for_members, for_organisers
from learning_paths.views.refused import refusals_on_group_page


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def group_member(request: HttpRequest, own: Membership, pk: int) -> HttpResponse:
    """What 代表 and 担当 may do about one member; POST changes the role."""
    other = _present(own, pk)
    form = RoleForm(request.POST or None, initial={"role": other.role})
    if request.method == "POST" and form.is_valid():
        role = MemberRole(form.cleaned_data["role"])
        with refusals_into(form, "role"):
            change_role(membership=other, role=role, by=request.user, at=timezone.now())
            messages.success(request, _("役割を変えました。"))
            return redirect(own.group)
    context = {
        "group": own.group,
        "other": other,
        "name": other.full_name or other.email,
        "is_own": other.pk == own.pk,
        "leads": own.role == MemberRole.LEADER,
        "may_remove": may_remove(own, other),
        "may_succeed": may_succeed(other),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "learning_paths/member.html", context, status=status)


@for_organisers
@require_POST
@refusals_on_group_page
def group_hand_over(request: HttpRequest, own: Membership, pk: int) -> HttpResponse:
    other = _present(own, pk)
    hand_over_leadership(to=other, by=request.user, at=timezone.now())
    words = _("%(name)sさんに代表を引き継ぎました。")
    messages.success(request, words % {"name": name_among_members(other)})
    return redirect(own.group)


@for_organisers
@require_POST
@refusals_on_group_page
def group_remove(request: HttpRequest, own: Membership, pk: int) -> HttpResponse:
    gone = remove_member(membership=_present(own, pk), by=request.user, at=timezone.now())
    if gone.joined_at is None:
        messages.success(request, _("招待を取り消しました。"))
    else:
        messages.success(request, _("会員から外しました。"))
    return redirect(own.group)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_on_group_page
def group_leave(request: HttpRequest, own: Membership) -> HttpResponse:
    """Asks first."""
    if request.method == "POST":
        leave_group(group=own.group, by=request.user, at=timezone.now())
        words = _("「%(group)s」から抜けました。") % {"group": own.group.name}
        messages.success(request, words)
        return redirect("groups")
    context = {"group": own.group, "refusal": _why_stay(own)}
    return render(request, "learning_paths/leave.html", context)


def _why_stay(own: Membership) -> LastLeader | None:
    """Said before somebody presses the button, not after."""
    try:
        require_another_leader(own)
    except LastLeader as refusal:
        return refusal
    return None


def _present(own: Membership, pk: int) -> Membership:
    """Of one's own group only, and still there."""
    present = own.group.memberships.exclude(state=MembershipState.LEFT)
    return get_object_or_404(present.select_related("user"), pk=pk)
