"""Sessions by a rule, in the one form: looked at, taken over, saved."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import User
from cms.permissions import set_up_roles
from courses.models import ClosingDay, Course, Session
from tests.cms.manage_forms import course_data, rows, run_data
from tests.factories import (
    CourseFactory,
    DepartmentFactory,
    RoomFactory,
    StaffProfileFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
NEW = "/manage/courses/new/"
RULE = {
    "repeat-every": "week",
    "repeat-first_day": "2026-12-22",
    "repeat-count": "3",
    "repeat-begins": "10:00",
    "repeat-ends": "12:00",
}
DATES = ["2026-12-22", "2027-01-05", "2027-01-12"]


@pytest.fixture
def officer(site, client) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=DepartmentFactory(code="ours")).user
    user.groups.add(officers)
    client.force_login(user)
    ClosingDay.objects.get_or_create(
        name="年末年始",
        defaults={
            "first_day": date(2026, 12, 29),
            "last_day": date(2027, 1, 3),
            "is_yearly": True,
        },
    )
    return user


@pytest.fixture
def department(officer):
    return officer.staff_profile.department


def _data(department, **changes: str) -> dict[str, str]:
    """Without a row of its own."""
    return course_data(department) | rows(("", "", "")) | RULE | changes


def _days() -> list[str]:
    starts = Session.objects.order_by("number").values_list("starts_at", flat=True)
    return [f"{timezone.localdate(start)}" for start in starts]


def test_dates_are_shown_before_they_become_rows(client, department):
    response = client.post(NEW, _data(department, step="look"))

    page = response.content.decode()
    assert response.status_code == 200
    assert "3回の日程になります。" in page
    assert "<li>12月29日（火） 年末年始</li>" in page
    assert 'value="はじめての会計"' in page
    assert 'name="repeat-first_day" value="2026-12-22"' in page
    assert 'value="2027-01-05"' not in page
    assert "この項目は必須です。" not in page
    assert Course.objects.count() == 0


def test_dates_become_rows_beside_what_was_typed(client, department):
    data = course_data(department, ("2026-12-05", "10:00", "12:00")) | RULE
    data |= {"step": "add", "repeat-title": "演習", "facts-title": ""}

    response = client.post(NEW, data)

    shown = response.context["sessions"]
    assert response.status_code == 200
    assert [row["day"].value() for row in shown] == ["2026-12-05", *DATES]
    assert [row["title"].value() for row in shown] == ["", "演習", "演習", "演習"]
    assert response.context["repeat"]["first_day"].value() is None
    assert Course.objects.count() == 0


def test_draft_takes_the_rule_as_it_is(client, department):
    response = client.post(NEW, _data(department))

    assert response.status_code == 302
    assert _days() == DATES


def test_same_rule_sent_twice_makes_one_course(client, department):
    data = _data(department)
    client.post(NEW, data)
    client.post(NEW, data)

    assert (Course.objects.count(), _days()) == (1, DATES)


def test_dates_are_looked_at_before_they_are_public(client, department):
    data = _data(department, step="publish")

    asked = client.post(NEW, data)

    assert (asked.status_code, Course.objects.count()) == (200, 0)
    assert "日付を確かめて、もう一度保存してください。" in asked.content.decode()
    shown = [(row["day"].value(), "10:00", "12:00") for row in asked.context["sessions"]]
    client.post(NEW, data | rows(*shown) | {"repeat-first_day": ""})
    assert _days() == DATES
    assert Course.objects.get().is_public


def test_run_of_a_public_course_shows_the_dates_first(client, officer, department):
    course = CourseFactory(department=department)
    address = f"/manage/courses/{course.pk}/runs/new/"
    data = run_data() | rows(("", "", "")) | RULE
    data |= {"step": "save", "form_key": "4d6a2f5e-9d0c-4f0a-8a57-0d6d3f1f7a11"}

    response = client.post(address, data)

    assert (response.status_code, course.runs.count()) == (200, 0)


def test_closing_days_are_those_of_the_chosen_room(client, department):
    closed = RoomFactory(venue=VenueFactory(closed_weekdays="2"))
    data = _data(department, **{"repeat-room": str(closed.pk), "repeat-weekdays": "1"})

    page = client.post(NEW, data | {"step": "look"}).content.decode()

    assert "会場の休館日（火曜日）" in page
    assert "決めた回数になりませんでした" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"repeat-count": ""}, "count"),
        ({"repeat-count": "101"}, "count"),
        ({"repeat-last_day": "2026-12-01"}, "last_day"),
        ({"repeat-every": "month"}, "weeks"),
        ({"repeat-begins": ""}, "begins"),
        ({"repeat-ends": "09:00"}, "ends"),
        ({"repeat-first_day": "あした"}, "first_day"),
        ({"repeat-first_day": "9999-12-31"}, "first_day"),
        ({"repeat-room": "0"}, "room"),
    ],
)
@pytest.mark.parametrize("step", ["look", "add", "draft"])
def test_rule_that_cannot_be_followed_is_shown_at_its_field(
    client, department, changes, field, step
):
    response = client.post(NEW, _data(department, step=step) | changes)

    assert response.status_code == 422
    assert field in response.context["repeat"].errors
    assert f'href="#id_repeat-{field}' in response.content.decode()
    assert Course.objects.count() == 0


def test_rule_without_a_first_day_is_left_alone(client, department):
    data = course_data(department) | {"repeat-every": "week", "repeat-count": "5"}

    assert client.post(NEW, data).status_code == 302
    assert _days() == ["2026-12-05"]


def test_run_holds_a_hundred_sessions_and_no_more(client, department):
    there = [("2026-12-05", "10:00", "12:00")] * 98
    data = course_data(department, *there) | RULE | {"step": "add"}

    response = client.post(NEW, data)

    assert response.status_code == 422
    assert response.context["repeat"].errors["count"] == [
        "一つの開催に入れられるのは100回までです。"
    ]
