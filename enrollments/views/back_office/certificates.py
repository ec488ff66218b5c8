"""修了証 of a run: issued for all at once, and printed. For staff of the section."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.refusal import NotAllowed, Refusal
from courses.models import CourseRun
from enrollments.domain.finishing.entries import numbers_of
from enrollments.domain.finishing.register import (
    issue_certificates,
    issue_proof_of_attendance,
)
from enrollments.models import Certificate, Participant
from enrollments.views.back_office.certificate_prints import printed_in_parts
from enrollments.views.back_office.frame import run_for

Issued = TypeVar("Issued")


@require_POST
def issue_all(request: HttpRequest, code: str) -> HttpResponse:
    issue_to_all(request, issue_certificates, run=run_for(request, code))
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


def issue_to_all(
    request: HttpRequest, issue: Callable[..., list[Certificate]], **whom: Any
) -> None:
    """How many, and with which numbers, is said on the next page."""
    issued = _done(request, issue, **whom)
    if issued:
        words = _("%(n)d人の修了証を発行しました（%(numbers)s）。")
        told = {"n": len(issued), "numbers": numbers_of(issued)}
        messages.success(request, words % told)


def _done(request: HttpRequest, issue: Callable[..., Issued], **whom: Any) -> Issued | None:
    """What was issued; a refusal is shown on the next page. Raises: NotAllowed."""
    try:
        return issue(
            **whom,
            by=request.user,
            at=timezone.now(),
            tell=request.POST.get("tell") == "on",
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None


@never_cache
@require_safe
def print_all(request: HttpRequest, code: str) -> HttpResponse:
    """All valid ones of the run, or, with `?for=paper`, those of people whom no mail
    reaches."""
    run = run_for(request, code)
    return printed_in_parts(
        request,
        valid_ones(run, on_paper=request.GET.get("for") == "paper"),
        of=run.code,
        filename=run.code,
        back=reverse("manage_completion", args=[code]),
    )


def valid_ones(run: CourseRun, *, on_paper: bool = False) -> QuerySet[Certificate]:
    found = Certificate.objects.filter(run=run, revoked_at=None)
    if on_paper:
        found = found.filter(participant__application__email="")
    return found
