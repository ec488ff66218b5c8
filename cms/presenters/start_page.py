"""What an officer sees first: today, what needs somebody, and what the section runs."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import WorkflowState

from accounts.domain.sections import section_of
from accounts.models import Department, User
from cms import approval
from cms.models import CoursePage
from courses.domain.announcing import approval_needed
from courses.enums import RunState
from courses.models import CourseRun, Session
from courses.models.querysets import CourseRunQuerySet, SessionQuerySet
from enrollments.domain.advance_questions.reading import runs_to_sort
from enrollments.domain.approving import waiting_for
from enrollments.domain.concerns import concerns
from enrollments.domain.message_queries import NEEDS_SOMEBODY, messages_of
from enrollments.domain.minimum import NEAR, people_of
from enrollments.domain.nominating import runs_to_nominate_for
from enrollments.domain.support_queries import not_yet_arranged
from enrollments.domain.support_rights import may_see_any_support
from enrollments.enums import ApplicationState as State
from enrollments.enums import Concern
from enrollments.models import Application
from enrollments.views.back_office.runs import RunLine, lines_of, runs_of
from learning_paths.domain.instructor_requests.reading import to_do
from learning_paths.domain.membership import may_manage_groups
from learning_paths.domain.outreach.desk import to_do as outreach_to_do
from learning_paths.domain.waiting import count_wishes
from learning_paths.domain.wanted.reading import waiting_for as wanted_waiting_for

SHOWN = 10
# Enough for any section; only an administrator sees more, those that close first.
LOOKED_AT = 100
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class StartPage:
    """Pages are drafts; `to_announce` are runs that wait for a head."""

    section: Department | None
    today: list[Session]
    week: list[Session]
    to_approve: list[CoursePage]
    sent_back: list[CoursePage]
    drafts: list[CoursePage]
    to_announce: list[CourseRun]
    concerns: list[tuple[Concern, list[RunLine]]]
    failed: int
    wishes: int
    groups: int
    instructor_requests: int
    approvals: int
    requests: int
    outreach: int
    to_sort: list[CourseRun]
    to_nominate: list[CourseRun]
    lines: list[RunLine]
    more_drafts: int = 0
    needs_somebody: bool = field(init=False)

    def __post_init__(self) -> None:
        waiting = (self.to_approve, self.sent_back, self.drafts, self.to_announce)
        asked = (self.groups, self.approvals, self.requests, self.outreach)
        numbers = (self.failed, self.wishes, *asked)
        numbers = (*numbers, self.instructor_requests)
        runs = (self.to_sort, self.to_nominate)
        found = any([*waiting, self.concerns, *numbers, *runs])
        object.__setattr__(self, "needs_somebody", found)


def start_page(user: User, *, at: datetime) -> StartPage:
    """In a fixed number of queries, however many courses and runs there are."""
    section = section_of(user)
    own = runs_of(user)
    coming = own.filter(last_end__gt=at).order_by("last_end", "code")
    drafts = list(_drafts(user, section)[: SHOWN + 1])
    return StartPage(
        section=section,
        today=list(_sessions(own, at, days=0)),
        week=list(_sessions(own, at, days=7)[:SHOWN]),
        to_approve=_pages_of(approval.waiting_for(user)),
        sent_back=_pages_of(_sent_back(user)) if approval_needed() else [],
        drafts=drafts[:SHOWN],
        more_drafts=len(drafts) > SHOWN,
        to_announce=_to_announce(user, own, at),
        concerns=_concerns(own, at),
        failed=messages_of(user).filter(state__in=NEEDS_SOMEBODY).count(),
        wishes=_wishes(user, at),
        groups=count_wishes() if may_manage_groups(user) else 0,
        instructor_requests=to_do(user),
        approvals=waiting_for(user).count(),
        requests=wanted_waiting_for(user).count(),
        outreach=outreach_to_do(user, at=at),
        to_sort=runs_to_sort(own)[:SHOWN],
        to_nominate=runs_to_nominate_for(at=at)[:SHOWN] if section else [],
        lines=lines_of(coming[:SHOWN], at=at),
    )


def _wishes(user: User, at: datetime) -> int:
    """None, and no question, for those without the permission."""
    return not_yet_arranged(user, at=at).count() if may_see_any_support(user) else 0


def _sessions(runs: CourseRunQuerySet, at: datetime, *, days: int) -> SessionQuerySet:
    """Of today, or held on the days after it."""
    today = timezone.localdate(at)
    found = Session.objects.filter(run__in=runs.values("pk"))
    if days:
        after = (today + timedelta(days=1), today + timedelta(days=days))
        found = found.held().filter(starts_at__date__range=after)
    else:
        found = found.filter(starts_at__date=today)
    return found.select_related("run__course", "run__venue", "venue", "room__venue")


def _drafts(user: User, section: Department | None) -> Any:
    """What was written and is not public yet, and does not wait for a head."""
    unpublished = Q(live=False) | Q(has_unpublished_changes=True)
    pages = CoursePage.objects.filter(unpublished).select_related("course")
    if not user.is_superuser:
        pages = pages.filter(course__department=section)
    waiting = WorkflowState.objects.active().values_list("object_id", flat=True)
    return pages.exclude(pk__in=[int(pk) for pk in waiting]).order_by(
        "-latest_revision_created_at", "-pk"
    )


def _sent_back(user: User) -> Any:
    """Requests of the person that a head sent back."""
    return WorkflowState.objects.filter(
        requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES
    )


def _pages_of(states: Any) -> list[CoursePage]:
    """In the order of the requests."""
    keys = [int(key) for key in states.values_list("object_id", flat=True)[:SHOWN]]
    found = CoursePage.objects.select_related("course").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _to_announce(user: User, own: CourseRunQuerySet, at: datetime) -> list[CourseRun]:
    """Runs of public courses that only a head may announce."""
    if not (approval_needed() and approval.heads_anything(user)):
        return []
    waiting = own.filter(
        state=RunState.PLANNED,
        course__published_at__isnull=False,
        course__withdrawn_at__isnull=True,
        # A lecture for one group is nobody else's.
        outreach_request=None,
    ).filter(Q(last_end__gt=at) | Q(last_end__isnull=True))
    return list(waiting.select_related("course").order_by("last_end", "code")[:SHOWN])


def _concerns(own: CourseRunQuerySet, at: datetime) -> list[tuple[Concern, list[RunLine]]]:
    """By what is to be looked at, in the order of the vocabulary."""
    taking = own.open_for_application(at).filter(
        course__published_at__isnull=False, course__withdrawn_at__isnull=True
    )
    found: dict[Concern, list[RunLine]] = {concern: [] for concern in Concern}
    for line in lines_of(taking.order_by("applications_close_at")[:LOOKED_AT], at=at):
        for concern in concerns(
            line.run,
            status=line.status,
            taken=line.taken,
            capacity=line.capacity,
            applied=line.run.applied,
            at=at,
        ):
            found[concern].append(line)
    found[Concern.TO_DECIDE] = _to_decide(own, at)
    found[Concern.BELOW_MINIMUM] = _below_minimum(own, at)
    return [(concern, lines) for concern, lines in found.items() if lines]


def _to_decide(own: CourseRunQuerySet, at: datetime) -> list[RunLine]:
    """Closed, with people who wait for a draw or a screening."""
    waiting = Application.objects.filter(
        run=OuterRef("pk"), state__in=(State.AWAITING_DRAW, State.AWAITING_SCREENING)
    )
    closed = own.filter(
        Exists(waiting), state=RunState.ANNOUNCED, applications_close_at__lte=at
    )
    return lines_of(closed.order_by("applications_close_at", "code")[:LOOKED_AT], at=at)


def _below_minimum(own: CourseRunQuerySet, at: datetime) -> list[RunLine]:
    """Whose day of decision is near or over, whether or not they still take people."""
    near = timezone.localdate(at) + NEAR
    undecided = own.filter(
        state=RunState.ANNOUNCED, minimum_to_hold__isnull=False, decide_on__lte=near
    ).filter(Q(last_end__gt=at) | Q(last_end__isnull=True))
    lines = lines_of(undecided.order_by("decide_on", "code")[:LOOKED_AT], at=at)
    people = people_of([line.run for line in lines])
    return [
        line
        for line in lines
        if people.get(line.run.pk, 0) < (line.run.minimum_to_hold or 0)
    ]
