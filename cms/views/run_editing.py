"""Adding and changing a run with its sessions. For staff of the section."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from cms.forms.beginning import Beginning
from cms.forms.copies import copy_of_run
from cms.forms.session_rows import beside_rows
from cms.forms.whole_run import RunForms
from cms.search.reindex import reindex_course
from cms.views.saving import save_run, told_words, what_to_say, what_was_seen
from courses.domain.copying_ways import copy_ways
from courses.domain.fingerprint import fingerprint_of
from courses.domain.offering import add_run
from courses.domain.sessions import was_announced
from courses.models import Course, CourseRun
from enrollments.domain.run_changes import people_in


@require_http_methods(["GET", "HEAD", "POST"])
def new_run(request: HttpRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    require_section(request.user, course.department)
    forms = RunForms(
        request,
        course=course,
        is_public=course.is_public,
        beginning=_copied(request, course),
    )
    refusal = None
    if forms.is_valid():
        try:
            run = add_run(
                course=course,
                plan=forms.plan(),
                sessions=forms.sessions.new_plans(),
                by=request.user,
                at=timezone.now(),
                form_key=str(forms.key.cleaned_data["form_key"]),
            )
        except Refusal as found:
            refusal = found
        else:
            if code := request.GET.get("copy"):
                source = course.runs.get(code=code)
                copy_ways(source=source, run=run, by=request.user, at=timezone.now())
            reindex_course(course)
            messages.success(request, _("開催を追加しました。"))
            return redirect("manage_run", run.code)
    return _page(request, course, None, forms, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_run(request: HttpRequest, code: str) -> HttpResponse:
    """Announced sessions are changed or added here, never removed: they are called off."""
    run = get_object_or_404(
        CourseRun.objects.select_related("course__department", "venue"), code=code
    )
    require_section(request.user, run.course.department)
    forms = RunForms(request, course=run.course, run=run, is_public=was_announced(run))
    refusal = None
    if forms.is_valid():
        try:
            told = save_run(run, forms, request=request, at=timezone.now())
        except Refusal as found:
            refusal = found
        else:
            reindex_course(run.course)
            messages.success(request, _("開催を保存しました。") + told_words(told))
            return redirect("manage_run", code)
    return _page(request, run.course, run, forms, refusal)


def _copied(request: HttpRequest, course: Course) -> Beginning | None:
    """`?copy=` names another run of the same course; the address keeps it while the form
    goes to and fro."""
    code = request.GET.get("copy")
    if not code:
        return None
    runs = course.runs.select_related("course", "venue")
    return copy_of_run(get_object_or_404(runs, code=code), at=timezone.now())


def _page(
    request: HttpRequest,
    course: Course,
    run: CourseRun | None,
    forms: RunForms,
    refusal: Refusal | None = None,
) -> HttpResponse:
    at_fields = refusal is not None and forms.point_at(refusal)
    wrong = forms.is_wrong or (forms.is_sent and (at_fields or refusal is None))
    title = _("開催を編集") if run else _("開催を追加")
    context: dict[str, Any] = {
        **forms.context(),
        "course": course,
        "run": run,
        "people": people_in(run).count() if run else 0,
        "beside_rows": beside_rows(run) if run else [],
        **what_to_say(refusal, at_fields),
        "seen_run": run
        and what_was_seen(request, "seen_run", fingerprint_of(run), refusal),
        "wrong": wrong,
        "breadcrumbs_items": _crumbs(course, run, title),
        "header_title": title,
        "page_title": title,
    }
    status = 422 if wrong else 409 if refusal else 200
    return render(request, "manage/run_form.html", context, status=status)


def _crumbs(course: Course, run: CourseRun | None, title: str) -> list[dict[str, str]]:
    crumbs = [
        {"url": reverse("manage_courses"), "label": _("講座")},
        {"url": reverse("manage_course", args=[course.pk]), "label": str(course)},
    ]
    if run:
        crumbs.append({"url": reverse("manage_run", args=[run.code]), "label": run.code})
    return [*crumbs, {"url": "", "label": title}]
