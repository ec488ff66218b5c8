"""The page on which organisers apply for several members."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import PoolKind
from courses.models import CourseRun
from enrollments.models import Application
from learning_paths.domain.following import follow_path
from tests.factories import (
    NOON,
    CourseRunFactory,
    MembershipFactory,
    PathFactory,
    SeatPoolFactory,
    SessionFactory,
    StepFactory,
)

PAGE = "/groups/midori/apply/river-1/"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def run(db):
    run = CourseRunFactory(code="river-1")
    SeatPoolFactory(run=run, kind=PoolKind.GROUPS, capacity=2)
    SeatPoolFactory(run=run, kind=PoolKind.GENERAL, capacity=9)
    SessionFactory(run=run, number=1)
    return run


def _text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def _typed(*members, **more):
    return {
        "members": [one.pk for one in members],
        "family_name": "高橋",
        "given_name": "恵子",
        "family_name_kana": "タカハシ",
        "given_name_kana": "ケイコ",
        "email": "keiko@example.jp",
        **more,
    }


@pytest.mark.usefixtures("run")
def test_organiser_sends_two_members(leader, coordinator, member, as_user, keiko):
    client = as_user(keiko)
    page = _text(client.get(PAGE))
    assert "山田 花子 会員" in page
    assert "団体の枠に申し込みます。 残り2名" in page

    response = client.post(PAGE, _typed(coordinator, member))
    assert response.status_code == 302
    application = Application.objects.get()
    assert response["Location"].startswith("/applications/")
    assert (application.seats, application.pool.kind) == (2, "groups")
    assert "山田 花子 会員 申込み済み" in _text(client.get(PAGE))


@pytest.mark.usefixtures("run")
def test_nobody_chosen_is_said_at_the_field(leader, as_user, keiko):
    response = as_user(keiko).post(PAGE, _typed())

    assert response.status_code == 422
    assert "参加する会員を一人以上えらんでください。" in _text(response)


@pytest.mark.usefixtures("run")
def test_refusal_keeps_what_was_typed(leader, member, as_user, keiko):
    client = as_user(keiko)
    client.post(PAGE, _typed(member, message="一"))
    response = client.post(PAGE, _typed(leader, member, message="よろしく"))
    assert response.status_code == 422
    assert "よろしく" in response.content.decode()


@pytest.mark.usefixtures("run", "leader", "member", "coordinator")
def test_only_organisers_open_the_page(client, as_user, hanako, taro, jiro):
    assert client.get(PAGE).status_code == 302
    assert as_user(taro).get(PAGE).status_code == 404
    assert as_user(hanako).get(PAGE).status_code == 403
    assert as_user(hanako).post(PAGE, {}).status_code == 403
    assert as_user(jiro).get(PAGE).status_code == 200
    assert as_user(jiro).get("/groups/midori/apply/none/").status_code == 404


@pytest.mark.usefixtures("run")
def test_page_asks_no_more_for_three_members(group, leader, as_user, keiko):
    client = as_user(keiko)
    client.get(PAGE)
    counts = []
    for _again in range(2):
        with CaptureQueriesContext(connection) as made:
            client.get(PAGE)
        counts.append(len(made))
        for _number in range(3):
            MembershipFactory(group=group)
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("run")
def test_more_members_than_places_are_asked_before_all_of_them_wait(
    leader, coordinator, member, as_user, keiko
):
    """Two places of groups are left: nobody gets onto a waiting list by mistake."""
    client = as_user(keiko)
    three = _typed(leader, coordinator, member)
    response = client.post(PAGE, three)
    assert response.status_code == 409
    assert "えらんだのは3人ですが、席の残りは2名です。" in _text(response)
    assert Application.objects.count() == 0

    client.post(PAGE, {**three, "step": "wait"})
    application = Application.objects.get()
    assert (application.seats, application.state) == (3, "waiting")


@pytest.mark.usefixtures("run")
def test_as_many_members_as_places_are_not_asked(leader, member, as_user, keiko):
    as_user(keiko).post(PAGE, _typed(leader, member))
    assert Application.objects.get().state == "accepted"


@pytest.mark.usefixtures("run")
def test_fault_of_the_members_leads_to_the_first_of_them(leader, as_user, keiko):
    page = as_user(keiko).post(PAGE, _typed()).content.decode()
    assert 'href="#id_members_0"' in page
    assert 'id="id_members_0"' in page


@pytest.mark.usefixtures("run")
def test_member_who_has_a_place_is_not_led_to_another(
    group, leader, member, as_user, keiko, hanako
):
    """On the group's page, where the next step says who could go."""
    path = PathFactory()
    StepFactory(path=path, courses=[CourseRun.objects.get().course], needed_members=3)
    follow_path(group=group, path=path, by=keiko, at=NOON)
    page = as_user(hanako).get("/groups/midori/")
    assert "次にすること" in _text(page)
    assert "受付中 団体の枠：残りわずか（残り2名）" in _text(page)
    assert "自分の分を申し込む" in _text(page)

    as_user(keiko).post(PAGE, _typed(member))
    page = _text(as_user(hanako).get("/groups/midori/"))
    assert "申込み済み 山田 花子" in page
    assert "自分の分を申し込む" not in page


def test_nobody_fills_in_a_form_that_cannot_be_sent_yet(run, leader, as_user, keiko):
    CourseRun.objects.update(applications_open_at=NOON + timedelta(days=3))
    page = as_user(keiko).get(PAGE)
    assert "からです。" in _text(page)
    assert "団体のページへ戻る" in _text(page)
    assert 'name="members"' not in page.content.decode()
