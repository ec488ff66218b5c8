"""選考: criteria, everybody's notes, and one decision. For staff of the section only."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from courses.enums import SelectionMode
from courses.models import CourseRun
from enrollments.domain.screening import (
    decide,
    note_verdict,
    screening_plan,
    to_be_screened,
    verdict_of,
)
from enrollments.enums import ScreeningVerdict
from enrollments.forms.screening import DecideForm, VerdictForm
from enrollments.views.back_office.frame import run_for, run_page

PER_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def screening(request: HttpRequest, code: str) -> HttpResponse:
    """`action` is `save` for the lines of this page, or `decide` for all."""
    run = run_for(request, code)
    if run.selection_mode != SelectionMode.SCREENING:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    page = Paginator(to_be_screened(run), PER_PAGE).get_page(request.GET.get("p"))
    lines = _lines(run, page, sent)
    decision = DecideForm(sent if sent and "seen" in sent else None)
    refusal: Refusal | None = None
    if sent is not None:
        try:
            done = _act(request, run, lines, decision)
        except Refusal as found:
            refusal, done = found, False
        if done:
            return redirect(request.get_full_path())
    log_access(
        subject=f"選考 {run.code}",
        people=len(page.object_list),
        by=request.user,
        at=timezone.now(),
    )
    plan = screening_plan(run)
    return run_page(
        request,
        "manage/screening.html",
        run,
        title=_("選考"),
        current="manage_screening",
        status=409 if refusal else 422 if sent else 200,
        refusal=refusal,
        page_obj=page,
        lines=lines,
        plan=plan,
        decision=decision if decision.is_bound else DecideForm(initial={"seen": plan.seen}),
        is_over=_is_over(run),
        too_early=run.results_at is not None and timezone.now() < run.results_at,
    )


def _is_over(run: CourseRun) -> bool:
    closes = run.applications_close_at
    return closes is not None and closes <= timezone.now()


def _lines(run: CourseRun, page: Any, sent: Any) -> list[VerdictForm]:
    saving = sent if sent is not None and sent.get("action") == "save" else None
    return [
        VerdictForm(
            saving,
            run=run,
            application=application,
            initial={"verdict": verdict_of(application) or ""},
        )
        for application in page.object_list
    ]


def _act(
    request: HttpRequest, run: CourseRun, lines: list[VerdictForm], decision: DecideForm
) -> bool:
    """Whether it is done; false where a line is not understood. Raises: refusals."""
    if request.POST.get("action") == "decide":
        if not decision.is_valid():
            return False
        plan = decide(run=run, by=request.user, at=timezone.now(), **decision.cleaned_data)
        number = plan.accepted + plan.waiting + plan.refused
        words = _("%(number)s件の選考の結果を決め、知らせました。")
        messages.success(request, words % {"number": number})
        return True
    if not all(line.is_valid() for line in lines):
        return False
    for line in lines:
        _save(request, line)
    messages.success(request, _("判断と所見を保存しました。まだだれにも知らせていません。"))
    return True


def _save(request: HttpRequest, line: VerdictForm) -> None:
    """Only what was changed makes a new note."""
    said = line.cleaned_data
    changed = "verdict" in line.changed_data and said["verdict"]
    if not changed and not said["note"].strip():
        return
    note_verdict(
        application=line.application,
        verdict=ScreeningVerdict(said["verdict"]) if changed else None,
        note=said["note"],
        by=request.user,
        at=timezone.now(),
    )
