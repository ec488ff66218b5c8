"""What is written out by the columns and brought in again changes nothing."""

from datetime import date, time, timedelta

import pytest

from courses.enums import RowOutcome as Outcome
from courses.exchange.course_columns import COURSE_COLUMNS
from courses.exchange.instructor_columns import INSTRUCTOR_COLUMNS
from courses.exchange.venue_columns import VENUE_COLUMNS, VenueRow
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import Channel
from enrollments.exchange.application_columns import APPLICATION_COLUMNS
from enrollments.exchange.attendance_columns import attendance_columns
from enrollments.models import Attendance
from learning_paths.exchange.group_columns import GROUP_COLUMNS
from learning_paths.exchange.member_columns import MEMBER_COLUMNS
from tests.cms.imports.bringing import as_csv, outcomes, planned, reasons
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    GroupFactory,
    InstructorFactory,
    MembershipFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


def brought_back(client, kind, columns, rows, **more):
    """Outcomes and reasons of the rows, as they were written out."""
    header = [column.heading for column in columns]
    cells = [[column.write(row) for column in columns] for row in rows]
    upload = planned(client, kind, as_csv(header, *cells), **more)
    return set(outcomes(upload).values()), reasons(upload)


NOTHING = ({Outcome.UNCHANGED}, {})


def test_venues(client, officer, section):
    venue = VenueFactory(
        name="北会館",
        name_kana="キタカイカン",
        postal_code="0600001",
        phone="0422-60-1111",
        closed_weekdays="17",
        opens_at=time(9),
        closes_at=time(21, 30),
        parking="1",
        latitude="35.702123",
        longitude="139.560001",
        access="駅から徒歩5分\n北口",
    )
    room = RoomFactory(venue=venue, name="会議室1", capacity=30)
    rows = [VenueRow(venue, room), VenueRow(VenueFactory())]
    for row in rows:
        row.venue.refresh_from_db()
    found = brought_back(client, "venues", VENUE_COLUMNS, rows, department=section.pk)
    assert found == NOTHING


def test_instructors(client, officer, section):
    rows = [
        InstructorFactory(title="防災士", profile="一行目\n二行目"),
        InstructorFactory(consents_to_publish=True, consented_on=date(2026, 4, 1)),
    ]
    found = brought_back(
        client, "instructors", INSTRUCTOR_COLUMNS, rows, department=section.pk
    )
    assert found == NOTHING


def test_courses(client, officer, section):
    course = CourseFactory(department=section)
    run = CourseRunFactory(course=course, fee=500, label="第1期")
    SeatPoolFactory(run=run, capacity=20)
    room = RoomFactory()
    first = SessionFactory(run=run, number=1, title="地震", venue=room.venue, room=room)
    first.instructors.add(InstructorFactory())
    starts = NOON + timedelta(days=21)
    second = SessionFactory(
        run=run, number=2, starts_at=starts, ends_at=starts + timedelta(hours=2)
    )
    found = brought_back(
        client, "courses", COURSE_COLUMNS, [first, second], department=section.pk
    )
    assert found == NOTHING


@pytest.fixture
def run(section):
    run = CourseRunFactory(course=CourseFactory(department=section), max_participants=3)
    SeatPoolFactory(run=run, capacity=10)
    return run


def applied(run, officer):
    request = SeatRequest(
        PersonName("山田", "花子", "ヤマダ", "ハナコ", birth_date=date(1970, 5, 8)),
        companions=(PersonName("山田", "一郎", "ヤマダ", "イチロウ"),),
        phone="0422-60-1111",
        email="hanako@example.jp",
        postal_code="1800001",
        address="北町1-2-3",
        residency="resident",
        channel=Channel.FAX,
        staff_note="一行目\n二行目",
    )
    return apply_for_seat(run=run, request=request, by=officer, at=NOON)


def test_applications(client, officer, run):
    found = brought_back(
        client, "applications", APPLICATION_COLUMNS, [applied(run, officer)], run=run.pk
    )
    assert found == NOTHING


def test_attendance(client, officer, run):
    person = applied(run, officer).participants.get(is_applicant=True)
    starts = NOON - timedelta(days=7)
    session = SessionFactory(
        run=run, number=1, starts_at=starts, ends_at=starts + timedelta(hours=2)
    )
    Attendance.objects.create(
        session=session, participant=person, status="left_early", recorded_at=NOON
    )
    columns = attendance_columns([session])
    found = brought_back(client, "attendance", columns, [person], run=run.pk)
    assert found == NOTHING


def test_groups_and_members(client, officer, section):
    group = GroupFactory(code="2024-0001", activity="一行目\n二行目")
    member = MembershipFactory(group=group, role="leader")
    invited = MembershipFactory(group=group, user=None, state="invited")
    found = brought_back(client, "groups", GROUP_COLUMNS, [group], department=section.pk)
    assert found == NOTHING
    found = brought_back(
        client, "members", MEMBER_COLUMNS, [member, invited], department=section.pk
    )
    assert found == NOTHING
