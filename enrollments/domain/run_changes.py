"""A run that people have applied for is changed as a whole: whoever is in it is told of
other dates or places once, and how places are given and counted stays as it was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.calling_off import resume_run
from courses.domain.draft_sessions import discard_session, number_by_date
from courses.domain.fingerprint import fingerprint_of
from courses.domain.locking import lock_run
from courses.domain.offering import revise_run, speaking_of
from courses.domain.refusals import ChangedMeanwhile
from courses.domain.run_plan import RunPlan, require_dates_in_order
from courses.domain.session_plans import SessionPlan
from courses.domain.session_pools import Places, complete_pools
from courses.domain.sessions import add_session, edit_session, was_announced
from courses.domain.teaching import lock_bookings
from courses.enums import PoolKind, RunState, SessionState
from courses.models import CourseRun, Session
from enrollments.domain.capacity import change_capacity
from enrollments.domain.changed import Changed
from enrollments.domain.gathering import tell_of_changes
from enrollments.domain.refusals import SessionHasApplications
from enrollments.domain.support_moves import require_room_for_promises
from enrollments.domain.waiting_list import promote_next
from enrollments.models import Application
from enrollments.models.querysets import ApplicationQuerySet

Agreed = tuple[bool, datetime, datetime, str, str]


class TermsAreFixed(Refusal):
    sentence = _("すでに申込みがあるため、決め方と定員の単位は変えられません。")


class SessionGone(Refusal):
    sentence = _("この回は、ほかの人が変更しました。画面を開き直してください。")


class PeopleMustKnow(Refusal):
    """Asked before the messages leave: `changes` is what they would say."""

    sentence = _("申し込んだ方に知らせる変更です。確かめて、もう一度保存してください。")

    def __init__(self, changes: Sequence[Changed], people: Sequence[Application]) -> None:
        super().__init__()
        self.changes = changes
        self.by_mail = sum(1 for application in people if application.email)
        self.by_hand = len(people) - self.by_mail


@dataclass(frozen=True)
class SessionChange:
    """`session` none adds one. `drop` takes a session out of a draft."""

    plan: SessionPlan
    session: Session | None = None
    drop: bool = False


def people_in(run: CourseRun) -> ApplicationQuerySet:
    """Everybody who has a place or may still get one, whatever decides on it."""
    return (
        Application.objects.filter(run=run)
        .live()
        .select_related("run__course__department", "pool")
        .order_by("received_at", "tie")
    )


def change_run(
    *,
    run: CourseRun,
    plan: RunPlan,
    sessions: Iterable[SessionChange],
    by: User,
    at: datetime,
    seen: str | None = None,
    ask_first: bool = False,
) -> int:
    """Facts, sessions and places at once; returns how many messages were written.

    `seen` is the fingerprint of what the form showed. With `ask_first` nothing is
    changed where people would have to be told.
    Raises: NotAllowed, ChangedMeanwhile, TermsAreFixed, SeatsAlreadyGiven,
    SessionRefused, PeopleMustKnow, PromisesExceedPlaces, and those of `revise_run`.
    """
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        if seen is not None and seen != fingerprint_of(locked):
            raise ChangedMeanwhile
        _require_same_terms(locked, plan)
        changes = list(sessions)
        lock_bookings(course=locked.course, plans=[change.plan for change in changes])
        before = _agreed(locked, at)
        resumed = _resume_with_a_date(locked, changes, by, at)
        numbers = {offer.kind: offer.capacity for offer in plan.support or ()}
        require_room_for_promises(locked, numbers)
        revise_run(run=locked, plan=plan, by=by, at=at)
        places: dict[int, Places] = {}
        for change in changes:
            with speaking_of(change.plan):
                session = _change_session(locked, change, by, at)
            if change.plan.places is not None:
                places[session.pk] = change.plan.places
        if not was_announced(locked):
            number_by_date(run=locked, by=by, at=at)
        told = _tell(locked, before, at, ask_first)
        fresh = CourseRun.objects.get(pk=locked.pk)
        complete_pools(fresh, plan.places)
        _change_places(fresh, plan.places, places, by, at)
        require_dates_in_order(fresh)
        if resumed:
            for pool in fresh.pools.order_by("pk"):
                promote_next(pool=pool, by=None, at=at)
    return told


def _change_places(
    run: CourseRun,
    places: Places,
    of_session: Mapping[int, Places],
    by: User,
    at: datetime,
) -> None:
    """Of the run, or of those sessions, also new ones, whose row says how many."""
    for pool in run.pools.select_related("session").order_by("pk"):
        wanted = of_session.get(pool.session_id) if pool.session_id else places
        if wanted is not None and pool.kind in wanted:
            capacity = wanted[PoolKind(pool.kind)]
            change_capacity(pool=pool, capacity=capacity, by=by, at=at)


def _resume_with_a_date(
    run: CourseRun, changes: Iterable[SessionChange], by: User, at: datetime
) -> bool:
    """A new date ends a postponement: the run first, so that rooms are asked for."""
    dated = any(
        change.plan.ends_at > at
        and (change.session is None or change.plan.starts_at != change.session.starts_at)
        for change in changes
        if not change.drop
    )
    if run.state != RunState.POSTPONED or not dated:
        return False
    resume_run(run=run, by=by, at=at)
    return True


def _require_same_terms(run: CourseRun, plan: RunPlan) -> None:
    now = (run.selection_mode, run.capacity_unit)
    if now != (plan.selection_mode, plan.capacity_unit) and people_in(run).exists():
        raise TermsAreFixed


def _change_session(
    run: CourseRun, change: SessionChange, by: User, at: datetime
) -> Session:
    if change.session is None:
        return add_session(run=run, plan=change.plan, by=by, at=at)
    if change.session.run_id != run.pk:
        raise SessionGone
    if change.drop and run.applications.exists():
        raise SessionHasApplications
    if change.drop:
        discard_session(session=change.session, by=by, at=at)
        return change.session
    return edit_session(session=change.session, plan=change.plan, by=by, at=at)


def _agreed(run: CourseRun, at: datetime) -> dict[int, Agreed]:
    """When and where people were to come, for sessions that can still change."""
    coming = Q(ends_at__gt=at) | Q(state=SessionState.POSTPONED)
    found = run.sessions.filter(coming).exclude(state=SessionState.CANCELLED)
    return {
        session.pk: (
            session.is_held,
            session.starts_at,
            session.ends_at,
            session.place,
            session.run.delivery,
        )
        for session in found.select_related("venue", "room__venue", "run__venue")
    }


def _tell(
    run: CourseRun, before: Mapping[int, Agreed], at: datetime, ask_first: bool
) -> int:
    after = _agreed(run, at)
    different = [pk for pk, agreed in after.items() if before.get(pk) != agreed]
    sessions = Session.objects.select_related("venue", "room__venue", "run__venue")
    changes = [
        Changed(session, before[session.pk][1] if session.pk in before else None)
        for session in sessions.filter(pk__in=different).order_by("starts_at", "number")
    ]
    if not changes:
        return 0
    people = list(people_in(run))
    if people and ask_first:
        raise PeopleMustKnow(changes, people)
    return tell_of_changes(changes=changes, people=people, at=at)
