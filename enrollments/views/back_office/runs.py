"""Runs of one's own section, and one run at a glance. For staff of the section."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.domain.contact import tidy_text
from accounts.domain.sections import section_of
from accounts.models import User
from courses.domain.announcing import may_announce
from courses.domain.calling_off import has_begun
from courses.domain.notices import notices_for
from courses.domain.queries import next_session, with_facts
from courses.domain.reception import facts_of, public_words, reception_status
from courses.enums import ReceptionStatus, RunState
from courses.models import CourseRun, Session
from courses.models.querysets import CourseRunQuerySet
from enrollments.domain.attendance import COUNTS_AS_ATTENDED
from enrollments.domain.minimum import minimum_of
from enrollments.domain.queries import with_applied, with_waiting
from enrollments.domain.reporting.sections import all_sections, staff_by_section
from enrollments.enums import ApplicationState
from enrollments.forms.back_office import RunFilterForm
from enrollments.models import Application, Attendance
from enrollments.views.back_office.frame import run_page, seen_run

PER_PAGE = 50


class RunLine(NamedTuple):
    """One run as a line of a list. `capacity` none: no number was set."""

    run: CourseRun
    status: ReceptionStatus
    status_label: str
    taken: int
    capacity: int | None
    next_session: Session | None


class Milestone(NamedTuple):
    at: datetime
    words: str
    is_over: bool


def runs_of(user: User) -> CourseRunQuerySet:
    """The section's runs; all of them for administrators."""
    runs = CourseRun.objects.all()
    if not user.is_superuser:
        runs = runs.filter(course__department=section_of(user))
    return with_applied(with_waiting(runs.annotate(last_end=Max("sessions__ends_at"))))


def years_of(runs: CourseRunQuerySet) -> list[int]:
    """The fiscal years in which there are any."""
    return list(runs.order_by().values_list("fiscal_year", flat=True).distinct())


def lines_of(runs: CourseRunQuerySet, *, at: datetime) -> list[RunLine]:
    """In a fixed number of queries."""
    return [_line(run, at) for run in with_facts(runs).select_related("course")]


def _line(run: CourseRun, at: datetime) -> RunLine:
    facts = facts_of(run, at=at)
    status = reception_status(facts, at=at)
    label = public_words(facts, status)
    pools = list(run.pools.all())
    capacities = [pool.capacity for pool in pools]
    return RunLine(
        run=run,
        status=status,
        status_label=_("準備中") if run.state == RunState.PLANNED else label,
        taken=sum(pool.seats_taken for pool in pools),
        capacity=None if None in capacities else sum(capacities),
        next_session=next_session(run, at=at),
    )


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """What is still to come, soonest first; what is over on request."""
    now = timezone.now()
    own = runs_of(request.user)
    form = RunFilterForm(request.GET, years=years_of(own))
    form.is_valid()
    found = _narrowed(own, form.cleaned_data, now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "lines": lines_of(page.object_list, at=now),
        "page_obj": page,
        "section": section_of(request.user),
        "header_title": _("開催と申込み"),
        "page_title": _("開催と申込み"),
        "breadcrumbs_items": [{"url": "", "label": _("開催と申込み")}],
    }
    return render(request, "manage/runs.html", context)


def _narrowed(
    found: CourseRunQuerySet, chosen: dict[str, Any], now: datetime
) -> CourseRunQuerySet:
    words = tidy_text(chosen.get("q", ""))
    if words:
        found = found.filter(Q(course__title__icontains=words) | Q(code__startswith=words))
    year, when = chosen.get("year"), chosen.get("when", "")
    if year is not None:
        # A whole year is asked for, what is over of it too.
        found, when = found.filter(fiscal_year=year), when or "all"
    if when == "all":
        return found.order_by("-last_end", "-code")
    if when == "past":
        return found.filter(last_end__lte=now).order_by("-last_end", "-code")
    coming = Q(last_end__gt=now) | Q(last_end__isnull=True)
    return found.filter(coming).order_by("last_end", "code")


@require_safe
def run_overview(request: HttpRequest, code: str) -> HttpResponse:
    """For co-hosting sections too: nobody who applied is named here."""
    run = seen_run(request, code)
    now = timezone.now()
    line = lines_of(CourseRun.objects.filter(pk=run.pk), at=now)[0]
    sessions = list(line.run.sessions.all())
    marks = _marks_per_session(run)
    sections = staff_by_section(run)
    return run_page(
        request,
        "manage/run.html",
        run,
        title=str(run),
        current="manage_run",
        line=line,
        notices=notices_for(line.run, sessions, at=now),
        sessions=[(session, marks.get(session.pk)) for session in sessions],
        milestones=milestones(line.run, sessions, at=now),
        counts=_counts_per_state(run),
        staff_sections=sections,
        staff_total=all_sections(sections) if len(sections) > 1 else None,
        minimum=minimum_of(line.run),
        may_call_off=line.run.state in (RunState.ANNOUNCED, RunState.POSTPONED)
        and any(one.ends_at > now for one in sessions)
        and not has_begun(line.run, at=now),
        waits_for_a_head=run.state == RunState.PLANNED
        and not may_announce(run.course, by=request.user),
        may_announce=run.state == RunState.PLANNED
        and may_announce(run.course, by=request.user),
        now=now,
        today=timezone.localdate(),
    )


def _counts_per_state(run: CourseRun) -> list[tuple[str, str, int]]:
    counts = dict(
        Application.objects.filter(run=run)
        .order_by()
        .values_list("state")
        .annotate(Count("pk"))
    )
    return [
        (state, label, counts[state])
        for state, label in ApplicationState.choices
        if state in counts
    ]


def _marks_per_session(run: CourseRun) -> dict[int, tuple[int, int]]:
    """How many attended, of how many that are marked."""
    found = (
        Attendance.objects.filter(session__run=run)
        .order_by()
        .values("session")
        .annotate(
            came=Count("pk", filter=Q(status__in=COUNTS_AS_ATTENDED)), marked=Count("pk")
        )
    )
    return {row["session"]: (row["came"], row["marked"]) for row in found}


def milestones(
    run: CourseRun, sessions: Iterable[Session], *, at: datetime
) -> list[Milestone]:
    """What has happened and what will, in order of time."""
    moments = [
        (run.created_at, _("開催をつくりました")),
        (run.course.published_at, _("講座を公開しました")),
        (run.applications_open_at, _("申込開始")),
        (run.applications_close_at, _("申込締切")),
    ]
    for session in sessions:
        words = _("第%(number)s回") % {"number": session.number}
        called_off = "" if session.is_held else f" {session.get_state_display()}"
        moments.append((session.starts_at, f"{words}{called_off}"))
    known = [(moment, words) for moment, words in moments if moment is not None]
    return [Milestone(moment, words, moment <= at) for moment, words in sorted(known)]
