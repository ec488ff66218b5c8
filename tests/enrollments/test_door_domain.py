"""Codes, the number on the wall, walk-ins, heads, absences: what the door decides."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache

from accounts.domain.rate_limit import TooManyRequests
from accounts.domain.refusal import NotAllowed
from courses.enums import SelectionMode
from courses.models import SeatPool
from enrollments.domain import refusals
from enrollments.domain.absences import absences_told, tell_absence
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance
from enrollments.domain.audit import differences
from enrollments.domain.changing_people import exchange_participant
from enrollments.domain.door import door_list
from enrollments.domain.door_codes import arrive, shown_code, tidy_code
from enrollments.domain.door_numbers import (
    close_door,
    note_own_presence,
    number_now,
    open_door,
)
from enrollments.domain.head_counts import note_head_count
from enrollments.domain.own_record import own_record
from enrollments.domain.walk_ins import welcome_walk_in
from enrollments.enums import AttendanceStatus as Status
from enrollments.enums import Channel, DoorAnswer, MarkSource
from enrollments.models import Application, Attendance, HeadCount, Notification
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def begins(session):
    return session.starts_at


@pytest.fixture
def hanakos(run, now) -> Application:
    return apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


@pytest.fixture
def person(hanakos):
    return hanakos.participants.get()


@pytest.fixture
def taro(run, now):
    application = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    return application.participants.get()


def _stands() -> dict[str, str]:
    return dict(Attendance.objects.values_list("participant__given_name", "status"))


# -- the list


def test_people_are_found_by_the_beginning_of_their_reading(session, person, taro):
    people = door_list(session)

    def found(query):
        return [row.person.family_name for row in people.of(query)]

    assert [found(q) for q in ("やま", "ﾔﾏ", "はな", "山", "さとうた", "ま")] == [
        ["山田"],
        ["山田"],
        ["山田"],
        ["山田"],
        ["佐藤"],
        [],
    ]


def test_who_told_not_to_come_is_not_expected(session, person, taro, officer, begins):
    marks = {person.pk: Status.EXCUSED, taro.pk: Status.LATE}
    record_attendance(session=session, marks=marks, by=officer, at=begins)

    people = door_list(session)
    assert (people.came, people.expected) == (1, 1)
    assert people.of("", only_left=True) == ()


# -- codes of receipts


def test_a_code_is_read_as_people_type_it():
    assert tidy_code(" ab23-４５67 ") == "AB234567"
    assert shown_code("AB23CD45EF67") == "AB23-CD45-EF67"


def test_the_code_of_a_receipt_makes_present_once(session, person, officer, begins):
    code = shown_code(person.door_code).lower()
    first, second = (
        arrive(session=session, code=code, by=officer, at=begins) for _each in range(2)
    )

    assert (first.answer, first.person) == (DoorAnswer.CAME, person)
    assert second.answer == DoorAnswer.ALREADY
    assert Attendance.objects.get().source == MarkSource.SCAN


def test_a_receipt_of_something_else_says_what_it_is_for(
    run, session, person, officer, begins, now
):
    other_dates = SessionFactory(run=CourseRunFactory(course=run.course), number=1)
    department = run.course.department
    other_course = CourseRunFactory(course=CourseFactory(department=department))
    hers = person.door_code
    for one, answer in (
        (other_dates, DoorAnswer.OTHER_DATES),
        (SessionFactory(run=other_course, number=1), DoorAnswer.OTHER_RUN),
        (session, DoorAnswer.CAME),
    ):
        assert arrive(session=one, code=hers, by=officer, at=begins).answer == answer
    nobody = arrive(session=session, code="Z" * 12, by=officer, at=begins)
    assert (nobody.answer, nobody.person) == (DoorAnswer.UNKNOWN, None)


def test_a_receipt_of_somebody_who_waits_is_not_let_in(
    run, session, person, taro, officer, begins, now
):
    waiting = apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)
    code = waiting.participants.get().door_code

    found = arrive(session=session, code=code, by=officer, at=begins)
    assert (found.answer, found.elsewhere) == (DoorAnswer.NO_PLACE, "キャンセル待ち")
    assert _stands() == {}


def test_who_was_replaced_is_no_longer_let_in(session, person, officer, begins, now):
    before = person.door_code
    exchange_participant(participant=person, person=KEIKO, by=officer, at=now)

    found = arrive(session=session, code=before, by=officer, at=begins)
    assert found.answer == DoorAnswer.UNKNOWN


def test_other_sections_people_are_not_named(session, officer, begins, now):
    theirs = CourseRunFactory()
    SeatPoolFactory(run=theirs)
    SessionFactory(run=theirs, number=1)
    other = apply_for_seat(run=theirs, request=request_by(KEIKO), by=None, at=now)
    code = other.participants.get().door_code

    found = arrive(session=session, code=code, by=officer, at=begins)
    assert (found.answer, found.person) == (DoorAnswer.OTHER_RUN, None)


# -- the number on the wall


@pytest.fixture
def key(session, officer, begins):
    return open_door(session=session, by=officer, at=begins)


def _note(application, session, number, at):
    people = application.participants.values_list("pk", flat=True)
    return note_own_presence(
        application=application,
        session=session,
        participants=people,
        number=number,
        by=None,
        at=at,
    )


def test_the_number_of_now_and_the_one_before_count(session, hanakos, key, begins):
    number = number_now(key, at=begins)
    with pytest.raises(refusals.WrongDoorNumber):
        _note(hanakos, session, number, begins + 2 * MINUTE)
    _note(hanakos, session, number, begins + MINUTE)

    row = Attendance.objects.get()
    assert (row.status, row.source) == (Status.PRESENT, MarkSource.OWN_CODE)


@pytest.mark.parametrize("late", [-timedelta(minutes=61), timedelta(hours=9)])
def test_far_from_the_session_no_number_counts(session, hanakos, officer, begins, late):
    at = begins + late
    key = open_door(session=session, by=officer, at=at)
    with pytest.raises(refusals.DoorNotOpen):
        _note(hanakos, session, number_now(key, at=at), at)


def test_closing_ends_it_and_opening_again_makes_other_numbers(
    session, hanakos, officer, key, begins
):
    number = number_now(key, at=begins)
    close_door(session=session, by=officer, at=begins)
    with pytest.raises(refusals.DoorNotOpen):
        _note(hanakos, session, number, begins)

    assert open_door(session=session, by=officer, at=begins).secret != key.secret


def test_guessing_the_number_ends_soon(session, hanakos, key, begins, settings):
    cache.clear()
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "door_number": "3/10m"}
    wrong = "abc"
    for _each in range(3):
        with pytest.raises(refusals.WrongDoorNumber):
            _note(hanakos, session, wrong, begins)
    with pytest.raises(TooManyRequests):
        _note(hanakos, session, number_now(key, at=begins), begins)


def test_who_has_no_place_is_not_let_in_by_number(
    run, session, person, taro, key, begins, now
):
    waiting = apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)
    with pytest.raises(refusals.NotOnTheList):
        _note(waiting, session, number_now(key, at=begins), begins)


def test_ones_own_number_does_not_undo_the_officers_mark(
    session, hanakos, person, officer, key, begins
):
    number = number_now(key, at=begins)
    for mark, stays in ((Status.LATE, "late"), (Status.ABSENT, "absent")):
        record_attendance(session=session, marks={person.pk: mark}, by=officer, at=begins)
        _note(hanakos, session, number, begins)
        assert _stands() == {"花子": stays}


def test_only_the_section_opens_the_door(session, begins):
    with pytest.raises(NotAllowed):
        open_door(session=session, by=StaffProfileFactory().user, at=begins)


# -- who has not applied


def _walk_in(session, officer, at, person=KEIKO, key=None, **more):
    return welcome_walk_in(
        session=session,
        person=person,
        phone="",
        key=key or uuid4(),
        by=officer,
        at=at,
        **more,
    )


def test_a_walk_in_takes_a_free_place_and_is_present(session, officer, begins, pool):
    key = uuid4()
    came = [_walk_in(session, officer, begins, key=key) for _each in range(2)]

    assert came[0] == came[1]
    application = Application.objects.get()
    assert (application.channel, application.state) == (Channel.WALK_IN, "accepted")
    pool.refresh_from_db()
    assert (pool.seats_taken, _stands()) == (1, {"恵子": "present"})
    assert Notification.objects.count() == 0
    assert differences() == []


def test_when_full_a_reason_adds_one_place_for_who_stands_there(
    run, session, person, taro, officer, begins, now, pool
):
    waiting = apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)
    with pytest.raises(refusals.RunFull):
        _walk_in(session, officer, begins)
    assert Application.objects.count() == 3

    _walk_in(session, officer, begins, why_more_places="椅子に余裕があるため")

    pool.refresh_from_db()
    waiting.refresh_from_db()
    assert (pool.capacity, pool.seats_taken, waiting.state) == (3, 3, "waiting")
    came = Application.objects.get(channel=Channel.WALK_IN)
    assert came.transitions.first().why == "椅子に余裕があるため"
    assert differences() == []


def test_a_reason_adds_no_place_while_one_is_free(session, officer, begins, pool):
    _walk_in(session, officer, begins, why_more_places="念のため")
    assert SeatPool.objects.get().capacity == 2


def test_walk_ins_wait_for_the_day(session, officer, now):
    with pytest.raises(refusals.SessionNotStarted):
        _walk_in(session, officer, now)
    assert Application.objects.count() == 0


# -- heads


def test_heads_are_counted_where_nobody_applies(session, officer, begins, run):
    with pytest.raises(refusals.CountedByList):
        note_head_count(session=session, number=3, by=officer, at=begins)
    run.selection_mode = SelectionMode.OPEN
    run.save()

    note_head_count(session=session, number=3, by=officer, at=begins)
    assert note_head_count(session=session, more=1, by=officer, at=begins) == 4
    assert note_head_count(session=session, more=-9, by=officer, at=begins) == 0
    assert HeadCount.objects.get().recorded_by == officer


# -- told beforehand, and one's own record


def test_an_absence_is_told_and_taken_back_until_it_begins(
    session, hanakos, person, begins, now
):
    def tell(absent, at):
        tell_absence(application=hanakos, session=session, absent=absent, by=None, at=at)

    tell([person.pk], now)
    assert absences_told(own_record([hanakos])) == {session.pk: {person.pk}}
    tell([], begins - MINUTE)
    assert absences_told(own_record([hanakos])) == {}
    with pytest.raises(refusals.TooLateToTell):
        tell([person.pk], begins)


def test_nobody_tells_the_absence_of_others(session, hanakos, taro, now):
    with pytest.raises(refusals.NotOnTheList):
        tell_absence(
            application=hanakos, session=session, absent=[taro.pk], by=None, at=now
        )


@pytest.mark.parametrize("sessions", [1, 3])
def test_ones_own_record_is_one_query(
    run, session, hanakos, person, officer, begins, sessions, django_assert_num_queries
):
    held = [session, *(SessionFactory(run=run, number=n) for n in (2, 3))][:sessions]
    for one in held:
        marks = {person.pk: Status.LATE}
        record_attendance(session=one, marks=marks, by=officer, at=one.ends_at)

    with django_assert_num_queries(1):
        record = own_record([hanakos])
        words = [(line.session.number, str(line.words)) for line in record]
    assert sorted(words) == [(n, "途中から参加しました") for n in range(1, sessions + 1)]
