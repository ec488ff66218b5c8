"""A date that is accepted becomes a run of the course with its session, in the same
transaction, by the rules for all runs: rooms and instructors are free, or it is refused."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.domain.sections import works_for
from accounts.models import User
from courses.domain.offering import SessionRefused, add_run
from courses.domain.run_plan import RunPlan
from courses.domain.session_plans import SessionPlan
from courses.enums import SelectionMode
from courses.models import CourseRun, Room
from learning_paths.domain.outreach.dates import current_dates, require_to_come
from learning_paths.domain.outreach.refusals import (
    ChoiceOver,
    NoLongerPossible,
    NotProposed,
)
from learning_paths.domain.outreach.states import (
    lock_for_section,
    lock_outreach,
    move_outreach,
    require_step,
)
from learning_paths.domain.outreach.telling import tell_move
from learning_paths.enums import OutreachState as State
from learning_paths.models import OutreachDate, OutreachRequest

LABEL_LENGTH = 60


@dataclass(frozen=True)
class Arranged:
    """What the section adds: a room of the city's where it is held in one, and why an
    instructor may be in two places."""

    room: Room | None = None
    override_reason: str = ""
    words: str = ""


def accept_date(
    *,
    request: OutreachRequest,
    date: OutreachDate,
    by: User,
    at: datetime,
    arranged: Arranged | None = None,
) -> OutreachRequest:
    """By the section; pressed twice it is one run.

    Raises: NotAllowed (another section), NoSuchStep, NotProposed, DateIsOver, and
    SessionRefused (room or instructor taken).
    """
    arranged = arranged or Arranged()
    with transaction.atomic():
        fresh = lock_for_section(request, by)
        if fresh.state == State.ACCEPTED and _is_on(fresh, date):
            return fresh
        require_step(fresh, State.ACCEPTED)
        _require_current(fresh, date)
        fresh.answer = arranged.words.strip()
        return _become_run(fresh, date, arranged, officer=by, by=by, at=at)


def choose_date(
    *, request: OutreachRequest, date: OutreachDate, by: User | None, at: datetime
) -> OutreachRequest:
    """By the requester, of what the section proposed: with that the section has agreed,
    and whoever proposed it makes the run.

    Raises: NoSuchStep, ChoiceOver, NotProposed, DateIsOver, NoLongerPossible.
    """
    with transaction.atomic():
        fresh = lock_outreach(request.pk)
        if fresh.state == State.ACCEPTED and _is_on(fresh, date):
            return fresh
        if fresh.state == State.EXPIRED:
            raise ChoiceOver
        if fresh.state != State.PROPOSED:
            raise NotProposed
        _require_current(fresh, date)
        if fresh.choose_by is not None and at > fresh.choose_by:
            raise ChoiceOver
        officer = _proposer(fresh, date)
        try:
            return _become_run(fresh, date, Arranged(), officer=officer, by=by, at=at)
        except SessionRefused as taken:
            raise NoLongerPossible from taken


def _become_run(
    request: OutreachRequest,
    date: OutreachDate,
    arranged: Arranged,
    *,
    officer: User,
    by: User | None,
    at: datetime,
) -> OutreachRequest:
    require_to_come([date.starts_at], at=at)
    request.run = _add_run(request, date, arranged, officer, at)
    request.told_start, request.choose_by = date.starts_at, None
    move = move_outreach(request, State.ACCEPTED, by=by, at=at)
    tell_move(request, move, at=at)
    return request


def _add_run(
    request: OutreachRequest,
    date: OutreachDate,
    arranged: Arranged,
    officer: User,
    at: datetime,
) -> CourseRun:
    """Not announced: it is for this group, whose place and contact are nobody else's."""
    course, room = request.entry.course, arranged.room
    plan = RunPlan(
        label=request.group_name[:LABEL_LENGTH],
        audience=request.group_name[:LABEL_LENGTH],
        selection_mode=SelectionMode.OPEN,
        venue=room.venue if room else None,
        note=f"{request.place}\n{request.address}",
        announced=False,
        gives_certificate=False,
        reminder_days=None,
        places={},
    )
    session = SessionPlan(
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        venue=room.venue if room else None,
        room=room,
        time_note="" if room else request.place,
        override_reason=arranged.override_reason,
    )
    return add_run(
        course=course,
        plan=plan,
        sessions=[session],
        by=officer,
        at=at,
        form_key=f"outreach-{request.public_id.hex}",
    )


def _require_current(request: OutreachRequest, date: OutreachDate) -> None:
    """Raises: NotProposed for dates of an earlier round."""
    if date.pk not in {one.pk for one in current_dates(request)}:
        raise NotProposed


def _is_on(request: OutreachRequest, date: OutreachDate) -> bool:
    return date.request_id == request.pk and request.told_start == date.starts_at


def _proposer(request: OutreachRequest, date: OutreachDate) -> User:
    """Whoever proposed the date, or a colleague once they have left the section.

    Raises: NoLongerPossible where nobody is left to make the run.
    """
    section = request.entry.course.department
    if date.offered_by is not None and works_for(date.offered_by, section):
        return date.offered_by
    colleagues = User.objects.filter(is_active=True, staff_profile__department=section)
    found = colleagues.order_by("pk").first()
    if found is None:
        raise NoLongerPossible
    return found
