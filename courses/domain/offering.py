"""A run is made with its places and sessions, and takes the next number of its fiscal
year; the year is that of its first session."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
from courses.domain.places_told import places_told
from courses.domain.questions import set_questions
from courses.domain.requirements import set_requirements
from courses.domain.revision import revised
from courses.domain.run_plan import RunPlan, require_dates_in_order
from courses.domain.session_plans import SessionPlan
from courses.domain.session_pools import complete_pools, drop_pools
from courses.domain.sessions import add_session, was_announced
from courses.domain.support_offers import set_support_offers
from courses.domain.teaching import lock_bookings
from courses.enums import ChangeAct, RunState
from courses.models import Course, CourseRun, Session

CODE_TRIES = 20


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

    Raises: NotAllowed (another section), SessionRefused, and those of `RunPlan.check`
    and `require_dates_in_order`.
    """
    require_section(by, course.department)
    plan.check(is_public=course.is_public)
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
        record_change(subject=run, act=ChangeAct.MADE, by=by, at=at)
        for session in ordered:
            with speaking_of(session):
                add_session(run=run, plan=session, by=by, at=at)
        complete_pools(run, plan.places)
        ask_and_offer(run=run, plan=plan, by=by, at=at)
        require_dates_in_order(run)
    return run


def ask_and_offer(*, run: CourseRun, plan: RunPlan, by: User, at: datetime) -> None:
    """Conditions, questions and support, where the plan speaks of them."""
    if plan.requirements is not None:
        set_requirements(run=run, plans=plan.requirements, by=by, at=at)
    if plan.questions is not None:
        set_questions(run=run, plans=plan.questions, by=by, at=at)
    if plan.support is not None:
        set_support_offers(run=run, plans=plan.support, by=by, at=at)


def revise_run(*, run: CourseRun, plan: RunPlan, by: User, at: datetime) -> CourseRun:
    """Change an offering, its places and sessions left aside: the layer above changes
    those, because people may have been given a seat or told a date, and then asks for
    `require_dates_in_order`. It goes on waiting as 準備中 where somebody else has to
    announce it.

    Raises: NotAllowed (another section), RunWasAnnounced, PlacesInUse, and those of
    `RunPlan.check`.
    """
    with transaction.atomic():
        fresh = lock_run(run.pk)
        require_section(by, fresh.course.department)
        plan.check(is_public=fresh.course.is_public)
        before = run_words(fresh, at=at)
        columns = {**plan.columns(), "state": _state_after(fresh, plan, by)}
        changed = [name for name, value in columns.items() if getattr(fresh, name) != value]
        former = drop_pools(fresh) if "chooses_session" in changed else None
        for name in changed:
            setattr(fresh, name, columns[name])
        own = Session.objects.filter(run=fresh)
        with revised(own, at=at), places_told(own, at=at):
            fresh.save(update_fields=changed)
        if former is not None:
            complete_pools(fresh, plan.places or former)
        ask_and_offer(run=fresh, plan=plan, by=by, at=at)
        after = run_words(fresh, at=at)
        record_difference(subject=fresh, before=before, after=after, by=by, at=at)
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
