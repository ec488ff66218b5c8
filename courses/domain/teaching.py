"""An instructor is never in two sessions at once, unless an officer says why.

Who teaches is kept per session; a session that has the course's instructors follows
when the course gets others. A reason holds as long as the session keeps its time.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime

from django.db.models import Q

from courses.domain.clashes import in_the_way, instructor_taken
from courses.domain.rooms import lock_rooms
from courses.domain.session_plans import SessionPlan
from courses.enums import SessionState
from courses.models import Course, Instructor, Session, SessionInstructor
from courses.models.querysets import CALLED_OFF

# Instructors by number, each with the reason why somebody may be elsewhere too, or "".
Lineup = Mapping[int, str]


def lock_instructors(instructors: Iterable[int]) -> None:
    """All at once and in one order, after the run and its rooms."""
    wanted = set(instructors)
    if wanted:
        locked = Instructor.objects.select_for_update(no_key=True).filter(pk__in=wanted)
        list(locked.order_by("pk"))


def lock_bookings(
    *, course: Course, plans: Iterable[SessionPlan], instructors: Iterable[int] = ()
) -> None:
    """Every room and every instructor that saving several sessions of a course may
    book, before the first of them is saved: rooms, then instructors, each by number."""
    wanted = list(plans)
    lock_rooms(plan.room for plan in wanted)
    lock_instructors(
        {
            *instructors,
            *_of_course(course),
            *_teaching(course),
            *(person.pk for plan in wanted for person in plan.instructors or ()),
        }
    )


def lineup_of(session: Session) -> dict[int, str]:
    return dict(session.teaching.values_list("instructor_id", "override_reason"))


def wanted_for(plan: SessionPlan, *, course: Course, kept: Lineup | None) -> set[int]:
    """Who shall teach; `kept` is who teaches already, none for a new session."""
    if plan.instructors is not None:
        return {person.pk for person in plan.instructors}
    return _of_course(course) if kept is None else set(kept)


def line_up(
    wanted: Set[int],
    starts_at: datetime,
    ends_at: datetime,
    *,
    kept: Lineup,
    reason: str = "",
    but: Session | None = None,
    at: datetime,
) -> dict[int, str]:
    """Who teaches, each with the reason if one was needed: the one said now, else the
    one in `kept`. Locks the instructors until the transaction ends.

    Raises: InstructorTaken.
    """
    lock_instructors(wanted)
    found = {pk: kept.get(pk, "") for pk in sorted(wanted)}
    said = reason.strip()[:200]
    for pk, clash in _clashes(wanted, starts_at, ends_at, but).items():
        found[pk] = said or found[pk]
        if not found[pk]:
            raise instructor_taken(clash.instructor, clash.session, at=at)
    return found


def leave(session: Session, lineup: Lineup) -> None:
    """Those who do not go on as they are; the session may then get its new time."""
    gone = [pk for pk, reason in lineup_of(session).items() if lineup.get(pk) != reason]
    session.teaching.filter(instructor__in=gone).delete()


def take_over(session: Session, lineup: Lineup) -> None:
    """Write those who are not there yet."""
    there = lineup_of(session)
    for pk in sorted(set(lineup) - set(there)):
        SessionInstructor.objects.create(
            session=session, instructor_id=pk, override_reason=lineup[pk]
        )


def follow_course(*, course: Course, former: Set[int], at: datetime) -> None:
    """After the course got other instructors: the sessions to come that had exactly the
    former ones get the new ones. The caller holds the locks.

    Raises: InstructorTaken.
    """
    wanted = _of_course(course)
    coming = Session.objects.filter(run__course=course).select_related("run")
    for session in coming.filter(Q(ends_at__gt=at) | Q(state=SessionState.POSTPONED)):
        kept = lineup_of(session)
        if set(kept) != former:
            continue
        lineup = {pk: kept.get(pk, "") for pk in wanted}
        if takes_place(session):
            lineup = line_up(
                wanted, session.starts_at, session.ends_at, kept=kept, but=session, at=at
            )
        leave(session, lineup)
        take_over(session, lineup)


def takes_place(session: Session) -> bool:
    """Whether it takes its room and its people now."""
    return session.is_held and session.run.state not in CALLED_OFF


def _clashes(
    wanted: Set[int], starts_at: datetime, ends_at: datetime, but: Session | None
) -> dict[int, SessionInstructor]:
    """One row in the way per instructor; a row with a reason is in nobody's way."""
    found = SessionInstructor.objects.filter(
        instructor__in=wanted,
        override_reason="",
        session__in=in_the_way(starts_at, ends_at, but),
    ).select_related(
        "instructor",
        "session__run__course",
        "session__run__venue",
        "session__venue",
        "session__room__venue",
    )
    in_order = found.order_by("-session__starts_at", "-session_id")
    return {row.instructor_id: row for row in in_order}


def _of_course(course: Course) -> set[int]:
    return set(course.instructors.values_list("pk", flat=True))


def _teaching(course: Course) -> set[int]:
    rows = SessionInstructor.objects.filter(session__run__course=course)
    return set(rows.values_list("instructor_id", flat=True))
