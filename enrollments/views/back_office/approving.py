"""職員の申込みの承認: for the head of the applicant's section."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import heads_any_section
from enrollments.domain.approval_deadline import approvals_end_at
from enrollments.domain.approving import approve, decline, waiting_for
from enrollments.models import Application


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approvals(request: HttpRequest) -> HttpResponse:
    """`action` is `approve` or `decline`, of one `application`."""
    if not heads_any_section(request.user):
        raise NotAllowed
    refusal: Refusal | None = None
    if request.method == "POST":
        found = get_object_or_404(Application, public_id=_key(request))
        try:
            _decide(request, found)
        except NotAllowed:
            raise
        except Refusal as why:
            refusal = why
        else:
            return redirect("manage_approvals")
    waiting = list(
        waiting_for(request.user)
        .select_related("run__course", "department", "pool__session")
        .prefetch_related("run__sessions")
    )
    for application in waiting:
        application.ends_at = approvals_end_at(application)
    log_access(
        subject="職員の申込みの承認",
        people=len(waiting),
        by=request.user,
        at=timezone.now(),
    )
    title = _("職員の申込みの承認")
    return render(
        request,
        "manage/approvals.html",
        {
            "waiting": waiting,
            "refusal": refusal,
            "header_title": title,
            "page_title": title,
            "breadcrumbs_items": [{"url": "", "label": title}],
        },
        status=409 if refusal else 200,
    )


def _key(request: HttpRequest) -> UUID:
    """Raises: Http404."""
    try:
        return UUID(request.POST.get("application", ""))
    except ValueError:
        raise Http404 from None


def _decide(request: HttpRequest, application: Application) -> None:
    """Raises: those of `approve` and `decline`."""
    now = timezone.now()
    if request.POST.get("action") == "approve":
        moved = approve(application=application, by=request.user, at=now)
        words = _("承認しました。いまの状態は「%(state)s」です。本人に知らせました。")
        messages.success(request, words % {"state": moved.get_state_display()})
        return
    reason = request.POST.get("reason", "")
    decline(application=application, reason=reason, by=request.user, at=now)
    messages.success(request, _("承認しないことを本人に知らせました。"))
