"""実施報告書: the numbers of a run, the officer's words with a save of their own, and both
as a paper. For staff of the section; nobody who took part is named, and only with
`?inside=1` do surveys show small numbers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.refusal import Refusal
from courses.domain.queries import with_facts
from courses.models import CourseRun
from enrollments.domain.reporting.numbers import numbers_of
from enrollments.domain.reporting.sections import staff_by_section
from enrollments.domain.reporting.writing import report_of, write_report
from enrollments.exchange.prints.printed import printed_words
from enrollments.exchange.prints.printout import Printout
from enrollments.exchange.prints.report import report_sheet
from enrollments.forms.report import ReportForm
from enrollments.models import RunReport
from enrollments.views.back_office.frame import run_for, run_page
from enrollments.views.back_office.printed_paper import printout_response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    run = run_for(request, code)
    refusal = None
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = _write(request, run, form)
        if refusal is None:
            messages.success(request, _("報告書の文章を保存しました。"))
            return redirect("manage_report", code)
    written = report_of(run, at=timezone.now())
    if refusal is not None:
        # Both texts are kept: the colleague's above, one's own in the form.
        form = ReportForm(initial={**form.cleaned_data, "version": written.version})
    elif not form.is_bound:
        form = ReportForm(initial=_shown(written))
    return run_page(
        request,
        "manage/report.html",
        run,
        title=_("実施報告書"),
        current="manage_prints",
        status=409 if refusal else 422 if form.is_bound else 200,
        facts=_paper(run, written).facts,
        written=written,
        form=form,
        refusal=refusal,
    )


@never_cache
@require_safe
def report_page(request: HttpRequest, code: str) -> HttpResponse:
    """For the browser's own printing."""
    run = run_for(request, code)
    now = timezone.now()
    made = _paper(run, report_of(run, at=now), inside=_is_inside(request))
    context = {
        "run": run,
        "title": made.title,
        "facts": made.facts,
        "printed": printed_words(request.user, at=now),
    }
    return render(request, "manage/prints/report.html", context)


@never_cache
@require_safe
def report_pdf(request: HttpRequest, code: str) -> HttpResponse:
    run = run_for(request, code)
    now = timezone.now()
    made = _paper(run, report_of(run, at=now), inside=_is_inside(request))
    return printout_response(request, made, of=run.code, at=now)


def _is_inside(request: HttpRequest) -> bool:
    return request.GET.get("inside") == "1"


def _paper(run: CourseRun, written: RunReport, *, inside: bool = False) -> Printout:
    whole = with_facts(CourseRun.objects.filter(pk=run.pk))
    found = whole.select_related("course__department").get()
    numbers = numbers_of(found, inside=inside)
    return report_sheet(
        found,
        written,
        numbers,
        at=timezone.now(),
        inside=inside,
        sections=staff_by_section(run),
    )


def _write(request: HttpRequest, run: CourseRun, form: ReportForm) -> Refusal | None:
    said = form.cleaned_data
    try:
        write_report(
            run=run,
            reflections=said["reflections"],
            next_time=said["next_time"],
            seen=said["version"],
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        return refusal
    return None


def _shown(written: RunReport) -> dict[str, object]:
    names = ("reflections", "next_time", "version")
    return {name: getattr(written, name) for name in names}
