"""修了 of a run: everybody's reckoning, confirmed for several at once, and one person's
trace. For staff of the section."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.domain.sections import works_for
from accounts.forms.fields import row_number
from courses.models import CourseRun, Series
from enrollments.domain.completion import (
    record_completion,
    revoke_completion,
    standings,
)
from enrollments.domain.finishing.explaining import explanation, rule_words
from enrollments.domain.finishing.reckoning import reckoning_of
from enrollments.domain.finishing.reckonings import reckonings, rule_of
from enrollments.exchange.prints.certificates import parts
from enrollments.models import Certificate, Completion, CompletionTrace, Participant
from enrollments.views.back_office.certificates import valid_ones
from enrollments.views.back_office.frame import run_for, run_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def completion(request: HttpRequest, code: str) -> HttpResponse:
    """Those who meet the run's rule are ticked already; the officer confirms."""
    run = run_for(request, code)
    refusal = None
    if request.method == "POST":
        try:
            _confirm(request, run)
        except Refusal as found:
            refusal = found
        else:
            return redirect("manage_completion", code)
    return _page(request, run, refusal)


def _page(request: HttpRequest, run: CourseRun, refusal: Refusal | None) -> HttpResponse:
    """What was ticked stays ticked when it is refused."""
    now = timezone.now()
    found = standings(run, at=now)
    ticked = {row_number(key) for key in request.POST.getlist("completed")}
    log_access(subject=f"修了 {run.code}", people=len(found), by=request.user, at=now)
    completed = [one for one in found if one.completion]
    certified = [one for one in completed if one.has_certificate]
    return run_page(
        request,
        "manage/completion.html",
        run,
        title=_("修了"),
        current="manage_completion",
        status=409 if refusal else 200,
        standings=found,
        rows=[
            (
                one,
                explanation(one.reckoning),
                one.participant.pk in ticked if refusal else one.suggested,
            )
            for one in found
        ],
        rule=rule_words(rule_of(run)),
        required=run.sessions.filter(is_required=True).order_by("number"),
        completed=len(completed),
        certified=len(certified),
        to_certify=len(completed) - len(certified),
        files=parts(valid_ones(run).count()),
        files_on_paper=parts(valid_ones(run, on_paper=True).count()),
        cannot_be_met=any(one.reckoning.cannot_be_met for one in found),
        why=request.POST.get("why", ""),
        series=_own_series(request, run),
        refusal=refusal,
    )


def _own_series(request: HttpRequest, run: CourseRun) -> list[Series]:
    """Of which the course is a unit, and which the person may look after."""
    found = Series.objects.filter(units__course=run.course_id)
    every = found.select_related("department")
    return [one for one in every if works_for(request.user, one.department)]


def _confirm(request: HttpRequest, run: CourseRun) -> None:
    new = record_completion(
        run=run,
        participants=[row_number(key) for key in request.POST.getlist("completed")],
        by=request.user,
        at=timezone.now(),
        why=request.POST.get("why", ""),
    )
    messages.success(
        request,
        ngettext("%(n)d人の修了を記録しました。", "%(n)d人の修了を記録しました。", new)
        % {"n": new},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def completion_of_person(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """How it was reckoned, what was done when and why, and taking it back."""
    run = run_for(request, code)
    people = Participant.objects.select_related("application__pool", "application__run")
    person = get_object_or_404(people, pk=pk, application__run=run)
    now = timezone.now()
    refusal = None
    if request.method == "POST":
        why = request.POST.get("why", "")
        try:
            revoke_completion(run=run, participant=pk, by=request.user, at=now, why=why)
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("修了を取り消しました。"))
            return redirect("manage_completion_person", code, pk)
    log_access(subject=f"修了の経過 {run.code}", people=1, by=request.user, at=now)
    reckoned = reckonings([person], at=now)[pk]
    completion = Completion.objects.filter(participant=person).first()
    traces = CompletionTrace.objects.filter(participant=person).select_related("by")
    return run_page(
        request,
        "manage/completion_person.html",
        run,
        title=_("修了の経過"),
        status=409 if refusal else 200,
        person=person,
        lines=explanation(reckoned),
        completion=completion,
        may_prove=completion is None and reckoned.attended > 0,
        traces=[(one, _words(one)) for one in traces],
        certificates=Certificate.objects.filter(participant=person).select_related(
            "replaced_by"
        ),
        why=request.POST.get("why", ""),
        refusal=refusal,
    )


def _words(trace: CompletionTrace) -> list[str]:
    kept = reckoning_of(trace.reckoning)
    return explanation(kept) if kept else []
