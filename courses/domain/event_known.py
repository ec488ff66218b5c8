"""What an import compares itself with: the courses it made before, places, sections."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Prefetch

from accounts.models import Department
from courses.domain.event_facts import RunFacts, SessionFacts
from courses.domain.event_plan import (
    Booking,
    Known,
    KnownCourse,
    KnownRun,
    KnownSession,
    Teaching,
)
from courses.enums import CapacityUnit, Delivery, PoolKind, RunState, SelectionMode
from courses.models import Course, CourseRun, Session, SessionInstructor, Venue

Span = tuple[datetime, datetime]


def load_known(
    *,
    keys: Iterable[str],
    span: Span | None,
    applied_to: Callable[[list[int]], set[int]],
    lock: bool = False,
) -> Known:
    """A fixed number of queries. `applied_to` picks the runs that somebody applied for.

    With `lock` the runs stay locked until the transaction ends, so that nobody
    applies between plan and import.
    """
    courses = list(
        Course.objects.filter(import_key__in=list(keys))
        .select_related("department")
        .prefetch_related("instructors")
    )
    if lock:
        list(
            CourseRun.objects.select_for_update(of=("self",), no_key=True)
            .filter(course__in=courses)
            .order_by("pk")
        )
    runs = _imported_runs(courses)
    teaching = _teaching(span)
    applied = applied_to([run.pk for run in runs])
    return Known(
        courses={
            course.import_key: _course(course, runs, applied)
            for course in courses
            if course.import_key
        },
        places=_places(),
        departments=dict(Department.objects.values_list("code", "name")),
        bookings=_bookings(span),
        teaching=tuple(row for row, _name in teaching),
        people=_names(courses) | {row.instructor: name for row, name in teaching},
    )


def _imported_runs(courses: list[Course]) -> list[CourseRun]:
    sessions = Session.objects.select_related("venue", "room")
    return list(
        CourseRun.objects.filter(course__in=courses, import_key__isnull=False)
        .select_related("venue")
        .prefetch_related("pools", Prefetch("sessions", sessions), "sessions__teaching")
        .order_by("pk")
    )


def _course(course: Course, runs: list[CourseRun], applied: set[int]) -> KnownCourse:
    return KnownCourse(
        course.pk,
        course.title,
        course.department.code,
        tuple(_run(run, applied) for run in runs if run.course_id == course.pk),
        tuple(sorted(person.pk for person in course.instructors.all())),
    )


def run_facts(run: CourseRun) -> RunFacts:
    """From a run with venue and pools loaded."""
    general = [pool for pool in run.pools.all() if pool.kind == PoolKind.GENERAL]
    return RunFacts(
        label=run.label,
        fiscal_year=run.fiscal_year,
        state=RunState(run.state),
        selection_mode=SelectionMode(run.selection_mode),
        capacity=general[0].capacity if general else None,
        capacity_unit=CapacityUnit(run.capacity_unit),
        capacity_note=run.capacity_note,
        audience=run.audience,
        delivery=Delivery(run.delivery),
        venue=run.venue.name if run.venue else "",
        fee=run.fee,
        fee_note=run.fee_note,
        bring=run.bring,
        how_to_apply=run.how_to_apply,
        note=run.note,
        contact_name=run.contact_name,
        contact_phone=run.contact_phone,
        contact_email=run.contact_email,
        source_url=run.source_url,
    )


def session_facts(session: Session) -> SessionFacts:
    """From a session with venue and room loaded."""
    return SessionFacts(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        is_all_day=session.is_all_day,
        time_note=session.time_note,
        title=session.title,
        venue=session.venue.name if session.venue else "",
        room=session.room.name if session.room else "",
    )


def _run(run: CourseRun, applied: set[int]) -> KnownRun:
    sessions = tuple(
        KnownSession(
            session.pk,
            session_facts(session),
            session.is_held,
            tuple(sorted(row.instructor_id for row in session.teaching.all())),
        )
        for session in run.sessions.all()
    )
    taken_over = run.pk in applied or run.applications_close_at is not None
    return KnownRun(run.pk, run_facts(run), sessions, in_hand=taken_over)


def _places() -> tuple[tuple[str, tuple[str, ...]], ...]:
    venues = Venue.objects.prefetch_related("rooms").order_by("-pk")
    return tuple(
        (venue.name, tuple(room.name for room in venue.rooms.all())) for venue in venues
    )


def _bookings(span: Span | None) -> tuple[Booking, ...]:
    if span is None:
        return ()
    booked = (
        Session.objects.taking_place()
        .filter(room__isnull=False, starts_at__lt=span[1], ends_at__gt=span[0])
        .select_related("room__venue", "run__course")
    )
    return tuple(
        Booking(
            s.room.venue.name,
            s.room.name,
            s.starts_at,
            s.ends_at,
            s.pk,
            s.run.course.title,
        )
        for s in booked
        if s.room
    )


def _teaching(span: Span | None) -> list[tuple[Teaching, str]]:
    """Who is busy in that time, with the name; a row with a reason is in nobody's way."""
    if span is None:
        return []
    rows = SessionInstructor.objects.filter(
        override_reason="",
        session__in=Session.objects.taking_place().filter(
            starts_at__lt=span[1], ends_at__gt=span[0]
        ),
    ).select_related("session", "instructor")
    return [(_busy(row), row.instructor.full_name) for row in rows]


def _busy(row: SessionInstructor) -> Teaching:
    session = row.session
    return Teaching(row.instructor_id, session.starts_at, session.ends_at, session.pk)


def _names(courses: Iterable[Course]) -> dict[int, str]:
    return {
        person.pk: person.full_name
        for course in courses
        for person in course.instructors.all()
    }
