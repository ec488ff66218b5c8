"""オープンデータに足りない項目: what editors have to add, and where."""

import pytest
import time_machine

from tests.courses.open_data_rows import hall, section
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def own(client):
    from cms.permissions import set_up_roles

    department = section()
    user = StaffProfileFactory(department=department).user
    user.groups.add(set_up_roles()[0])
    client.force_login(user)
    return department


def offered(department, **facts):
    course = CourseFactory(department=department, **facts.pop("course", {}))
    return SessionFactory(run=CourseRunFactory(course=course, **facts))


def test_courses_and_venues_are_listed_with_what_they_lack(client, own):
    offered(own, course={"title": "完全", "title_kana": "カ"}, venue=hall())
    offered(
        own, course={"title": "読みなし"}, venue=hall(name="西館", address="", code="w")
    )

    response = client.get("/manage/open-data/")

    (only,) = response.context["courses"]
    assert (only.course.title, only.sessions) == ("読みなし", 1)
    assert list(only.items) == ["イベント名_カナ", "住所"]
    assert [(v.name, items) for v, items in response.context["venues"]] == [
        ("西館", ["住所"])
    ]
    assert f'href="/manage/courses/{only.course.pk}/"' in response.content.decode()


def test_another_sections_courses_are_a_click_away(client, own):
    offered(section(code="other"), course={"title": "よその講座"}, venue=hall())
    assert client.get("/manage/open-data/").context["courses"] == []
    (other,) = client.get("/manage/open-data/?own=0").context["courses"]
    assert other.course.title == "よその講座"


def test_nothing_missing_is_said(client, own):
    words = client.get("/manage/open-data/").content.decode()
    assert "足りない項目のある講座はありません。" in words


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(client, own, number, django_assert_max_num_queries):
    for _ in range(number):
        offered(own, venue=hall())
    with django_assert_max_num_queries(40) as found:
        client.get("/manage/open-data/")
    counted.setdefault("queries", len(found))
    assert len(found) == counted["queries"]


counted: dict[str, int] = {}
