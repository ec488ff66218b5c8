"""A session about to begin, to try the door with: forty people hold places, some have
come, two told that they will not, and two colleagues disagree about one."""

from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from accounts.models import User
from cms.demo.identifiers import identifier, session_uid
from cms.demo.people import People, Person
from courses.domain.closing_days import read_days_off
from courses.domain.fiscal_year import fiscal_year_of
from courses.enums import PoolKind
from courses.models import Course, CourseRun, SeatPool, Session, Venue
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import Mark, record_marks
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import AttendanceStatus as Status
from enrollments.enums import Channel, MarkSource
from enrollments.models import Application, Participant

PEOPLE, PLACES = 40, 41
CODE, LABEL = "today", "体験の回"
APPLIED, JUST_NOW = timedelta(days=9), timedelta(minutes=2)
FIRST_HOUR, LAST_HOUR = 6, 20
HOUR = timedelta(hours=1)


def build_today(people: People, *, officer: User, at: datetime) -> None:
    """Nobody is marked while it is still long until it begins."""
    section = officer.staff_profile.department
    course = Course.objects.public().filter(department=section).order_by("slug").first()
    if course is None:
        return
    session = _session(course, at)
    chosen = [person for person in people.residents if person.email][:PEOPLE]
    persons = [_place(session.run, person, at - APPLIED) for person in chosen]
    is_today = timezone.localdate(at - JUST_NOW) == timezone.localdate(session.starts_at)
    if is_today and session.starts_at - at <= HOUR:
        colleagues = [one.user for one in people.staff if one.department == section.code]
        _mark(session, persons, officer, next(filter(None, colleagues), officer), at)


def _session(course: Course, at: datetime) -> Session:
    """At the next full hour, in a house that is open; late at night it is under way."""
    local = timezone.localtime(at).replace(minute=0, second=0, microsecond=0)
    hour = min(max(local.hour + 1, FIRST_HOUR), LAST_HOUR)
    begins = local.replace(hour=hour)
    venues = list(Venue.objects.order_by("code"))
    off = read_days_off(venues)
    is_open = [one for one in venues if not off.on(begins.date(), one.pk)]
    run = CourseRun.objects.create(
        code=CODE,
        course=course,
        label=LABEL,
        fiscal_year=fiscal_year_of(begins),
        venue=(is_open or venues)[0],
        applications_open_at=at - 3 * APPLIED,
        applications_close_at=at - timedelta(days=1),
        completion_sessions=1,
        created_at=at - 4 * APPLIED,
    )
    SeatPool.objects.create(run=run, kind=PoolKind.GENERAL, capacity=PLACES)
    return Session.objects.create(
        uid=session_uid(CODE, 1),
        run=run,
        number=1,
        starts_at=begins,
        ends_at=begins + 3 * HOUR,
        venue=run.venue,
        revised_at=run.created_at,
        created_at=run.created_at,
    )


def _place(run: CourseRun, person: Person, at: datetime) -> Participant:
    family, given, family_kana, given_kana = person.name
    application = apply_for_seat(
        run=run,
        request=SeatRequest(
            applicant=PersonName(family, given, family_kana, given_kana),
            email=person.email,
            phone=person.phone,
            residency=person.residency,
            channel=Channel.WEB,
        ),
        by=person.user,
        at=at,
        tells=False,
    )
    # The link of last time's city still opens it.
    rows = Application.objects.filter(pk=application.pk)
    rows.update(public_id=identifier("today", person.number))
    return application.participants.get()


def _mark(
    session: Session,
    persons: list[Participant],
    officer: User,
    colleague: User,
    at: datetime,
) -> None:
    moment = at - JUST_NOW
    note = partial(record_marks, session=session, at=moment)

    def mark(person: Participant, status: Status, source: MarkSource) -> Mark:
        return Mark(participant=person.pk, status=status, seen="", source=source)

    scanned = [mark(one, Status.PRESENT, MarkSource.SCAN) for one in persons[1:8]]
    tapped = [mark(one, Status.PRESENT, MarkSource.DOOR) for one in persons[8:12]]
    away = [mark(one, Status.EXCUSED, MarkSource.NOTICE) for one in persons[12:14]]
    note(marks=[*scanned, *tapped, *away], by=officer)
    note(marks=[mark(persons[14], Status.PRESENT, MarkSource.DOOR)], by=officer)
    note(marks=[mark(persons[14], Status.EXCUSED, MarkSource.DOOR)], by=colleague)
