"""The door on a phone: plain forms, marks from devices, who may open it."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from accounts.models import AccessLog
from courses.enums import SelectionMode
from courses.models import Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.door_numbers import number_now, open_door
from enrollments.domain.links import application_token
from enrollments.models import (
    Application,
    Attendance,
    AttendanceMark,
    DoorKey,
    HeadCount,
)
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def people(run, now):
    """Hanako and Taro have places; Jiro waits."""
    for person in (HANAKO, TARO, JIRO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
    found = run.applications.order_by("pk")
    return [application.participants.get() for application in found]


@pytest.fixture
def at_the_door(client, department, session, people):
    cache.clear()
    user = officer_of(department)
    with time_machine.travel(session.starts_at, tick=False):
        client.force_login(user)
        yield user


def _at(name: str, session, *more) -> str:
    return reverse(name, args=[session.pk, *more])


def _stands() -> dict[str, str]:
    return dict(Attendance.objects.values_list("participant__given_name", "status"))


def test_door_shows_everybody_and_leaves_a_line(client, at_the_door, session, people):
    html = client.get(_at("door", session)).content.decode()

    assert html.index("佐藤 太郎") < html.index("山田 花子")
    assert "田中" not in html
    assert '<span id="door-came">0</span>' in html
    assert AccessLog.objects.get().people == 2


def test_people_are_searched_without_a_script(client, at_the_door, session, people):
    html = client.get(_at("door", session), {"q": "やま"}).content.decode()

    assert "山田 花子" in html
    assert "佐藤" not in html


def test_one_tap_without_a_script_is_a_form(client, at_the_door, session, people):
    hanako = people[0]
    response = client.post(
        _at("door_mark", session), {"mark": f"{hanako.pk}:present:", "q": "やま"}
    )

    assert response.url.endswith(f"#p{hanako.pk}")
    assert "?q=" in response.url
    assert _stands() == {"花子": "present"}
    assert AttendanceMark.objects.get().source == "door"


def test_menu_of_a_person_shows_what_happened(client, at_the_door, session, people):
    client.post(_at("door_mark", session), {"mark": f"{people[0].pk}:late:"})

    html = client.get(_at("door_person", session, people[0].pk)).content.decode()
    assert "いまの記録: <strong>遅刻</strong>" in html
    assert client.get(_at("door_person", session, people[2].pk)).status_code == 404


@pytest.mark.parametrize("mark", ["", "x:present:", "1:dancing:", "²:present:"])
def test_nonsense_marks_nobody(client, at_the_door, session, people, mark):
    assert client.post(_at("door_mark", session), {"mark": mark}).status_code == 302
    assert _stands() == {}


def test_different_marks_are_shown_and_decided(client, at_the_door, session, people):
    hanako = people[0].pk
    client.post(_at("door_mark", session), {"mark": f"{hanako}:late:"})
    client.post(_at("door_mark", session), {"mark": f"{hanako}:present:"})

    html = client.get(_at("door", session)).content.decode()
    assert "くいちがう記録 1件" in html
    assert "遅刻のままにする" in html
    assert "出席にする" in html
    assert (
        "くいちがう記録" in client.get(_at("manage_attendance", session)).content.decode()
    )
    clash = AttendanceMark.objects.get(outcome="clash")
    client.post(_at("door_clash", session, clash.pk), {"take": "1"})
    assert _stands() == {"花子": "present"}
    assert "くいちがう記録 1件" not in client.get(_at("door", session)).content.decode()


@pytest.mark.parametrize("name", ["door", "door_marks", "door_walk_in", "door_wall"])
def test_only_the_section_opens_the_door(client, session, people, name):
    address = _at(name, session)
    assert client.get(address).url.startswith(reverse("account_login"))
    assert client.get(address, **JSON).status_code == 401
    for user in (officer_of(DepartmentFactory(code="other")), UserFactory()):
        client.force_login(user)
        assert client.get(address).status_code == 403


def test_only_the_door_may_use_the_camera(client, at_the_door, session):
    def policy(address):
        return client.get(address)["Permissions-Policy"]

    door = client.get(_at("door", session))
    assert "camera=(self)" in door["Permissions-Policy"]
    assert "'unsafe-inline'" not in door["Content-Security-Policy"]
    assert "camera=()" in policy(_at("door_wall", session))
    assert "camera=()" in policy(_at("manage_attendance", session))


# -- marks from a device


def _sent(session, *marks) -> str:
    at = session.starts_at.isoformat()
    wanted = [
        {
            "key": str(key),
            "person": str(person.pk),
            "status": status,
            "seen": seen,
            "source": "door",
            "at": at,
        }
        for key, person, status, seen in marks
    ]
    return json.dumps({"sent_at": at, "marks": wanted})


def _send(client, session, body):
    return client.post(
        _at("door_marks", session), body, content_type="application/json", **JSON
    )


def test_marks_sent_twice_count_once(client, at_the_door, session, people):
    hanako, taro, jiro = people
    body = _sent(
        session,
        (uuid4(), hanako, "present", ""),
        (uuid4(), hanako, "late", "present"),
        (uuid4(), taro, "present", ""),
        (uuid4(), jiro, "present", ""),
    )
    for _each in range(2):
        answer = _send(client, session, body).json()

    assert [one["outcome"] for one in answer["results"]] == [
        "applied",
        "applied",
        "applied",
        "unknown",
    ]
    assert answer["marks"] == {str(hanako.pk): "late", str(taro.pk): "present"}
    assert AttendanceMark.objects.count() == 3


def test_the_state_tells_no_names(client, at_the_door, session, people):
    answer = client.get(_at("door_marks", session), **JSON)

    assert set(answer.json()) == {"results", "marks", "clashes", "at", "token"}
    assert "山田" not in answer.content.decode()
    assert "ヤマダ" not in answer.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"sent_at": "x", "marks": 3}',
        '{"sent_at": null, "marks": []}',
        '{"sent_at": "x", "marks": [{}]}',
        '{"sent_at": "2026-01-01", "marks": ["x"]}',
        "\x00",
    ],
)
def test_damaged_marks_are_refused(client, at_the_door, session, people, body):
    assert _send(client, session, body).status_code == 400


def test_marks_of_a_cancelled_session_are_kept_on_the_device(
    client, at_the_door, session, people
):
    session.state = "cancelled"
    session.save()
    answer = _send(client, session, _sent(session, (uuid4(), people[0], "present", "")))

    assert answer.status_code == 409
    assert "中止" in answer.json()["refusal"]
    assert answer.json()["never"] is True


def test_marks_before_the_day_are_not_given_up(client, at_the_door, session, people):
    Session.objects.update(
        starts_at=session.starts_at + timedelta(days=2),
        ends_at=session.ends_at + timedelta(days=2),
    )
    answer = _send(client, session, _sent(session, (uuid4(), people[0], "present", "")))

    assert (answer.status_code, answer.json()["never"]) == (409, False)


def test_the_door_asks_no_more_for_more_people(
    client, at_the_door, session, people, run, now, django_assert_num_queries
):
    run.pools.update(capacity=9)
    with django_assert_num_queries(15) as few:
        client.get(_at("door", session))
    apply_for_seat(run=run, request=request_by(KEIKO), by=None, at=now)
    with django_assert_num_queries(len(few)):
        client.get(_at("door", session))


# -- codes, walk-ins, heads


def test_a_typed_code_lets_in(client, at_the_door, session, people):
    page = client.post(
        _at("door_code", session), {"code": people[0].door_code.lower()}, follow=True
    )

    assert "受付しました" in page.content.decode()
    assert _stands() == {"花子": "present"}


def test_a_scanned_code_is_answered_in_words(client, at_the_door, session, people):
    def scan(code):
        return client.post(_at("door_code", session), {"code": code}, **JSON).json()

    assert scan(people[0].door_code) == {
        "answer": "came",
        "words": "受付しました",
        "name": "山田 花子",
        "person": people[0].pk,
    }
    assert scan(people[0].door_code)["answer"] == "already"
    assert scan(people[2].door_code)["words"].endswith("（キャンセル待ち）")
    assert scan("ZZZZ") == {"answer": "unknown", "words": "見つからない番号です"}


def _walk_in(**more) -> dict[str, str]:
    names = {
        "family_name": "高橋",
        "given_name": "恵子",
        "family_name_kana": "たかはし",
        "given_name_kana": "けいこ",
    }
    return {**names, "key": str(uuid4()), **more}


def test_a_walk_in_when_full_needs_a_reason_and_one_press(
    client, at_the_door, session, people, pool
):
    address = _at("door_walk_in", session)
    form = _walk_in()
    refused = client.post(address, form)

    assert refused.status_code == 409
    assert "定員を1人増やして受け付ける" in refused.content.decode()
    client.post(address, {**form, "why_more_places": "椅子があるため"})
    pool.refresh_from_db()
    assert (pool.capacity, pool.seats_taken) == (3, 3)
    assert _stands() == {"恵子": "present"}


def test_heads_are_counted_with_big_buttons(client, at_the_door, session, run):
    run.selection_mode = SelectionMode.OPEN
    run.save()
    for more in ("1", "1", "-1", "x"):
        client.post(_at("door_heads", session), {"more": more, "number": "5"})

    assert HeadCount.objects.get().number == 5
    assert "来場者数" in client.get(_at("door", session)).content.decode()


# -- the wall, and what participants do themselves


def test_the_wall_shows_a_number_and_no_name(client, at_the_door, session, people):
    assert "いま出していません" in client.get(_at("door_wall", session)).content.decode()
    client.post(_at("door_key", session), {"open": "1"})

    page = client.get(_at("door_wall", session))
    number = number_now(DoorKey.objects.get(), at=session.starts_at)
    assert page.context["number"] == number
    assert page.context["address"].endswith(f"/here/{session.key}/?n={number}")
    assert "山田" not in page.content.decode()
    client.post(_at("door_key", session), {"open": "0"})
    assert client.get(_at("door_wall", session)).context["number"] == ""


def _number(session, officer) -> str:
    key = open_door(session=session, by=officer, at=session.starts_at)
    return number_now(key, at=session.starts_at)


def test_the_number_is_typed_on_ones_own_page(client, at_the_door, session, people):
    number = _number(session, at_the_door)
    application = people[0].application
    token = application_token(application)
    client.logout()
    page = client.get(reverse("application", args=[token])).content.decode()
    assert "会場の番号で受付する" in page

    address = reverse("application_here", args=[token, session.pk])
    wrong = client.post(address, {"number": "1", "person": people[0].pk}, follow=True)
    assert "番号がちがいます" in wrong.content.decode()
    right = client.post(address, {"number": number, "person": people[0].pk}, follow=True)
    assert "出席を記録しました" in right.content.decode()
    assert "参加しました" in right.content.decode()


def test_the_walls_code_leads_to_the_receipts_number(client, at_the_door, session, people):
    number = _number(session, at_the_door)
    client.logout()
    address = reverse("here", args=[session.key])
    assert f'value="{number}"' in client.get(address, {"n": number}).content.decode()

    def note(code):
        return client.post(address, {"number": number, "code": code})

    assert note("").status_code == 409
    assert note(people[2].door_code).status_code == 409
    assert "お席へどうぞ" in note(people[0].door_code).content.decode()
    assert _stands() == {"花子": "present"}


def test_whoever_is_signed_in_types_nothing(client, at_the_door, session, run, people):
    number = _number(session, at_the_door)
    hanako = UserFactory()
    Application.objects.filter(pk=people[0].application_id).update(user=hanako)
    client.force_login(hanako)
    address = reverse("here", args=[session.key])

    page = client.post(address, {"number": number, "person": people[1].pk})
    assert page.status_code == 409
    page = client.post(address, {"number": number, "person": people[0].pk})
    assert "お席へどうぞ" in page.content.decode()
    assert AttendanceMark.objects.get().recorded_by == hanako


def test_an_absence_is_told_on_ones_own_page(client, session, people, now):
    token = application_token(people[0].application)
    address = reverse("application_absence", args=[token, session.pk])
    page = reverse("application", args=[token])
    with time_machine.travel(now, tick=False):
        assert "欠席を知らせる" in client.get(page).content.decode()
        told = client.post(address, {"absent": people[0].pk}, follow=True)
        assert "欠席のご連絡を受け付けました" in told.content.decode()
        assert _stands() == {"花子": "excused"}
        client.post(address, {})
        assert _stands() == {}
    with time_machine.travel(session.starts_at + timedelta(minutes=1), tick=False):
        late = client.post(address, {"absent": people[0].pk}, follow=True)
    assert "もう始まっています" in late.content.decode()
    assert _stands() == {}


def test_the_worker_belongs_to_the_door(client):
    answer = client.get(reverse("door_worker"))

    assert answer["Content-Type"] == "text/javascript"
    assert reverse("door", args=[1]).startswith(reverse("door_worker").rpartition("/")[0])
