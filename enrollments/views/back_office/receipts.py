"""受付票: one sheet to hand over or to post, as a page or as PDF. For the own section."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.access import log_access
from accounts.domain.sections import require_section
from accounts.enums import AccessKind
from enrollments.domain.waiting_list import position_of
from enrollments.exchange.prints.receipt import receipt_sheet
from enrollments.models import Application
from enrollments.views.back_office.printed_paper import printout_response
from enrollments.views.offered import offered_to


@never_cache
@require_safe
def printed_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "manage/printed_receipt.html", _facts(request, pk))


@never_cache
@require_safe
def receipt_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    facts = _facts(request, pk)
    # The words of the person's own page: said in one place.
    said = render_to_string("enrollments/_what_next.html", facts, request=request)
    now = timezone.now()
    made = receipt_sheet(
        facts["application"],
        facts["run"],
        facts["sessions"],
        position=facts["position"],
        next_words=" ".join(strip_tags(said).split()),
        at=now,
    )
    number = facts["application"].receipt_number
    return printout_response(request, made, of=number, at=now)


def _facts(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Noted. Raises: Http404, NotAllowed."""
    found = get_object_or_404(
        Application.objects.select_related("run__course__department", "pool__session"),
        pk=pk,
    )
    require_section(request.user, found.run.course.department)
    log_access(
        subject=f"受付票 {found.receipt_number}",
        people=1,
        by=request.user,
        at=timezone.now(),
        kind=AccessKind.EXPORT,
        columns=["氏名", "申込み"],
        reason="受付票を渡すため",
    )
    run = offered_to(request).run_of(found.run_id)
    chosen = found.pool.session_id
    return {
        "application": found,
        "run": run,
        "course": run.course,
        "sessions": [one for one in run.sessions.all() if chosen in (None, one.pk)],
        "people": found.participants.all(),
        "position": position_of(found),
    }
