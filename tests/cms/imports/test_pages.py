"""The pages cost the same for one row and for three; every shape of event list goes
through the back office."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLog
from cms.views import import_steps
from tests.cms.imports.bringing import address, as_csv, planned
from tests.cms.test_manage_import import send
from tests.courses.event_rows import DATA
from tests.factories import CourseFactory, CourseRunFactory, SeatPoolFactory

pytestmark = pytest.mark.django_db
HEADING = ["会場名", "部屋名", "収容人数"]


def brought(client, section, count):
    rows = [[f"第{n}会館", "会議室", "30"] for n in range(count)]
    return planned(client, "venues", as_csv(HEADING, *rows), department=section.pk)


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_plan_costs_the_same_for_one_row_and_three(client, officer, section):
    one, three = brought(client, section, 1), brought(client, section, 3)
    assert queries(client, address(one)) == queries(client, address(three))


def test_start_costs_the_same_for_one_import_and_three(client, officer, section):
    brought(client, section, 1)
    one = queries(client, "/manage/imports/")
    brought(client, section, 1)
    brought(client, section, 2)
    assert queries(client, "/manage/imports/") == one


def test_planning_costs_the_same_for_one_row_and_three(client, officer, section):
    def cost(count):
        with CaptureQueriesContext(connection) as asked:
            brought(client, section, count)
        return len(asked)

    cost(1)
    assert cost(3) == cost(1)


def test_looking_at_people_is_recorded_without_a_name(client, officer, section):
    run = CourseRunFactory(course=CourseFactory(department=section))
    SeatPoolFactory(run=run)
    content = as_csv(
        ["氏名", "フリガナ", "電話"], ["山田 花子", "ヤマダ ハナコ", "0422-60-1111"]
    )
    upload = planned(client, "applications", content, name="山田花子.csv", run=run.pk)
    client.get(address(upload))
    seen = AccessLog.objects.latest("pk")
    assert (seen.subject, seen.people, seen.user) == (
        f"取込み 申込み {run.code}",
        1,
        officer,
    )


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.name)
def test_event_lists_go_through_the_back_office(client, officer, section, path):
    answer = send(client, path.read_bytes(), name=path.name)
    assert answer.status_code == 302, path.name
    page = client.get(answer["Location"])
    done = client.post(
        f"{answer['Location']}apply/", {"seen": page.context["mark"]}, follow=True
    )
    assert done.context["told"]["used"] > 0


@pytest.mark.parametrize(("vendor", "said"), [("sqlite", True), ("postgresql", False)])
def test_that_others_wait_is_said_where_they_do(
    client, officer, section, monkeypatch, vendor, said
):
    monkeypatch.setattr(import_steps, "MANY_TO_WRITE", 1)
    monkeypatch.setattr(import_steps, "VENDOR", vendor)
    words = "ほかの申込みや入力を受け付けられません"
    one, two = brought(client, section, 1), brought(client, section, 2)
    assert words not in client.get(address(one)).content.decode()
    assert (words in client.get(address(two)).content.decode()) is said
