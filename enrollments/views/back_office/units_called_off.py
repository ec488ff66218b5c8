"""Calling off several units of a series in one act; it says first whom it touches and how
many messages leave. For staff of each unit's section."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from accounts.domain.sections import works_for
from courses.domain.calling_off import has_begun
from courses.enums import RunState
from courses.models import CourseRun, Series
from enrollments.domain.run_changes import people_in
from enrollments.domain.series.calling_off import by_reader, cancel_units_and_tell
from enrollments.forms.units_called_off import CancelUnitsForm
from enrollments.models import Application
from enrollments.views.back_office.series_completion import series_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_units(request: HttpRequest, pk: int) -> HttpResponse:
    """`step` check shows whom it touches, send does it, edit goes back to choosing."""
    series = series_for(request, pk)
    form = CancelUnitsForm(request.POST or None, runs=_open_runs(request, series))
    step, refusal, readers = request.POST.get("step", ""), None, []
    if request.method == "POST" and form.is_valid():
        runs = form.chosen()
        people = [one for run in runs for one in people_in(run)]
        readers = by_reader(people)
        if step == "send":
            try:
                _cancel(request, form)
            except Refusal as found:
                refusal = found
            else:
                return redirect("manage_series_completion", pk)
    title = _("単元をまとめて中止する")
    back = reverse("manage_series_completion", args=[pk])
    context = {
        "series": series,
        "form": form,
        "forms": [form],
        "wrong": bool(form.errors),
        "refusal": refusal,
        "checks": step == "check" and not form.errors,
        "chosen": form.chosen_words() if step == "check" and not form.errors else [],
        "by_mail": _number(readers, by_mail=True),
        "by_hand": _number(readers, by_mail=False),
        "page_title": title,
        "header_title": f"{title} {series.title}",
        "breadcrumbs_items": [
            {"url": back, "label": series.title},
            {"url": "", "label": title},
        ],
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "manage/units_called_off.html", context, status=status)


def _open_runs(request: HttpRequest, series: Series) -> list[CourseRun]:
    """Announced or put off, not begun, and of a section of one's own."""
    units = series.units.values("course")
    found = CourseRun.objects.filter(
        course__in=units, state__in=(RunState.ANNOUNCED, RunState.POSTPONED)
    )
    loaded = found.select_related("course__department").prefetch_related("sessions")
    now = timezone.now()
    return [
        run
        for run in loaded.order_by("course__units__position", "code").distinct()
        if works_for(request.user, run.course.department) and not has_begun(run, at=now)
    ]


def _cancel(request: HttpRequest, form: CancelUnitsForm) -> None:
    """Raises: those of `cancel_units_and_tell`."""
    runs = form.chosen()
    readers = cancel_units_and_tell(
        runs=runs,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=timezone.now(),
    )
    words = ngettext(
        "%(n)d単元を中止しました。お知らせは%(told)d人に、一人1通ずつです。",
        "%(n)d単元を中止しました。お知らせは%(told)d人に、一人1通ずつです。",
        len(runs),
    )
    messages.success(request, words % {"n": len(runs), "told": len(readers)})


def _number(readers: list[list[Application]], *, by_mail: bool) -> int:
    return sum(bool(own[0].email) is by_mail for own in readers)
