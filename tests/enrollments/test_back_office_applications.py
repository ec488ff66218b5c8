"""The list of applications, one application, and ending it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog
from enrollments.domain.applying import apply_for_seat
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Application, Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import NOON, CourseRunFactory, SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def officer(client, department):
    user = officer_of(department)
    client.force_login(user)
    return user


@pytest.fixture
def people(run, now) -> list[Application]:
    """Two with places, one waiting."""
    wishes = [(HANAKO, "0420-11-1111"), (TARO, "0420-22-2222"), (JIRO, "0420-33-3333")]
    return [
        apply_for_seat(run=run, request=request_by(who, phone=phone), by=None, at=now)
        for who, phone in wishes
    ]


def _names(response) -> list[str]:
    return [application.family_name for application in response.context["page_obj"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["山田", "佐藤", "田中"]),
        ({"state": "waiting"}, ["田中"]),
        ({"state": "nonsense"}, ["山田", "佐藤", "田中"]),
        ({"q": "佐藤"}, ["佐藤"]),
        ({"q": "佐藤太郎"}, ["佐藤"]),
        ({"q": "さとう たろう"}, ["佐藤"]),
        ({"q": "ｻﾄｳ"}, ["佐藤"]),
        ({"q": "0420-33"}, ["田中"]),
        ({"q": "０４２０３３３３３３"}, ["田中"]),
        ({"q": "いない"}, []),
        ({"q": "佐藤", "state": "waiting"}, []),
        ({"p": "99"}, ["山田", "佐藤", "田中"]),
    ],
)
def test_applications_are_found(client, officer, run, people, query, names):
    ask = client.post if "q" in query else client.get
    response = ask(reverse("manage_applications", args=[run.code]), query)

    assert _names(response) == names


def test_names_searched_for_stand_in_no_address(client, officer, run, people):
    address = reverse("manage_applications", args=[run.code])

    assert _names(client.get(address, {"q": "佐藤"})) == ["山田", "佐藤", "田中"]
    assert 'method="post"' in client.get(address).content.decode()
    moved_on = client.post(address, {"q": "", "state": "waiting"})
    assert moved_on.url == f"{address}?state=waiting"


def test_application_is_found_by_its_receipt_number(client, officer, run, people):
    address = reverse("manage_applications", args=[run.code])

    response = client.post(address, {"q": people[1].receipt_number})
    assert _names(response) == ["佐藤"]


def test_list_shows_fifty_to_a_page(client, officer, run, now):
    run.pools.update(capacity=60)
    for number in range(51):
        request = request_by(HANAKO, email=f"person{number}@example.jp")
        apply_for_seat(run=run, request=request, by=None, at=now)
    address = reverse("manage_applications", args=[run.code])

    first, second = client.get(address), client.get(address, {"p": 2})
    assert (len(first.context["page_obj"]), len(second.context["page_obj"])) == (50, 1)
    assert AccessLog.objects.values_list("people", flat=True).order_by("pk")[0] == 50


def test_list_and_messages_ask_as_often_for_three_as_for_one(
    client, officer, department, now
):
    counted = {"list": [], "messages": []}
    for people in ((HANAKO,), (HANAKO, TARO, JIRO)):
        run = CourseRunFactory(course__department=department)
        SeatPoolFactory(run=run, capacity=10)
        for person in people:
            apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        addresses = {
            "list": reverse("manage_applications", args=[run.code]),
            "messages": reverse("manage_messages") + "?state=pending",
        }
        for name, address in addresses.items():
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counted[name].append(len(queries))
    assert counted["list"][0] == counted["list"][1]
    assert counted["messages"][0] == counted["messages"][1]


def test_one_application_shows_its_record(client, officer, run, people):
    response = client.get(reverse("manage_application", args=[people[2].pk]))

    html = response.content.decode()
    assert "田中 次郎（タナカ ジロウ）" in html
    assert "キャンセル待ち 1番" in html
    assert [row.to_state for row in response.context["transitions"]] == [
        State.RECEIVED,
        State.WAITING,
    ]
    assert [message.kind for message in response.context["sent"]] == [MessageKind.WAITING]
    assert AccessLog.objects.get().subject == f"申込み {people[2].receipt_number}"


def test_officer_is_told_who_moves_up(client, officer, run, people):
    seated = client.get(reverse("manage_application", args=[people[0].pk]))
    waiting = client.get(reverse("manage_application", args=[people[2].pk]))

    assert "田中 次郎 さん" in seated.content.decode()
    assert "から順に繰り上がり" not in waiting.content.decode()


@pytest.mark.parametrize(
    ("action", "state", "told"),
    [
        ("withdraw", State.WITHDRAWN, [MessageKind.WITHDRAWN]),
        ("cancel", State.CANCELLED, [MessageKind.CANCELLED]),
        ("void", State.VOID, []),
    ],
)
def test_application_is_ended_with_a_reason(
    client, officer, run, people, action, state, told
):
    before = set(Notification.objects.values_list("pk", flat=True))
    address = reverse("manage_application", args=[people[0].pk])
    response = client.post(address, {"action": action, "reason": "電話でのお申し出"})

    assert response.status_code == 302
    people[0].refresh_from_db()
    people[2].refresh_from_db()
    last = people[0].transitions.last()
    assert (people[0].state, people[2].state) == (state, State.OFFERED)
    assert (last.by, last.why) == (officer, "電話でのお申し出")
    new = Notification.objects.exclude(pk__in=before).filter(application=people[0])
    assert list(new.values_list("kind", flat=True)) == told


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"action": "cancel", "reason": ""}, 422),
        ({"action": "cancel", "reason": "　"}, 422),
        ({"action": "accept", "reason": "理由"}, 409),
        ({"reason": "理由"}, 409),
    ],
)
def test_unclear_ending_changes_nothing(client, officer, run, people, data, status):
    address = reverse("manage_application", args=[people[0].pk])

    assert client.post(address, data).status_code == status
    people[0].refresh_from_db()
    assert people[0].state == State.ACCEPTED


def test_ending_twice_is_refused_with_a_sentence(client, officer, run, people):
    address = reverse("manage_application", args=[people[0].pk])
    data = {"action": "cancel", "reason": "理由"}
    client.post(address, data)

    response = client.post(address, data)
    assert response.status_code == 409
    assert "すでに変わっています" in response.content.decode()


def test_nothing_can_be_ended_once_it_has_ended(client, officer, run, people):
    address = reverse("manage_application", args=[people[0].pk])
    client.post(address, {"action": "void", "reason": "入力の誤り"})

    assert 'name="action"' not in client.get(address).content.decode()


def test_pages_with_people_are_not_kept_by_browsers(client, officer, run, people):
    for name, key in (
        ("manage_applications", run.code),
        ("manage_application", people[0].pk),
        ("manage_completion", run.code),
        ("manage_attendance", run.sessions.get().pk),
    ):
        response = client.get(reverse(name, args=[key]))
        assert "no-store" in response.headers["Cache-Control"], name


def test_run_overview_counts_and_leads_to_the_lists(client, officer, run, people, now):
    apply_for_seat(run=run, request=request_by(KEIKO), by=None, at=now)
    response = client.get(reverse("manage_run", args=[run.code]))

    assert response.context["counts"] == [
        ("accepted", "受講決定", 2),
        ("waiting", "キャンセル待ち", 2),
    ]
    html = response.content.decode()
    assert "決定 2 / 定員 2" in html
    assert "?state=waiting" in html
    assert [milestone.words for milestone in response.context["milestones"]][-2:] == [
        "申込締切",
        "第1回",
    ]


def test_list_of_runs_asks_as_often_for_three_as_for_one(client, officer, department):
    counted = []
    for number in (1, 3):
        for each in range(number):
            run = CourseRunFactory(course__department=department, label=str(each))
            SeatPoolFactory(run=run)
        client.get(reverse("manage_runs"), {"when": "all"})
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("manage_runs"), {"when": "all"})
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, ["2026-7001", "2026-7003"]),
        ({"when": "past"}, ["2026-7002"]),
        ({"when": "all"}, ["2026-7003", "2026-7001", "2026-7002"]),
        ({"q": "7002", "when": "all"}, []),
        ({"q": "2026-7002", "when": "all"}, ["2026-7002"]),
        ({"q": "会計", "when": "all"}, ["2026-7003"]),
        ({"when": "nonsense"}, ["2026-7001", "2026-7003"]),
    ],
)
def test_runs_are_found(client, officer, department, query, codes):
    for code, days, title in (
        ("2026-7001", 5, "防災"),
        ("2026-7002", -5, "福祉"),
        ("2026-7003", 9, "会計"),
    ):
        run = CourseRunFactory(
            code=code, course__department=department, course__title=title
        )
        SessionFactory(run=run, starts_at=NOON + timedelta(days=days))
    CourseRunFactory(code="2026-8001", course__title="ほかの課")

    lines = client.get(reverse("manage_runs"), query).context["lines"]
    assert [line.run.code for line in lines] == codes
