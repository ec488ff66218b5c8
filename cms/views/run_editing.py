"""Adding and changing a run with its sessions. For staff of the section."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from cms.forms.course import RunForm, SessionFormSet, run_initial, session_initial
from cms.search.reindex import reindex_course
from cms.views.course_editing import all_valid, with_more_rows
from courses.domain.making import add_run, revise_run
from courses.domain.sessions import add_session, edit_session
from courses.models import Course, CourseRun
from enrollments.domain.capacity import change_capacity


@require_http_methods(["GET", "HEAD", "POST"])
def new_run(request: HttpRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    require_section(request.user, course.department)
    data = request.POST or None
    run_form = RunForm(data, prefix="run")
    rows = SessionFormSet(data, prefix="sessions")
    if request.POST.get("step") == "more":
        return _page(request, course, None, run_form, with_more_rows(request))
    refusal = None
    if data and all_valid(run_form, rows):
        try:
            run = add_run(
                course=course,
                plan=run_form.plan(),
                sessions=[row.plan() for row in rows if row.has_changed()],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as found:
            refusal = found
        else:
            reindex_course(course)
            messages.success(request, _("開催を追加しました。"))
            return redirect("manage_run", run.code)
    return _page(request, course, None, run_form, rows, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_run(request: HttpRequest, code: str) -> HttpResponse:
    """Sessions are changed or added here, never removed: they are called off."""
    run = get_object_or_404(
        CourseRun.objects.select_related("course__department"), code=code
    )
    require_section(request.user, run.course.department)
    data = request.POST or None
    run_form = RunForm(data, prefix="run", initial=run_initial(run))
    initial = [session_initial(session) for session in _own_sessions(run).values()]
    rows = SessionFormSet(data, prefix="sessions", initial=initial)
    if request.POST.get("step") == "more":
        return _page(request, run.course, run, run_form, with_more_rows(request))
    refusal = None
    if data and all_valid(run_form, rows):
        try:
            with transaction.atomic():
                _save(request, run, run_form, rows)
        except Refusal as found:
            refusal = found
        else:
            reindex_course(run.course)
            messages.success(request, _("開催を保存しました。"))
            return redirect("manage_run", code)
    return _page(request, run.course, run, run_form, rows, refusal)


def _own_sessions(run: CourseRun) -> dict[int, Any]:
    """Sessions that a row of the form can show: held ones with a time of day."""
    found = run.sessions.held().filter(is_all_day=False).order_by("starts_at", "number")
    return {session.pk: session for session in found.select_related("venue", "room")}


def _save(request: HttpRequest, run: CourseRun, run_form: RunForm, rows: Any) -> None:
    now = timezone.now()
    plan = run_form.plan()
    revise_run(run=run, plan=plan, by=request.user, at=now)
    pool = run.pools.order_by("pk").first()
    if pool is not None and pool.capacity != plan.capacity:
        change_capacity(pool=pool, capacity=plan.capacity, by=request.user, at=now)
    known = _own_sessions(run)
    for row in rows:
        if not row.has_changed():
            continue
        session = known.get(row.cleaned_data.get("pk") or 0)
        if session is None:
            add_session(run=run, plan=row.plan(), by=request.user, at=now)
        else:
            edit_session(session=session, plan=row.plan(), by=request.user, at=now)


def _page(
    request: HttpRequest,
    course: Course,
    run: CourseRun | None,
    run_form: RunForm,
    rows: Any,
    refusal: Refusal | None = None,
) -> HttpResponse:
    wrong = request.method == "POST" and request.POST.get("step") != "more"
    title = _("開催を編集") if run else _("開催を追加")
    crumbs = [
        {"url": reverse("manage_courses"), "label": _("講座")},
        {"url": reverse("manage_course", args=[course.pk]), "label": str(course)},
    ]
    return render(
        request,
        "manage/run_form.html",
        {
            "course": course,
            "run": run_form,
            "sessions": rows,
            "refusal": refusal,
            "wrong": wrong and refusal is None,
            "breadcrumbs_items": crumbs,
            "header_title": title,
            "page_title": title,
        },
        status=409 if refusal else 422 if wrong else 200,
    )
