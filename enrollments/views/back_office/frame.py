"""What every back-office page of a run has: its section's rights, its tabs, its crumbs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.sections import require_section, works_for
from courses.domain.co_hosting import require_sight
from courses.enums import CourseKind, SelectionMode
from courses.models import CourseRun
from courses.models.way_in import OTHER_AUDIENCES
from enrollments.domain.drawing.standing import may_be_drawn
from enrollments.domain.support_rights import may_see_any_support
from enrollments.models import QuestionCall

# Without any applicant's data: for co-hosting sections too.
OPEN_TO_CO_HOSTS = frozenset({"manage_run", "manage_run_changes", "manage_surveys"})
# Where people talk with each other at tables.
AT_TABLES = frozenset(
    {
        CourseKind.JOINT_SESSION,
        CourseKind.WORKSHOP,
        CourseKind.EXCHANGE,
        CourseKind.FORUM,
        CourseKind.STAFF_TRAINING,
    }
)


def run_for(request: HttpRequest, code: str) -> CourseRun:
    """The run, for staff of its section only. Raises: Http404, NotAllowed."""
    run = _run(code)
    require_section(request.user, run.course.department)
    return run


def seen_run(request: HttpRequest, code: str) -> CourseRun:
    """The run, for staff of co-hosting sections too. Raises: Http404, NotAllowed."""
    run = _run(code)
    require_sight(request.user, run.course)
    return run


def _run(code: str) -> CourseRun:
    runs = CourseRun.objects.select_related("course__department", "venue")
    return get_object_or_404(runs, code=code)


def run_page(
    request: HttpRequest,
    template: str,
    run: CourseRun,
    *,
    title: str,
    current: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of a run, with the tabs that the person may open and the way back."""
    may_change = works_for(request.user, run.course.department)
    tabs = [
        {"label": label, "url": reverse(name, args=[run.code]), "current": name == current}
        for name, label in _tabs(run)
        if (may_change or name in OPEN_TO_CO_HOSTS)
        and (name != "manage_support" or may_see_any_support(request.user))
    ]
    crumbs = [{"url": reverse("manage_runs"), "label": _("開催と申込み")}]
    if current != "manage_run":
        url = reverse("manage_run", args=[run.code])
        crumbs.append({"url": url, "label": str(run)})
    return render(
        request,
        template,
        {
            "run": run,
            "course": run.course,
            "may_change": may_change,
            "tabs": tabs,
            "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
            "header_title": f"{title} {run}" if title != str(run) else title,
            "page_title": title,
            **context,
        },
        status=status,
    )


def _tabs(run: CourseRun) -> tuple[tuple[str, str], ...]:
    draw = (("manage_draw", _("抽選")),) if may_be_drawn(run) else ()
    screened = run.selection_mode == SelectionMode.SCREENING
    screening = (("manage_screening", _("選考")),) if screened else ()
    others = run.pools.filter(kind__in=OTHER_AUDIENCES).exists()
    ways = (("manage_ways_in", _("枠の受付")),) if others else ()
    mixed = run.course.kind in AT_TABLES
    tables = (("manage_tables", _("テーブル分け")),) if mixed else ()
    asked = mixed or QuestionCall.objects.filter(run=run).exists()
    questions = (("manage_questions", _("事前の質問")),) if asked else ()
    findings = (("manage_findings", _("まとめ")),) if run.course.is_joint else ()
    return (
        ("manage_run", _("概要")),
        ("manage_applications", _("申込み")),
        ("manage_application_new", _("申込みを入力")),
        ("manage_waiting_list", _("キャンセル待ち")),
        *ways,
        *draw,
        *screening,
        ("manage_support", _("保育・支援")),
        ("manage_prints", _("印刷と電話")),
        *questions,
        *tables,
        ("manage_attendances", _("出席")),
        ("manage_completion", _("修了")),
        ("manage_surveys", _("アンケート")),
        *findings,
        ("manage_run_exports", _("出力")),
        ("manage_run_changes", _("変更の記録")),
    )
