"""修了証 of a run: issued for all at once, and printed. For staff of the section."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.enums import AccessKind
from accounts.exchange.paper.typesetting import NotTypeset
from accounts.forms.fields import row_number
from accounts.views.paper import paper_response
from courses.models import CourseRun
from enrollments.domain.finishing.entries import numbers_of
from enrollments.domain.finishing.register import (
    issue_certificates,
    issue_proof_of_attendance,
)
from enrollments.exchange.prints.certificates import AT_ONCE, certificates_paper
from enrollments.models import Certificate, Participant
from enrollments.views.back_office.frame import run_for

Issued = TypeVar("Issued")
COLUMNS = ("氏名", "講座名", "修了日", "番号")


@require_POST
def issue_all(request: HttpRequest, code: str) -> HttpResponse:
    run = run_for(request, code)
    issued = _done(request, issue_certificates, run=run)
    if issued:
        words = _("%(n)d人の修了証を発行しました（%(numbers)s）。")
        told = {"n": len(issued), "numbers": numbers_of(issued)}
        messages.success(request, words % told)
    return redirect("manage_completion", code)


@require_POST
def issue_attendance(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """受講証明書 for one person."""
    run = run_for(request, code)
    people = Participant.objects.select_related("application")
    person = get_object_or_404(people, pk=pk, application__run=run)
    issued = _done(request, issue_proof_of_attendance, participant=person)
    if issued:
        words = _("受講証明書を発行しました（%(number)s）。")
        messages.success(request, words % {"number": issued.number})
    return redirect("manage_completion_person", code, pk)


def _done(request: HttpRequest, issue: Callable[..., Issued], **whom: Any) -> Issued | None:
    """What was issued; a refusal is shown on the next page."""
    try:
        return issue(
            **whom,
            by=request.user,
            at=timezone.now(),
            tell=request.POST.get("tell") == "on",
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None


@never_cache
@require_safe
def print_all(request: HttpRequest, code: str) -> HttpResponse:
    """All valid ones of the run, or, with `?for=paper`, those of people whom no mail
    reaches; very many in several files (`part`)."""
    run = run_for(request, code)
    found = valid_ones(run, on_paper=request.GET.get("for") == "paper")
    first = ((row_number(request.GET.get("part", "")) or 1) - 1) * AT_ONCE
    certificates = list(found.select_related("replaces")[first : first + AT_ONCE])
    if not certificates:
        raise Http404
    now = timezone.now()
    log_access(
        subject=f"修了証の印刷 {run.code}",
        people=len(certificates),
        by=request.user,
        at=now,
        kind=AccessKind.EXPORT,
        columns=COLUMNS,
        reason="修了証を渡すため",
    )
    try:
        paper = certificates_paper(certificates, at=now)
    except NotTypeset as refusal:
        messages.error(request, str(refusal))
        return redirect("manage_completion", code)
    which = f"_{certificates[0].number}" if first else ""
    return paper_response(paper, f"修了証_{run.code}{which}")


def valid_ones(run: CourseRun, *, on_paper: bool = False) -> QuerySet[Certificate]:
    found = Certificate.objects.filter(run=run, revoked_at=None)
    if on_paper:
        found = found.filter(participant__application__email="")
    return found.order_by("fiscal_year", "serial")
