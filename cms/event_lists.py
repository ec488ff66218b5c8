"""Taking over an event list: from the command or from the back office, by one way.

Read → understand → plan → (a person looks) → plan again under lock → apply whole, with
drafts of the pages. What the person saw has to be what is applied.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.models import User
from cms.models import CoursePage
from cms.pages_for_courses import (
    catalogue,
    index_pages,
    indexed_once,
    make_course_page,
    never_published,
    publish,
)
from courses.domain.event_import import apply_plan
from courses.domain.event_known import load_known
from courses.domain.event_plan import ImportPlan, Known
from courses.exchange.event_list.planning import Understood, plan_import
from enrollments.models import Application


class PlanChanged(Refusal):
    sentence = _(
        "見ているあいだに、ほかの変更がありました。いまの内容で作り直しましたので、"
        "もう一度確かめてください。まだ何も取り込んでいません。"
    )


@dataclass(frozen=True)
class Computed:
    """A plan with what it was compared to; `mark` is the same for the same plan."""

    plan: ImportPlan
    known: Known

    @property
    def mark(self) -> str:
        plan = self.plan
        refused = [(problem.file, problem.row) for problem in plan.rejected]
        return sha256(repr((plan.courses, plan.places, refused)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Outcome:
    """Keys of the courses that were made and changed, and of those that went live."""

    computed: Computed
    made: tuple[int, ...]
    changed: tuple[int, ...]
    published: tuple[int, ...]


def applied_to(runs: list[int]) -> set[int]:
    """Those of the runs that somebody ever applied for."""
    found = Application.objects.filter(run__in=runs).values_list("run", flat=True)
    return set(found.distinct())


def compute(
    lists: Understood, *, department: str, at: datetime, lock: bool = False
) -> Computed:
    known = load_known(keys=lists.keys, span=lists.span, applied_to=applied_to, lock=lock)
    return Computed(plan_import(lists, known, at=at, department=department), known)


def take_over(
    lists: Understood,
    *,
    department: str,
    by: User | None,
    at: datetime,
    goes_live: bool = False,
    seen: str = "",
) -> Outcome:
    """All or nothing. `seen` is the mark of the plan that the person agreed to; without
    `by` (a command) whoever runs it may publish.

    Raises: NoCatalogue, PlanChanged, IntegrityError where somebody was faster.
    """
    parent = catalogue()
    with transaction.atomic(), indexed_once():
        computed = compute(lists, department=department, at=at, lock=True)
        if seen and seen != computed.mark:
            raise PlanChanged
        made = apply_plan(plan=computed.plan, by=by, at=at)
        for course in made:
            make_course_page(made=course, parent=parent, by=by)
        new = {course.course.pk for course in made}
        changed = {step.pk for step in computed.plan.changed_courses if step.pk}
        listed = new | {step.pk for step in computed.plan.courses if step.pk}
        published = _publish(listed, by) if goes_live else set()
        index_pages(new | changed | published)
    return Outcome(
        computed, tuple(sorted(new)), tuple(sorted(changed)), tuple(sorted(published))
    )


def _publish(courses: Iterable[int], by: User | None) -> set[int]:
    """Those that were never public and that the person may publish; others stay drafts."""
    live = set()
    for page in never_published(courses):
        if _may_publish(page, by):
            publish(page, by=by)
            live.add(page.course_id)
    return live


def _may_publish(page: CoursePage, by: User | None) -> bool:
    if by is None:
        return True
    rights = page.permissions_for_user(by)
    return rights.can_publish() and not rights.page_locked()
