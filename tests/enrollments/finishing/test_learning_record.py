from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AccessLog
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance
from enrollments.domain.audit import differences
from enrollments.domain.completion import record_completion
from enrollments.domain.finishing.learning_record import record_of, record_of_application
from enrollments.domain.finishing.who_reached import who_reached
from enrollments.domain.links import application_token
from enrollments.enums import AttendanceStatus, MilestoneSpan
from enrollments.models import CertificateRegister, Milestone
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    UserFactory,
)
from tests.papers import text_of


@pytest.fixture
def account(hana):
    """Hanako's own, to which the application belongs."""
    user = UserFactory(last_name="山田", first_name="花子")
    hana.application.user = user
    hana.application.save()
    return user


@pytest.fixture
def two_in_a_year(db):
    Milestone.objects.all().delete()
    return Milestone.objects.create(
        name="年間2回", span=MilestoneSpan.FISCAL_YEAR, sessions=2
    )


def test_record_holds_attendance_completion_and_certificate(account, certificate, after):
    record = record_of(account, at=after)

    assert (record.attended, record.completed) == (2, 1)
    (year,) = record.years
    (course,) = year.courses
    assert (year.fiscal_year, year.attended, year.completed) == (2026, 2, 1)
    assert [mark.status for mark in course.marks] == [AttendanceStatus.PRESENT] * 2
    assert course.certificates == [certificate]


def test_record_of_a_stranger_is_empty(account, certificate, after):
    assert record_of(UserFactory(), at=after).years == []


def test_milestones_are_shown_with_the_day(client, account, marked, two_in_a_year):
    client.force_login(account)
    html = client.get(reverse("my_record")).content.decode()
    assert "年間2回" in html
    assert "これまでに2回出席" in html


def test_record_is_taken_along(client, account, certificate):
    client.force_login(account)
    table = client.get(reverse("my_record_file", args=["csv"]))
    lines = table.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("2026,防災入門,山田 花子,1,")
    assert lines[1].endswith("2026-00001")
    paper = client.get(reverse("my_record_file", args=["pdf"]))
    assert "防災入門" in text_of(paper.content)


def test_formulas_in_names_are_harmless(client, account, certificate, run):
    run.course.title = "=1+1"
    run.course.save()
    client.force_login(account)
    table = client.get(reverse("my_record_file", args=["csv"])).content.decode()
    assert "'=1+1" in table


def test_secret_link_shows_the_record_of_its_application_only(
    client, certificate, hana, taro, after
):
    token = application_token(hana.application)
    with time_machine.travel(after, tick=False):
        html = client.get(reverse("application", args=[token])).content.decode()
    assert "2回のうち2回出席。必要は2回です。" in html
    assert "2026-00001" in html
    table = client.get(reverse("application_record", args=[token, "csv"])).content.decode()
    assert "山田 花子" in table
    assert "佐藤" not in table
    assert record_of_application(taro.application, at=after).attended == 1


def test_nothing_recorded_gives_no_file(client, people):
    token = application_token(people[0].application)
    address = reverse("application_record", args=[token, "pdf"])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("courses", [1, 3])
def test_record_takes_the_same_number_of_queries(
    account, completed, officer, now, after, courses, django_assert_num_queries
):
    for _ in range(courses - 1):
        run = CourseRunFactory(
            course=CourseFactory(department=officer.staff_profile.department)
        )
        SeatPoolFactory(run=run)
        session = SessionFactory(run=run, number=1)
        made = apply_for_seat(run=run, request=request_by(HANAKO), by=account, at=now)
        record_attendance(
            session=session,
            marks={made.participants.get().pk: AttendanceStatus.PRESENT},
            by=officer,
            at=session.ends_at,
        )
    with django_assert_num_queries(QUERIES_OF_A_RECORD):
        assert len(record_of(account, at=after).years[0].courses) == courses


QUERIES_OF_A_RECORD = 8


def test_who_reached_a_milestone_is_listed_for_the_section(
    client, department, marked, two_in_a_year, sessions
):
    found = who_reached(2026, section=department)
    assert [(one.name, one.milestone) for one in found] == [("山田 花子", two_in_a_year)]
    assert who_reached(2025, section=department) == []

    client.force_login(officer_of(department))
    html = client.get(reverse("manage_milestones_reached") + "?year=2026").content.decode()
    assert "山田 花子" in html
    assert AccessLog.objects.filter(subject="学びの節目 2026", people=1).exists()


def test_other_sections_do_not_see_who_reached(marked, two_in_a_year):
    stranger = CourseFactory().department
    assert who_reached(2026, section=stranger) == []


def test_audit_finds_nothing_and_then_a_number_too_many(certificate):
    assert [line for line in differences() if "修了" in line] == []
    CertificateRegister.objects.update(last_serial=5)
    assert [line for line in differences() if "修了" in line] == [
        "修了証 2026年度: 台帳の最後の番号と合わない"
    ]


def test_completion_before_the_end_is_of_the_day(run, marked, hana, officer, sessions):
    at = sessions[0].ends_at + timedelta(hours=1)
    record_completion(run=run, participants=[hana.pk], by=officer, at=at, why="x")
    assert hana.completion.completed_on == at.date()
