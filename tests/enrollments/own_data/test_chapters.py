"""What is kept of one person, and of nobody else."""

import pytest
from allauth.account.models import EmailAddress

from accounts.domain.own_data import Whose, data_of
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.own_data.whose import whose_of
from enrollments.models import Application, Attendance
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db


def told(whose: Whose, key: str) -> list[dict]:
    (found,) = (one.rows for one in data_of(whose) if one.chapter.key == key)
    return [dict(row) for row in found]


def column(whose: Whose, key: str, name: str) -> list:
    return [row[name] for row in told(whose, key)]


def test_application_is_told_with_people_wishes_and_messages(hanako, hers):
    own = Whose(user=hanako)

    assert column(own, "applications", "receipt_number") == [hers.receipt_number]
    assert column(own, "applications", "phone") == ["0420-12-3456"]
    assert column(own, "participants", "name") == ["山田 花子", "田中 次郎"]
    assert column(own, "support", "children") == ["めい 1歳8か月 卵"]
    assert column(own, "application_steps", "state") == ["受付済み", "受講決定"]
    (mail,) = told(own, "messages")
    assert hers.receipt_number in mail["body"]
    assert column(own, "account", "email") == ["hanako@example.jp"]


def test_nobody_elses_rows_are_among_them(hanako, hers, run, now):
    apply_for_seat(run=run, request=request_by(TARO), by=UserFactory(), at=now)
    for one in data_of(Whose(user=hanako)):
        assert "佐藤" not in str(one.rows)


def test_what_somebody_was_marked_is_told(hanako, hers, run, now):
    session, first = run.sessions.get(), hers.participants.first()
    Attendance.objects.create(
        session=session, participant=first, status="present", recorded_at=now
    )
    (row,) = told(Whose(user=hanako), "attendance")
    assert (row["name"], row["status"]) == ("山田 花子", "出席")


@pytest.fixture
def shared_address(hanako):
    return EmailAddress.objects.create(user=hanako, email=hanako.email, verified=True)


@pytest.mark.parametrize(("person", "found"), [(HANAKO, 1), (JIRO, 0)])
def test_of_a_shared_address_only_ones_own_name_counts(
    hanako, shared_address, run, now, person, found
):
    """What was applied for without an account."""
    asked = request_by(person, email=hanako.email)
    apply_for_seat(run=run, request=asked, by=None, at=now)
    assert len(told(Whose(user=hanako), "applications")) == found


def test_fellow_members_whom_a_group_sent_are_nobodys_data(hanako, hers):
    """The organiser who sent them reads of the application, not of the people."""
    Application.objects.update(sends_members=True)
    own = Whose(user=hanako)
    assert column(own, "applications", "receipt_number") == [hers.receipt_number]
    assert told(own, "participants") == []

    hers.participants.filter(position=2).update(user=hanako)
    assert column(own, "participants", "name") == ["田中 次郎"]


def test_without_an_account_the_same_person_is_found_by_name_and_contact(run, now):
    """On paper twice, and somebody else with the same telephone."""
    other = CourseRunFactory(course=run.course)
    SeatPoolFactory(run=other)
    SessionFactory(run=other)
    phone = {"email": "", "phone": "0420-12-3456"}
    first, second, _taro = (
        apply_for_seat(run=where, request=request_by(who, **phone), by=None, at=now)
        for where, who in ((run, HANAKO), (other, HANAKO), (run, TARO))
    )
    numbers = column(whose_of(first), "applications", "receipt_number")
    assert numbers == [first.receipt_number, second.receipt_number]


def test_staff_read_no_words_of_mails_and_none_about_support(hanako, hers):
    theirs = whose_of(hers)
    assert column(theirs, "messages", "body") == [""]
    keys = {one.chapter.key for one in data_of(theirs, with_care=False)}
    assert "support" not in keys
    assert "applications" in keys


def test_everything_takes_the_same_number_of_queries(
    hanako, hers, run, now, django_assert_max_num_queries
):
    taken = []
    for _ in range(3):
        with django_assert_max_num_queries(80) as asked:
            data_of(Whose(user=hanako))
        taken.append(len(asked))
        other = CourseRunFactory(course=run.course)
        SeatPoolFactory(run=other)
        SessionFactory(run=other)
        apply_for_seat(run=other, request=request_by(HANAKO), by=hanako, at=now)
    assert taken[0] == taken[2]
