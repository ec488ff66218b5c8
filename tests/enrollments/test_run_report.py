"""実施報告書: counted numbers, the officer's words, and a paper that names nobody."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from courses.enums import SelectionMode
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance
from enrollments.domain.leaving import withdraw
from enrollments.domain.reporting.age_bands import AgeBand, age_bands, age_on
from enrollments.domain.reporting.numbers import numbers_of
from enrollments.domain.reporting.writing import WrittenMeanwhile, write_report
from enrollments.enums import AttendanceStatus, Channel
from enrollments.models import HeadCount, Participant, RunReport
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import NOON, DepartmentFactory, SessionFactory
from tests.papers import page_sizes, reader, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(department):
    user = officer_of(department)
    user.last_name = "担当"
    user.save()
    return user


def apply(run, person, at, **wishes):
    return apply_for_seat(run=run, request=request_by(person, **wishes), by=None, at=at)


@pytest.fixture
def applied(run, now):
    """Two places: Hanako and Taro have them, Jiro waits, Keiko waited and gave up."""
    people = [apply(run, person, now) for person in (HANAKO, TARO, JIRO, KEIKO)]
    withdraw(application=people[3], by=None, at=now)
    return people


@pytest.mark.parametrize(
    ("birth", "age"), [(date(1990, 12, 5), 36), (date(1990, 12, 6), 35)]
)
def test_age_counts_birthdays(birth, age):
    assert age_on(birth, date(2026, 12, 5)) == age


@pytest.mark.parametrize(
    ("ages", "bands"),
    [
        ([], []),
        ([20, 30, 40, 50], []),
        ([20] * 5, [AgeBand(None, None, 5)]),
        ([20] * 5 + [70] * 5, [AgeBand(None, 30, 5), AgeBand(30, None, 5)]),
        ([20] * 5 + [70] * 4, [AgeBand(None, None, 9)]),
        ([8, 9, 20, 21, 35] + [66] * 6, [AgeBand(None, 40, 5), AgeBand(40, None, 6)]),
        (
            [35] * 5 + [45] * 5 + [95] * 5,
            [AgeBand(None, 40, 5), AgeBand(40, 50, 5), AgeBand(50, None, 5)],
        ),
    ],
)
def test_no_band_tells_of_fewer_than_five(ages, bands):
    assert age_bands(ages) == bands
    assert sum(band.number for band in bands) in (0, len(ages))


def test_numbers_are_counted(run, applied):
    found = numbers_of(run)

    assert (found.applied, found.applied_people) == (4, 4)
    assert (found.accepted, found.accepted_people) == (2, 2)
    assert (found.waited, found.lost, found.gave_up, found.cancelled) == (2, 0, 1, 0)
    assert found.channels == [(Channel.WEB, 4)]
    assert found.ages == []


def test_attendance_is_counted_per_session(run, applied, officer, now):
    first = run.sessions.get()
    second = SessionFactory(run=run, number=2, starts_at=now + timedelta(days=21))
    hanako, taro = (one.participants.get() for one in applied[:2])
    marks = {hanako.pk: AttendanceStatus.ONLINE, taro.pk: AttendanceStatus.ABSENT}
    record_attendance(session=first, marks=marks, by=officer, at=first.starts_at)

    found = numbers_of(run).sessions
    assert [(one.session, one.expected, one.came, one.online) for one in found] == [
        (first, 2, 1, 1),
        (second, 2, None, 0),
    ]


def test_where_nobody_applies_heads_are_counted(run, now):
    run.selection_mode = SelectionMode.OPEN
    run.save()
    HeadCount.objects.create(session=run.sessions.get(), number=48, recorded_at=now)

    assert [one.came for one in numbers_of(run).sessions] == [48]


def test_words_are_saved_with_who_and_when(run, officer, now):
    write_report(
        run=run, reflections="よい話し合い", next_time="", seen=0, by=officer, at=now
    )

    report = RunReport.objects.get()
    assert (report.reflections, report.written_by, report.written_at, report.version) == (
        "よい話し合い",
        officer,
        now,
        1,
    )


def test_an_old_form_undoes_nothing(client, run, officer, now):
    said = {"run": run, "next_time": "", "by": officer, "at": now}
    write_report(reflections="はじめ", seen=0, **said)
    with pytest.raises(WrittenMeanwhile):
        write_report(reflections="あとから", seen=0, **said)

    client.force_login(officer)
    form = {"reflections": "わたしの文章", "next_time": "", "version": "0"}
    answer = client.post(reverse("manage_report", args=[run.code]), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "はじめ" in page
    assert "わたしの文章" in page
    assert 'name="version" value="1"' in page
    assert RunReport.objects.get().reflections == "はじめ"


def test_another_section_writes_nothing(run, now):
    with pytest.raises(NotAllowed):
        write_report(
            run=run,
            reflections="",
            next_time="",
            seen=0,
            by=officer_of(DepartmentFactory()),
            at=now,
        )


def test_officer_writes_and_prints(client, run, officer, applied):
    client.force_login(officer)
    form = {"reflections": "#よい\r\n話し合い", "next_time": "机を減らす", "version": "0"}
    answer = client.post(reverse("manage_report", args=[run.code]), form, follow=True)
    assert "報告書の文章を保存しました" in answer.content.decode()

    with time_machine.travel(NOON, tick=False):
        made = client.get(reverse("manage_report_pdf", args=[run.code])).content
    said = text_of(made)
    for words in ("防災入門", "市民活動推進課", "申込み4件（4人）", "受講決定2件（2人）"):
        assert words in said
    assert "成果とふりかえり#よい話し合い" in said
    assert "次回に向けて机を減らす" in said
    assert "担当" in said  # who printed it
    assert page_sizes(made) == {(210, 297)}
    page = client.get(reverse("manage_report_page", args=[run.code])).content.decode()
    assert "#よい<br>話し合い" in page


def test_report_names_nobody_who_took_part(client, run, officer, applied):
    client.force_login(officer)
    papers = [
        client.get(reverse("manage_report", args=[run.code])).content.decode(),
        client.get(reverse("manage_report_page", args=[run.code])).content.decode(),
        text_of(client.get(reverse("manage_report_pdf", args=[run.code])).content),
    ]

    for paper in papers:
        for name in ("花子", "太郎", "次郎", "恵子"):
            assert f"{name}" not in paper.replace("担当 花子", "").replace("担当花子", "")


def test_ages_are_those_of_people_with_a_place(run, now, applied):
    Participant.objects.update(birth_date=date(1980, 1, 1))
    assert numbers_of(run).ages == []  # two people only


def test_empty_run_has_a_report_of_one_page(client, run, officer):
    run.sessions.all().delete()
    client.force_login(officer)
    made = client.get(reverse("manage_report_pdf", args=[run.code])).content

    assert len(reader(made).pages) == 1
    assert "申込み0件（0人）" in text_of(made)


@pytest.mark.parametrize(
    "name", ["manage_report", "manage_report_page", "manage_report_pdf"]
)
def test_report_is_for_the_own_section(client, run, name):
    address = reverse(name, args=[run.code])
    assert client.get(address).status_code == 302

    other = DepartmentFactory()
    run.course.co_hosts.add(other)
    client.force_login(officer_of(other))
    assert client.get(address).status_code == 403


def test_report_costs_the_same_for_one_and_three(client, run, officer, now):
    run.pools.update(capacity=9)
    client.force_login(officer)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("manage_report_page", args=[run.code]))
        return len(seen)

    apply(run, HANAKO, now)
    cost()
    one = cost()
    for person in (TARO, JIRO):
        apply(run, person, now)
    SessionFactory(run=run, number=2, starts_at=now + timedelta(days=21))
    SessionFactory(run=run, number=3, starts_at=now + timedelta(days=28))
    assert cost() == one
