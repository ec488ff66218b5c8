"""Inviting by mail, and what whoever opens the link can do with it."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.rate_limit import count_attempt
from accounts.domain.refusal import Refusal
from accounts.models import User
from learning_paths.domain.inviting import InvitationAnswer, invite_members
from learning_paths.domain.joining import (
    accept_invitation,
    decline_invitation,
    is_addressed_to,
    require_open_for,
)
from learning_paths.domain.links import membership_for
from learning_paths.enums import MembershipState
from learning_paths.forms.invitations import InvitationsForm
from learning_paths.forms.refused import refusals_into
from learning_paths.models import Membership
from learning_paths.views.access import View, for_organisers


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def group_invite(request: HttpRequest, own: Membership) -> HttpResponse:
    """Addresses that were not written to stay in the field, each with its sentence."""
    form = InvitationsForm(request.POST or None)
    answers: list[InvitationAnswer] = []
    if request.method == "POST" and form.is_valid():
        with refusals_into(form, "emails"):
            answers = _invite(request, own, form.cleaned_data["emails"])
    sent = sum(answer.sent for answer in answers)
    if sent and sent == len(answers):
        words = ngettext(
            "%(n)d人に招待のメールを送りました。",
            "%(n)d人に招待のメールを送りました。",
            sent,
        )
        messages.success(request, words % {"n": sent})
        return redirect(own.group)
    left = [answer.email for answer in answers if not answer.sent]
    if left:
        form = InvitationsForm(initial={"emails": "\n".join(left)})
    context = {"group": own.group, "form": form, "answers": answers, "sent": sent}
    status = 422 if form.errors or (left and not sent) else 200
    return render(request, "learning_paths/invite.html", context, status=status)


def _invite(
    request: HttpRequest, own: Membership, emails: list[str]
) -> list[InvitationAnswer]:
    """Every address counts as an attempt: mail is what could be misused."""
    now = timezone.now()
    for _email in emails:
        count_attempt(rule="group", who=f"account:{request.user.pk}", at=now)
    return invite_members(
        group=own.group,
        emails=emails,
        by=request.user,
        at=now,
        language="en" if (get_language() or "").startswith("en") else "ja",
    )


def by_invitation(view: View) -> View:
    """Forged, cancelled and superseded links get one answer, which tells nothing."""

    @never_cache
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        membership = membership_for(token)
        if membership is None or membership.state == MembershipState.LEFT:
            response = render(request, "learning_paths/invitation_over.html", status=404)
        else:
            response = view(request, membership, token)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


@require_http_methods(["GET", "HEAD", "POST"])
@by_invitation
def invitation(request: HttpRequest, membership: Membership, token: str) -> HttpResponse:
    """What joining means; POST joins, for whoever is signed in."""
    user = request.user if isinstance(request.user, User) else None
    if request.method == "POST" and user is None:
        return redirect_to_login(request.get_full_path())
    refusal: Refusal | None = None
    try:
        if request.method == "POST" and user is not None:
            return _join(request, membership, user)
        require_open_for(user, membership, at=timezone.now())
    except Refusal as found:
        refusal = found
    if user is not None and membership.user_id == user.pk:
        return redirect(membership.group)
    context = {
        "group": membership.group,
        "token": token,
        "refusal": refusal,
        "is_other_address": user is not None and not is_addressed_to(membership, user),
    }
    status = 409 if refusal else 200
    return render(request, "learning_paths/invitation.html", context, status=status)


def _join(request: HttpRequest, membership: Membership, user: User) -> HttpResponse:
    accept_invitation(membership=membership, user=user, at=timezone.now())
    words = _("「%(group)s」に参加しました。") % {"group": membership.group.name}
    messages.success(request, words)
    return redirect(membership.group)


@require_POST
@by_invitation
def invitation_decline(
    request: HttpRequest, membership: Membership, token: str
) -> HttpResponse:
    try:
        decline_invitation(membership=membership, at=timezone.now())
    except Refusal:
        return redirect("group_invitation", token)
    messages.success(request, _("招待を断りました。"))
    return redirect("groups")
