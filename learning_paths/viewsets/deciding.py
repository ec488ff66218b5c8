"""Staff answer what a group asked: yes at once, no with a reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.forms.fields import row_number
from learning_paths.domain.deciding import approve_registration, decline_registration
from learning_paths.domain.page_changes import approve_change, decline_change
from learning_paths.domain.renewing import (
    approve_renewal,
    approve_renewals,
    decline_renewal,
)
from learning_paths.enums import WishKind
from learning_paths.models import Group, PageChange, Renewal
from learning_paths.viewsets.register import for_register_keepers


def _registration(request: HttpRequest, pk: int, why: str | None) -> None:
    group = get_object_or_404(Group, pk=pk)
    now = timezone.now()
    if why is None:
        approve_registration(group=group, by=request.user, at=now)
    else:
        decline_registration(group=group, why=why, by=request.user, at=now)


def _renewal(request: HttpRequest, pk: int, why: str | None) -> None:
    renewal = get_object_or_404(Renewal, pk=pk)
    now = timezone.now()
    if why is None:
        approve_renewal(renewal=renewal, by=request.user, at=now)
    else:
        decline_renewal(renewal=renewal, why=why, by=request.user, at=now)


def _change(request: HttpRequest, pk: int, why: str | None) -> None:
    change = get_object_or_404(PageChange, pk=pk)
    now = timezone.now()
    if why is None:
        approve_change(change=change, by=request.user, at=now)
    else:
        decline_change(change=change, why=why, by=request.user, at=now)


DECIDE = {
    WishKind.REGISTRATION: _registration,
    WishKind.RENEWAL: _renewal,
    WishKind.CHANGE: _change,
}


@for_register_keepers
@require_POST
def register_decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    if kind not in WishKind.values:
        raise Http404
    declines = "decline" in request.POST
    why = request.POST.get("why", "")[:300] if declines else None
    try:
        DECIDE[WishKind(kind)](request, pk, why)
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        said = _("見送りました。") if declines else _("承認しました。")
        messages.success(request, said)
    return redirect("civic_groups:waiting")


@for_register_keepers
@require_POST
def register_renew(request: HttpRequest) -> HttpResponse:
    """Those that were ticked, all at once."""
    keys = [row_number(one) for one in request.POST.getlist("renewal")]
    chosen = Renewal.objects.filter(pk__in=[key for key in keys if key])
    approved = approve_renewals(
        renewals=chosen.order_by("asked_at", "pk"), by=request.user, at=timezone.now()
    )
    if not keys:
        messages.error(request, _("更新する団体を選んでください。"))
    elif approved:
        words = ngettext(
            "%(number)d団体の登録を更新し、代表と担当に知らせました。",
            "%(number)d団体の登録を更新し、代表と担当に知らせました。",
            approved,
        )
        messages.success(request, words % {"number": approved})
    left = len(keys) - approved
    if left:
        words = ngettext(
            "%(number)d団体は、ほかの職員がすでに確認したか、登録が終わっています。",
            "%(number)d団体は、ほかの職員がすでに確認したか、登録が終わっています。",
            left,
        )
        messages.warning(request, words % {"number": left})
    return redirect("civic_groups:waiting")
