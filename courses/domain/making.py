"""A course is made together with its first run, places and sessions, or not at all.

Its page is made by the layer above in the same transaction; until that page is
published the course is invisible.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import Department, User
from courses.domain.fiscal_year import fiscal_year_of
from courses.domain.locking import lock_run
from courses.domain.revision import revise_sessions
from courses.domain.sessions import SessionPlan, add_session
from courses.enums import CapacityUnit, CourseKind, Delivery, SelectionMode
from courses.models import (
    Competency,
    Course,
    CourseRun,
    Instructor,
    SeatPool,
    Stage,
    Theme,
    Venue,
)

SLUG_LENGTH = 80
CODE_TRIES = 20


class NeedsWindow(Refusal):
    sentence = _("申込みを受け付ける開催には、申込締切を入力してください。")


@dataclass(frozen=True)
class CourseFacts:
    """What an officer says of the lasting course."""

    title: str
    department: Department
    kind: CourseKind = CourseKind.COURSE
    title_kana: str = ""
    title_en: str = ""
    summary: str = ""
    stages: Sequence[Stage] = ()
    themes: Sequence[Theme] = ()
    competencies: Sequence[Competency] = ()
    instructors: Sequence[Instructor] = ()

    def columns(self) -> dict[str, object]:
        return {
            "title": self.title,
            "title_kana": self.title_kana,
            "title_en": self.title_en,
            "kind": self.kind,
            "summary": self.summary,
            "department": self.department,
        }


@dataclass(frozen=True)
class RunPlan:
    """What an officer says of one offering; `capacity` none means no number is set."""

    label: str = ""
    audience: str = ""
    selection_mode: SelectionMode = SelectionMode.FIRST_COME
    capacity_unit: CapacityUnit = CapacityUnit.PERSONS
    waiting_list: bool = True
    max_participants: int = 1
    applications_open_at: datetime | None = None
    applications_close_at: datetime | None = None
    delivery: Delivery = Delivery.VENUE
    venue: Venue | None = None
    fee: int = 0
    fee_note: str = ""
    bring: str = ""
    note: str = ""
    completion_sessions: int | None = None
    capacity: int | None = field(default=None)

    def columns(self) -> dict[str, object]:
        """Everything but the capacity, which belongs to the pool."""
        return {name: value for name, value in vars(self).items() if name != "capacity"}

    def check(self) -> None:
        """Raises: NeedsWindow."""
        needs = self.selection_mode != SelectionMode.OPEN
        if needs and self.applications_close_at is None:
            raise NeedsWindow


def make_course(
    *,
    facts: CourseFacts,
    run: RunPlan,
    sessions: Iterable[SessionPlan],
    form_key: str,
    by: User,
    at: datetime,
) -> tuple[Course, bool]:
    """A draft with its first run. The same `form_key` again gives the first course.

    Returns the course and whether it is new.
    Raises: NotAllowed (another section), NeedsWindow, and those of add_session.
    """
    require_section(by, facts.department)
    run.check()
    with transaction.atomic():
        course, made = Course.objects.get_or_create(
            import_key=f"form:{form_key}",
            defaults={
                **facts.columns(),
                "slug": free_slug(facts.title),
                "created_at": at,
            },
        )
        if made:
            _relate(course, facts)
            add_run(course=course, plan=run, sessions=sessions, by=by, at=at)
    return course, made


def revise_course(*, course: Course, facts: CourseFacts, by: User, at: datetime) -> Course:
    """Raises: NotAllowed for another section's course, or one moved to another section."""
    require_section(by, course.department)
    require_section(by, facts.department)
    with transaction.atomic():
        retitled = course.title != facts.title
        for name, value in facts.columns().items():
            setattr(course, name, value)
        course.save(update_fields=list(facts.columns()))
        _relate(course, facts)
        if retitled:
            _revise_coming(course.runs.all(), at)
    return course


def add_run(
    *,
    course: Course,
    plan: RunPlan,
    sessions: Iterable[SessionPlan],
    by: User,
    at: datetime,
) -> CourseRun:
    """Another offering, with one general pool. Raises: NotAllowed, NeedsWindow."""
    require_section(by, course.department)
    plan.check()
    ordered = sorted(sessions, key=lambda session: session.starts_at)
    first = ordered[0].starts_at if ordered else at
    with transaction.atomic():
        run = _insert_run(course, plan, fiscal_year_of(first), by, at)
        SeatPool.objects.create(run=run, capacity=plan.capacity)
        for session in ordered:
            add_session(run=run, plan=session, by=by, at=at)
    return run


def revise_run(*, run: CourseRun, plan: RunPlan, by: User, at: datetime) -> CourseRun:
    """Change an offering; its capacity is changed by `change_capacity` above, which
    also moves the waiting list up. Raises: NotAllowed, NeedsWindow."""
    require_section(by, run.course.department)
    plan.check()
    with transaction.atomic():
        fresh = lock_run(run.pk)
        seen = _seen_by_subscribers(fresh)
        for name, value in plan.columns().items():
            setattr(fresh, name, value)
        fresh.save(update_fields=list(plan.columns()))
        if _seen_by_subscribers(fresh) != seen:
            _revise_coming([fresh], at)
    return fresh


def free_slug(title: str) -> str:
    """An address from the title, in Japanese where the title is."""
    base = slugify(title, allow_unicode=True)[:SLUG_LENGTH].strip("-") or "course"
    taken = set(Course.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    free, number = base, 1
    while free in taken:
        number += 1
        free = f"{base}-{number}"
    return free


def _relate(course: Course, facts: CourseFacts) -> None:
    course.stages.set(facts.stages)
    course.themes.set(facts.themes)
    course.competencies.set(facts.competencies)
    course.instructors.set(facts.instructors)


def _insert_run(
    course: Course, plan: RunPlan, fiscal_year: int, by: User, at: datetime
) -> CourseRun:
    """The next free number of the fiscal year; the unique constraint settles races."""
    for attempt in range(CODE_TRIES):
        code = f"{fiscal_year}-{_last_serial(fiscal_year) + 1 + attempt:04}"
        try:
            with transaction.atomic():
                return CourseRun.objects.create(
                    course=course,
                    code=code,
                    fiscal_year=fiscal_year,
                    created_at=at,
                    created_by=by,
                    **plan.columns(),
                )
        except IntegrityError:
            if (
                attempt + 1 == CODE_TRIES
                or not CourseRun.objects.filter(code=code).exists()
            ):
                raise
    raise AssertionError("unreachable")


def _last_serial(fiscal_year: int) -> int:
    """Codes have four digits, so the greatest text is the greatest number."""
    codes = CourseRun.objects.filter(code__regex=rf"^{fiscal_year}-[0-9]{{4}}$")
    last: str | None = codes.aggregate(Max("code"))["code__max"]
    return int(last[5:]) if last else 0


def _seen_by_subscribers(run: CourseRun) -> tuple[object, ...]:
    return (run.label, run.bring, run.venue_id, run.delivery)


def _revise_coming(runs: Iterable[CourseRun], at: datetime) -> None:
    for run in runs:
        revise_sessions(run.sessions.upcoming(at), at=at)
