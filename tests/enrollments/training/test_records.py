"""Training of staff follows from attendance and completion, with hours, per person."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import AccessLog
from cms.permissions import TRAINERS, set_up_roles
from courses.enums import PoolKind
from courses.exchange.exports.source import Scope
from courses.models import Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.training.hours import hours_words
from enrollments.domain.training.records import (
    by_learner,
    own_training,
    places_in,
    trainings,
)
from enrollments.exchange.exports.training import TrainingSource
from enrollments.models import Attendance, Completion, Nomination
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, request_by
from tests.factories import (
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
)


@pytest.fixture
def bosai(db):
    return DepartmentFactory(name="防災課", sort_order=1)


@pytest.fixture
def tax(db):
    return DepartmentFactory(name="税務課", sort_order=2)


@pytest.fixture
def employee(bosai):
    """Hanako of 防災課, number 0042."""
    user = UserFactory(last_name="山田", first_name="花子")
    StaffProfileFactory(user=user, department=bosai, staff_number="0042")
    return user


@pytest.fixture
def places(run, employee, tax, officer, now):
    """Hanako applies herself, Jiro of 税務課 is named, Keiko comes as a citizen."""
    run.pools.update(kind=PoolKind.CITIZENS)
    SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=5)

    def apply(person, by, kind, **wishes):
        wishes = request_by(person, **wishes)
        return apply_for_seat(run=run, request=wishes, by=by, at=now, pool_kind=kind)

    jiro = apply(JIRO, officer, PoolKind.STAFF, department=tax.pk, channel="nomination")
    Nomination.objects.create(application=jiro, staff_number="0007", by=officer, at=now)
    apply(KEIKO, None, PoolKind.CITIZENS)
    return {
        "hanako": apply(HANAKO, employee, PoolKind.STAFF).participants.get(),
        "jiro": jiro.participants.get(),
    }


def _mark(person, session, status="present", **more):
    Attendance.objects.create(
        participant=person,
        session=session,
        status=status,
        recorded_at=session.ends_at,
        **more,
    )


def test_hours_are_those_of_the_sessions_really_attended(run, places, now):
    first = Session.objects.get()
    second = SessionFactory(run=run, number=2, starts_at=now + timedelta(days=21))
    long = SessionFactory(
        run=run,
        number=3,
        starts_at=now + timedelta(days=28),
        ends_at=now + timedelta(days=28, hours=3, minutes=30),
    )
    _mark(places["hanako"], first, "late")
    _mark(places["hanako"], second, "made_up", made_up_in=long)
    _mark(places["hanako"], long, "absent")

    (hanako,) = trainings(places_in(words="0042"))
    assert (hanako.came, hanako.held, hanako.minutes) == (2, 3, 120 + 210)
    assert hanako.hours == "5時間30分"


def test_a_session_of_whole_days_has_no_hours(places):
    Session.objects.update(is_all_day=True)
    _mark(places["hanako"], Session.objects.get())

    (hanako,) = trainings(places_in(words="0042"))
    assert (hanako.came, hanako.minutes) == (1, 0)


def test_citizens_are_not_in_it_and_sections_are_those_of_the_time(
    places, bosai, tax, employee
):
    profile = employee.staff_profile
    profile.department = tax
    profile.save()

    found = [(one.name, one.section, one.staff_number) for one in trainings(places_in())]
    assert found == [("山田 花子", "防災課", "0042"), ("田中 次郎", "税務課", "0007")]
    assert [one.name for one in trainings(places_in(department=tax))] == ["田中 次郎"]


@pytest.mark.parametrize(
    ("words", "number"),
    [("0007", 1), ("7", 0), ("たなか", 1), ("田中　次郎", 0), ("山田", 1), ("", 2)],
)
def test_people_are_found_by_part_of_the_name_or_the_whole_number(places, words, number):
    assert len(trainings(places_in(words=words))) == number


def test_only_the_year_that_was_asked_for(run, places):
    assert len(trainings(places_in(fiscal_year=run.fiscal_year))) == 2
    assert trainings(places_in(fiscal_year=run.fiscal_year - 1)) == []


def test_one_person_is_one_learner_over_runs(places):
    (hanako,) = trainings(places_in(words="0042"))
    learners = by_learner([hanako, hanako])

    assert [(one.name, len(one.runs)) for one in learners] == [("山田 花子", 2)]


def test_reading_costs_the_same_for_one_and_two(places, django_assert_num_queries):
    for person in places.values():
        _mark(person, Session.objects.get())
    with django_assert_num_queries(4):
        trainings(places_in(words="0042"))
    with django_assert_num_queries(4):
        trainings(places_in())


def test_ones_own_holds_nobody_elses(places, employee, officer):
    _mark(places["hanako"], Session.objects.get())

    assert [one.hours for one in own_training(employee)] == ["2時間"]
    assert own_training(officer) == []


def test_the_list_that_leaves_keeps_the_zeros(places, now, tax):
    Completion.objects.create(
        participant=places["jiro"],
        completed_on=now.date(),
        sessions_attended=1,
        recorded_at=now,
    )
    source = TrainingSource(Scope(at=now, department=tax, fiscal_year=2026))
    columns = {one.name: one for one in source.columns(sensitive=False, support=False)}
    (row,) = source.read(source.keys())

    assert columns["staff_number"].take(row) == "0007"
    assert columns["completed_on"].take(row) == now.date()
    assert source.about_people


def test_hours_in_words():
    assert [hours_words(one) for one in (0, 45, 120, 150)] == [
        "0分",
        "45分",
        "2時間",
        "2時間30分",
    ]


@pytest.fixture
def personnel(tax):
    set_up_roles()
    user = StaffProfileFactory(department=tax).user
    user.groups.add(Group.objects.get(name=TRAINERS))
    return user


def test_personnel_see_every_section_and_it_is_written_down(
    client, places, personnel, time_machine, now
):
    time_machine.move_to(now)
    client.force_login(personnel)
    html = client.get(reverse("manage_training")).content.decode()

    assert "0042" in html
    assert "0007" in html
    assert AccessLog.objects.get(subject="研修の記録").people == 2
    export = client.get(reverse("manage_export", args=["training"]))
    assert "職員番号" in export.content.decode()


@pytest.mark.parametrize("who", ["anonymous", "resident", "officer"])
def test_nobody_else_sees_it(client, places, department, who):
    if who == "resident":
        client.force_login(UserFactory())
    if who == "officer":
        client.force_login(officer_of(department))
    expected = 302 if who == "anonymous" else 403

    assert client.get(reverse("manage_training")).status_code == expected
    export = client.get(reverse("manage_export", args=["training"]))
    assert export.status_code == expected


def test_the_own_page_is_for_those_who_work_here(client, places, employee):
    client.force_login(employee)
    page = client.get(reverse("my_training"))
    assert "防災入門" in page.content.decode()
    assert reverse("my_training") in client.get(reverse("my_page")).content.decode()

    client.force_login(UserFactory())
    assert client.get(reverse("my_training")).status_code == 404
