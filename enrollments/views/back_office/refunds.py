"""返金: what is to be paid back in a run, and who may be owed something. Money moves
elsewhere; here a clerk sees what is left to do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.forms.fields import row_number
from enrollments.domain.refunds import (
    may_be_owed,
    note_refund,
    settle_refund,
    usual_amount,
)
from enrollments.forms.waiting_list import RefundForm
from enrollments.models import Refund
from enrollments.views.back_office.frame import run_for, run_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refunds(request: HttpRequest, code: str) -> HttpResponse:
    """POST notes one, for the application named."""
    run = run_for(request, code)
    form = RefundForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        chosen = row_number(request.POST.get("application", ""))
        found = get_object_or_404(run.applications, pk=chosen)
        try:
            note_refund(
                application=found,
                amount=form.cleaned_data["amount"],
                by=request.user,
                at=timezone.now(),
                why=form.cleaned_data["reason"],
            )
        except Refusal as why:
            refusal = why
        else:
            messages.success(request, _("返金を記録しました。"))
            return redirect("manage_refunds", run.code)
    noted = Refund.objects.filter(application__run=run).select_related(
        "application", "settled_by"
    )
    owed = list(may_be_owed(run).select_related("run").prefetch_related("participants"))
    log_access(
        subject=f"返金 {run.code}",
        people=len(owed) + noted.count(),
        by=request.user,
        at=timezone.now(),
    )
    return run_page(
        request,
        "manage/refunds.html",
        run,
        title=_("返金"),
        status=409 if refusal else 422 if form.errors else 200,
        noted=noted,
        owed=[(one, usual_amount(one)) for one in owed],
        form=form,
        refusal=refusal,
    )


@require_POST
def refund_settle(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    run = run_for(request, code)
    refund = get_object_or_404(Refund, pk=pk, application__run=run)
    try:
        settle_refund(refund=refund, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("返金済みにしました。"))
    return redirect("manage_refunds", run.code)
