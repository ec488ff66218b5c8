"""Runs of one's own section, and one run at a glance. For staff of the section."""

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.domain.sections import section_of
from courses.domain.queries import with_facts
from courses.domain.reception import facts_of, public_words, reception_status
from courses.models import CourseRun
from courses.models.querysets import CourseRunQuerySet
from enrollments.enums import ApplicationState
from enrollments.models import Application
from enrollments.models.querysets import HOLDING
from enrollments.views.back_office.frame import run_for, run_page

PER_PAGE = 50


def runs_of(user) -> CourseRunQuerySet:
    """The section's runs, the latest first; all of them for administrators."""
    runs = CourseRun.objects.all()
    if not user.is_superuser:
        runs = runs.filter(course__department=section_of(user))
    return (
        with_facts(runs)
        .select_related("course")
        .annotate(
            last_end=Max("sessions__ends_at"),
            held=Count(
                "applications", filter=Q(applications__state__in=HOLDING), distinct=True
            ),
            waiting=Count(
                "applications",
                filter=Q(applications__state=ApplicationState.WAITING),
                distinct=True,
            ),
        )
        .order_by("-last_end", "-code")
    )


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    page = Paginator(runs_of(request.user), PER_PAGE).get_page(request.GET.get("p"))
    now = timezone.now()
    rows = []
    for run in page:
        facts = facts_of(run)
        status = reception_status(facts, at=now)
        rows.append({"run": run, "facts": facts, "status_label": public_words(facts, status)})
    context = {
        "rows": rows,
        "page_obj": page,
        "header_title": _("開催"),
        "page_title": _("開催"),
        "section": section_of(request.user),
    }
    return render(request, "manage/runs.html", context)


@require_safe
def run_overview(request: HttpRequest, code: str) -> HttpResponse:
    run = run_for(request, code)
    now = timezone.now()
    loaded = with_facts(CourseRun.objects.filter(pk=run.pk)).get()
    counts = dict(
        Application.objects.filter(run=run)
        .order_by()
        .values_list("state")
        .annotate(Count("pk"))
    )
    facts = facts_of(loaded)
    return run_page(
        request,
        "manage/run.html",
        run,
        title=str(run),
        current="manage_run",
        sessions=loaded.sessions.all(),
        pools=loaded.pools.all(),
        status_label=public_words(facts, reception_status(facts, at=now)),
        counts=[
            (label, counts[state])
            for state, label in ApplicationState.choices
            if state in counts
        ],
        today=timezone.localdate(),
        now=now,
    )
