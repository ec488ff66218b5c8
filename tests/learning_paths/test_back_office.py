"""Paths and the register of groups under /manage/, for those with the permission."""

import re

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLog
from learning_paths.models import Group, Path, StageRecord
from tests.factories import (
    NOON,
    CourseFactory,
    GroupFactory,
    PathFactory,
    StageFactory,
    StepFactory,
    UserFactory,
)
from tests.learning_paths.told import told

GROUPS, PATHS = "/manage/civic_groups/", "/manage/learning_paths/"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def as_officer(client, officer):
    officer.user_permissions.add(
        *Permission.objects.filter(codename__in=["add_path", "change_path"])
    )
    client.force_login(officer)
    return client


def _row(number, **typed):
    row = {
        "key": "",
        "position": "",
        "name": "",
        "name_en": "",
        "courses": [],
        "needed_courses": "1",
        "needed_members": "1",
        "kind": "courses",
        "is_required": "on",
        **typed,
    }
    return {f"steps-{number}-{name}": value for name, value in row.items()}


def _path(rows, initial=0, **typed):
    facts = {"name": "川とともに", "slug": "river", "is_published": "on", **typed}
    facts |= {"steps-TOTAL_FORMS": len(rows), "steps-INITIAL_FORMS": initial}
    for row in rows:
        facts |= row
    return facts


def _text(response):
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(page.split())


@pytest.mark.parametrize("person", ["resident", "leader", "other staff"])
def test_others_see_neither_register_nor_paths(person, client, group, leader):
    user = {"resident": UserFactory(), "leader": leader.user}.get(person)
    if user is None:
        user = UserFactory(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    for url in (
        GROUPS,
        f"{GROUPS}edit/{group.pk}/",
        f"{GROUPS}stage/{group.pk}/",
        PATHS,
        f"{PATHS}new/",
    ):
        for answer in (client.get(url), client.post(url, {"name": "水の会"})):
            assert answer.status_code in (302, 403)
    group.refresh_from_db()
    assert group.name == "緑の会"


def test_anonymous_visitors_are_led_to_sign_in(client, group):
    response = client.get(f"{GROUPS}edit/{group.pk}/")

    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_officer_without_the_groups_permission_sees_paths_only(client, officer, group):
    officer.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "change_path"])
    )
    client.force_login(officer)

    assert client.get(PATHS).status_code == 200
    assert client.get(f"{GROUPS}edit/{group.pk}/").status_code == 403
    assert client.get(f"{GROUPS}stage/{group.pk}/").status_code == 403


def test_register_is_listed_and_searched(as_officer, group):
    GroupFactory(name="水の会")
    assert "緑の会" in _text(as_officer.get(GROUPS))

    found = _text(as_officer.get(GROUPS, {"q": "水の"}))
    assert "水の会" in found
    assert "緑の会" not in found


def test_groups_are_neither_made_nor_deleted_by_staff(client, db, group):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    for url in (f"{GROUPS}new/", f"{GROUPS}delete/{group.pk}/"):
        client.post(url, {"name": "水の会"})

    assert list(Group.objects.all()) == [group]


def test_register_shows_stages_and_how_many_members(as_officer, group, leader, member):
    StageRecord.objects.create(
        group=group,
        stage=StageFactory(name="芽生え"),
        as_of=NOON.date(),
        basis="会員が増えた",
        recorded_at=NOON,
    )
    page = _text(as_officer.get(f"{GROUPS}edit/{group.pk}/"))

    assert "11月21日（土） 芽生え 自己申告 会員が増えた" in page
    assert "会員 2人" in page
    assert "高橋 恵子 代表 参加中" in page
    assert [(one.subject, one.people) for one in AccessLog.objects.all()] == [
        ("group:midori", 2)
    ]


def test_registration_is_ended_with_a_reason_and_resumed(as_officer, leader, group):
    said = {"name": " 緑の会 ", "kind": "npo", "state": "closed"}
    assert as_officer.post(f"{GROUPS}edit/{group.pk}/", said).status_code == 422
    nothing = as_officer.post(f"{GROUPS}end/{group.pk}/", {"why": " "})
    assert (nothing.status_code, told(leader.email)) == (422, [])

    page = as_officer.post(f"{GROUPS}end/{group.pk}/", {"why": "連絡なし"}, follow=True)
    assert "「緑の会」の登録を終え、代表と担当に知らせました。" in _text(page)
    group.refresh_from_db()
    assert (group.state, group.moves.last().why) == ("closed", "連絡なし")
    assert told(leader.email) == ["「緑の会」の登録を終えました"]

    said["state"] = "registered"
    assert as_officer.post(f"{GROUPS}edit/{group.pk}/", said).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.state) == ("緑の会", "registered")


def test_name_that_is_an_address_is_refused(as_officer, group):
    response = as_officer.post(
        f"{GROUPS}edit/{group.pk}/",
        {"name": "www.x.example", "kind": "npo", "state": "registered"},
    )
    assert "アドレスは入れられません。" in _text(response)
    group.refresh_from_db()
    assert group.name == "緑の会"


@pytest.mark.parametrize("assessor", ["staff", "coordinator"])
def test_staff_record_a_stage(assessor, as_officer, officer, group):
    stage = StageFactory(name="芽生え")
    url = f"{GROUPS}stage/{group.pk}/"
    assert as_officer.get(url).status_code == 200
    response = as_officer.post(
        url, {"stage": stage.pk, "as_of": "2026-11-01", "assessor": assessor}
    )
    assert response["Location"] == f"{GROUPS}edit/{group.pk}/"
    record = StageRecord.objects.get()
    assert (record.stage, record.assessor, record.recorded_by) == (
        stage,
        assessor,
        officer,
    )


@pytest.mark.parametrize(
    "typed", [{"assessor": "self"}, {"as_of": "2026-11-22"}, {"stage": ""}]
)
def test_refused_stage_is_not_recorded(typed, as_officer, group):
    data = {"stage": StageFactory().pk, "as_of": "2026-11-01", "assessor": "staff"}
    response = as_officer.post(f"{GROUPS}stage/{group.pk}/", {**data, **typed})

    assert response.status_code == 422
    assert StageRecord.objects.count() == 0


def test_path_is_made_with_its_steps(as_officer):
    river, safety = CourseFactory(title="川を知る"), CourseFactory(title="安全")
    stage = StageFactory()
    assert "川を知る" in _text(as_officer.get(f"{PATHS}new/"))

    response = as_officer.post(
        f"{PATHS}new/",
        _path(
            [
                _row(0, position="2", name="守る", courses=[safety.pk]),
                _row(1, position="1", name="知る", courses=[river.pk, safety.pk]),
                _row(2),
            ],
            stage=stage.pk,
        ),
    )
    assert response.status_code == 302
    path = Path.objects.get()
    assert (path.name, path.slug, path.stage) == ("川とともに", "river", stage)
    version = path.versions.get()
    assert list(version.steps.values_list("position", "name")) == [
        (1, "知る"),
        (2, "守る"),
    ]


def test_steps_change_places_and_go_away(as_officer):
    path = PathFactory()
    river = CourseFactory()
    steps = [
        StepFactory(path=path, position=number, name=name, courses=[river])
        for number, name in enumerate("一二三", start=1)
    ]
    page = as_officer.get(f"{PATHS}edit/{path.pk}/").content.decode()
    assert f'name="steps-0-courses" value="{river.pk}"' in page
    assert 'name="steps-4-name"' in page

    rows = [
        _row(0, key=steps[0].key, position="2", name="一", courses=[river.pk]),
        _row(1, key=steps[1].key, position="1", name="二", courses=[river.pk]),
        _row(2, key=steps[2].key, position="3", name="三", courses=[river.pk], DELETE="on"),
    ]
    response = as_officer.post(f"{PATHS}edit/{path.pk}/", _path(rows, initial=3))

    assert response.status_code == 302
    newest = path.versions.get(number=2)
    assert [step.key for step in newest.steps.all()] == [steps[1].key, steps[0].key]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "ステップ名を入力してください。"),
        ({"needed_courses": "2"}, "選んだ講座の数より多くなっています。"),
        ({"needed_members": "0"}, "1 以上"),
        ({"kind": "theme"}, "テーマを選んでください。"),
        ({"after": "1"}, "互いを待っていて"),
        ({"after": "二"}, "「1,2」のように"),
    ],
)
def test_refused_step_keeps_what_was_typed(typed, sentence, as_officer):
    river = CourseFactory()
    row = _row(0, **{"name": "知る", "name_en": "Know", "courses": [river.pk], **typed})
    response = as_officer.post(f"{PATHS}new/", _path([row]))
    page = response.content.decode()

    assert sentence in page
    assert 'value="Know"' in page
    assert re.search(rf'name="steps-0-courses" value="{river.pk}"[^>]*checked', page)
    assert Path.objects.count() == 0


def test_paths_are_taken_from_view_not_deleted(client, db):
    path = PathFactory()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    client.post(f"{PATHS}delete/{path.pk}/")
    assert Path.objects.filter(pk=path.pk).exists()


def test_path_form_takes_the_same_queries_for_one_and_three_steps(as_officer):
    def ask(number):
        path = PathFactory()
        for position in range(1, number + 1):
            StepFactory(path=path, position=position, courses=[CourseFactory()])
        url = f"{PATHS}edit/{path.pk}/"
        as_officer.get(url)
        with CaptureQueriesContext(connection) as made:
            assert as_officer.get(url).status_code == 200
        return len(made)

    assert ask(1) == ask(3)


def test_register_takes_the_same_queries_for_one_and_three(as_officer):
    def ask(number):
        Group.objects.all().delete()
        for _ in range(number):
            GroupFactory()
        as_officer.get(GROUPS)
        with CaptureQueriesContext(connection) as made:
            assert as_officer.get(GROUPS).status_code == 200
        return len(made)

    assert ask(1) == ask(3)
