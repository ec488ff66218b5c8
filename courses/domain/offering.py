"""A run is made with its places and sessions, and takes the next number of its fiscal
year; the year is that of its first session."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.announcing import may_announce
from courses.domain.change_words import run_words
from courses.domain.changes import record_change, record_difference
from courses.domain.fiscal_year import fiscal_year_of
from courses.domain.locking import lock_run
from courses.domain.revision import revise_what_shows
from courses.domain.session_plans import SessionPlan
from courses.domain.sessions import add_session, was_announced
from courses.domain.teaching import lock_bookings
from courses.enums import (
    CapacityUnit,
    ChangeAct,
    Delivery,
    PoolKind,
    RunState,
    SelectionMode,
)
from courses.models import Course, CourseRun, SeatPool, Venue

CODE_TRIES = 20


class NeedsWindow(Refusal):
    sentence = _("申込みを受け付ける開催には、申込締切を入力してください。")


class WindowOutOfOrder(Refusal):
    sentence = _("申込締切は申込開始より後にしてください。")


class RunWasAnnounced(Refusal):
    sentence = _("公開した開催は準備中に戻せません。やめるときは、回を中止にしてください。")


class SessionRefused(Refusal):
    """One of several sessions was refused: `plan` says which, `why` for what reason."""

    def __init__(self, plan: SessionPlan, why: Refusal) -> None:
        super().__init__(why.sentence)
        self.plan = plan
        self.why = why


@contextmanager
def speaking_of(plan: SessionPlan) -> Iterator[None]:
    """A refusal in here is about this session. Raises: SessionRefused."""
    try:
        yield
    except Refusal as why:
        raise SessionRefused(plan, why) from why


@dataclass(frozen=True)
class RunPlan:
    """What an officer says of one offering. Fees are whole yen. `places` is a capacity
    per pool, none where no number is set; a run that is not announced stays hidden
    while the course is public."""

    label: str = ""
    audience: str = ""
    selection_mode: SelectionMode = SelectionMode.FIRST_COME
    capacity_unit: CapacityUnit = CapacityUnit.PERSONS
    capacity_note: str = ""
    waiting_list: bool = True
    max_participants: int = 1
    applications_open_at: datetime | None = None
    applications_close_at: datetime | None = None
    how_to_apply: str = ""
    delivery: Delivery = Delivery.VENUE
    venue: Venue | None = None
    has_childcare: bool = False
    childcare_note: str = ""
    has_sign_language: bool = False
    has_captioning: bool = False
    fee: int = 0
    fee_note: str = ""
    bring: str = ""
    note: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    completion_sessions: int | None = None
    announced: bool = True
    places: Mapping[PoolKind, int | None] = field(
        default_factory=lambda: {PoolKind.GENERAL: None}
    )

    def columns(self) -> dict[str, object]:
        """What is kept as it was said."""
        apart = {"places", "announced"}
        return {name: value for name, value in vars(self).items() if name not in apart}

    def check(self) -> None:
        """Raises: NeedsWindow, WindowOutOfOrder."""
        opens, closes = self.applications_open_at, self.applications_close_at
        if self.selection_mode != SelectionMode.OPEN and closes is None:
            raise NeedsWindow
        if opens is not None and closes is not None and closes <= opens:
            raise WindowOutOfOrder


def add_run(
    *,
    course: Course,
    plan: RunPlan,
    sessions: Iterable[SessionPlan],
    by: User,
    at: datetime,
    form_key: str | None = None,
) -> CourseRun:
    """Another offering of the course, with its pools and sessions. The same `form_key`
    again gives the first. It waits as 準備中 where somebody else has to announce it.

    Raises: NotAllowed (another section), NeedsWindow, WindowOutOfOrder, SessionRefused.
    """
    require_section(by, course.department)
    plan.check()
    key = f"form:{form_key}" if form_key else None
    ordered = sorted(sessions, key=lambda session: session.starts_at)
    first = ordered[0].starts_at if ordered else at
    with transaction.atomic():
        Course.objects.select_for_update(no_key=True).get(pk=course.pk)
        known = course.runs.filter(import_key=key).first() if key else None
        if known is not None:
            return known
        lock_bookings(course=course, plans=ordered)
        run = _insert_run(course, plan, fiscal_year_of(first), key, by, at)
        for kind, capacity in plan.places.items():
            SeatPool.objects.create(run=run, kind=kind, capacity=capacity)
        record_change(subject=run, act=ChangeAct.MADE, by=by, at=at)
        for session in ordered:
            with speaking_of(session):
                add_session(run=run, plan=session, by=by, at=at)
    return run


def revise_run(*, run: CourseRun, plan: RunPlan, by: User, at: datetime) -> CourseRun:
    """Change an offering, its places and sessions left aside: the layer above changes
    those, because people may have been given a seat or told a date. It goes on waiting
    as 準備中 where somebody else has to announce it.

    Raises: NotAllowed (another section), NeedsWindow, WindowOutOfOrder,
    RunWasAnnounced.
    """
    plan.check()
    with transaction.atomic():
        fresh = lock_run(run.pk)
        require_section(by, fresh.course.department)
        before = run_words(fresh, at=at)
        columns = {**plan.columns(), "state": _state_after(fresh, plan, by)}
        changed = [name for name, value in columns.items() if getattr(fresh, name) != value]
        for name in changed:
            setattr(fresh, name, columns[name])
        fresh.save(update_fields=changed)
        after = run_words(fresh, at=at)
        record_difference(subject=fresh, before=before, after=after, by=by, at=at)
        revise_what_shows(run=fresh, changed=changed, at=at)
    return fresh


def _state_after(run: CourseRun, plan: RunPlan, by: User) -> str:
    """Raises: RunWasAnnounced."""
    if run.state not in (RunState.PLANNED, RunState.ANNOUNCED):
        return run.state
    if plan.announced:
        held_back = run.state == RunState.PLANNED and not may_announce(run.course, by=by)
        return RunState.PLANNED if held_back else RunState.ANNOUNCED
    if was_announced(run):
        raise RunWasAnnounced
    return RunState.PLANNED


def _insert_run(
    course: Course,
    plan: RunPlan,
    fiscal_year: int,
    key: str | None,
    by: User,
    at: datetime,
) -> CourseRun:
    """The next free number of the fiscal year; the unique constraint settles races."""
    announced = plan.announced and may_announce(course, by=by)
    for attempt in range(CODE_TRIES):
        code = f"{fiscal_year}-{_last_serial(fiscal_year) + 1 + attempt:04}"
        try:
            with transaction.atomic():
                return CourseRun.objects.create(
                    course=course,
                    code=code,
                    fiscal_year=fiscal_year,
                    import_key=key,
                    created_at=at,
                    created_by=by,
                    state=RunState.ANNOUNCED if announced else RunState.PLANNED,
                    **plan.columns(),
                )
        except IntegrityError:
            taken = CourseRun.objects.filter(code=code).exists()
            if attempt + 1 == CODE_TRIES or not taken:
                raise
    raise AssertionError("unreachable")


def _last_serial(fiscal_year: int) -> int:
    """Codes have four digits, so the greatest text is the greatest number."""
    codes = CourseRun.objects.filter(code__regex=rf"^{fiscal_year}-[0-9]{{4}}$")
    last: str | None = codes.aggregate(Max("code"))["code__max"]
    return int(last[5:]) if last else 0
