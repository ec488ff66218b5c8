"""ひな形: used, kept, listed and deleted; what can no longer be chosen is left out."""

import pytest
from django.urls import reverse

from accounts.models import User
from cms.permissions import set_up_roles
from courses.models import Course, CourseTemplate, Partner, Stage
from tests.cms.manage_forms import asked_rows, course_data, partner_rows
from tests.factories import (
    DepartmentFactory,
    RoomFactory,
    StaffProfileFactory,
    UserFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
NEW = "/manage/courses/new/"


@pytest.fixture
def officer(site, client) -> User:
    officers, _administrators = set_up_roles()
    user = StaffProfileFactory(department=DepartmentFactory(code="ours")).user
    user.groups.add(officers)
    client.force_login(user)
    return user


@pytest.fixture
def department(officer):
    return officer.staff_profile.department


def _keep(client, department, name="秋の連続講座", **changes):
    data = course_data(
        department,
        ("2026-12-05", "10:00", "12:00"),
        ("2026-12-19", "10:00", "12:00"),
        step="template",
        template__name=name,
    )
    return client.post(NEW, data | changes)


def _use(client, template):
    return client.get(f"{NEW}?template={template.pk}").context


def test_built_in_templates_can_all_be_used(client, officer):
    built_in = CourseTemplate.objects.filter(department__isnull=True)

    assert built_in.count() == 7
    for template in built_in:
        shown = _use(client, template)
        assert shown["begun_from"].notes == []
        assert shown["facts"]["kind"].value() == template.kind
        assert shown["repeat"]["begins"].value()


def test_five_sessions_are_offered_by_the_template_of_a_course(client, officer):
    shown = _use(client, CourseTemplate.objects.get(name="講座（全5回）"))

    assert (shown["repeat"]["every"].value(), shown["repeat"]["count"].value()) == (
        "week",
        "5",
    )
    assert shown["run_form"]["selection_mode"].value() == "lottery_if_over"
    assert shown["run_form"]["waiting_list"].value() is True


def test_form_is_kept_as_a_template_and_nothing_typed_is_lost(client, department):
    stage, partner = Stage.objects.first(), Partner.objects.create(name="学びの会")
    changes = {
        "facts-stages": [str(stage.pk)],
        "run-waiting_list": "",
        **asked_rows("support", {"kind": "childcare", "capacity": "4"}),
        **asked_rows(
            "questions", {"label": "機種", "kind": "choice", "options": "A\nB"}, {}
        ),
        **asked_rows(
            "requirements", {"kind": "residency", "residencies": ["resident", "worker"]}
        ),
    }
    response = _keep(
        client, department, **changes, **partner_rows((str(partner.pk), "supporter"))
    )

    template = CourseTemplate.objects.get(department=department)
    assert response.status_code == 200
    assert "ひな形「秋の連続講座」を保存しました。" in response.content.decode()
    assert 'value="はじめての会計"' in response.content.decode()
    assert Course.objects.count() == 0
    assert not [key for key in template.values if "title" in key or "close" in key]
    shown = _use(client, template)
    assert shown["facts"]["stages"].value() == [str(stage.pk)]
    rows = shown["asked_rows"]
    assert [row["kind"].value() for row in rows["support"]] == ["childcare", None]
    assert rows["questions"][0]["options"].value() == "A\nB"
    assert rows["requirements"][0]["residencies"].value() == ["resident", "worker"]
    assert shown["run_form"]["waiting_list"].value() is False
    assert shown["run_form"]["capacity"].value() == "20"
    assert [shown["repeat"][name].value() for name in ("every", "count", "begins")] == [
        "other_week",
        "2",
        "10:00",
    ]
    assert shown["partners"][0]["partner"].value() == str(partner.pk)


def test_same_name_replaces_the_sections_template(client, department):
    _keep(client, department)
    _keep(client, department, **{"run-capacity": "30"})

    template = CourseTemplate.objects.get(department=department)
    assert template.values["run-capacity"] == "30"


def test_template_needs_a_name(client, department):
    response = _keep(client, department, name=" ")

    assert response.status_code == 422
    assert "ひな形の名前を入力してください。" in response.content.decode()
    assert not CourseTemplate.objects.filter(department=department).exists()


def test_places_of_an_existing_run_are_kept(client, department):
    client.post(NEW, course_data(department))
    course = Course.objects.get()
    data = course_data(department, run__capacity_general="25", template__name="春")
    client.post(
        reverse("manage_course_edit", args=[course.pk]), data | {"step": "template"}
    )

    template = CourseTemplate.objects.get(department=department)
    assert template.values["run-capacity"] == "25"


def test_what_is_gone_is_left_out_with_a_sentence(client, department):
    venue, stage = VenueFactory(), Stage.objects.first()
    room = RoomFactory()
    template = CourseTemplate.objects.create(
        name="古い",
        kind="course",
        department=department,
        values={
            "facts-stages": [str(stage.pk), "99999"],
            "run-venue": str(venue.pk),
            "run-audience": "市内の方",
            "run-fee": "ただ",
            "repeat-room": str(room.pk),
            "partners": [{"partner": "99999", "relation": "supporter"}],
            "run-unknown": "1",
            "no-such": "1",
            "plain": "1",
        },
    )
    venue.delete()
    room.delete()

    shown = _use(client, template)

    assert shown["run_form"]["audience"].value() == "市内の方"
    assert shown["facts"]["stages"].value() == [str(stage.pk)]
    assert shown["begun_from"].notes == [
        "ひな形にあった「ステージ」「会場」「費用（円）」「部屋」「団体・機関」には、"
        "いまは選べないものがあったので外しました。"
    ]


def test_form_from_a_template_makes_a_course(client, department):
    template = CourseTemplate.objects.get(name="ワークショップ")

    client.post(f"{NEW}?template={template.pk}", course_data(department))

    assert Course.objects.count() == 1


def test_other_sections_templates_are_neither_seen_nor_used(client, department):
    foreign = CourseTemplate.objects.create(
        name="よその型", kind="course", department=DepartmentFactory()
    )

    assert "よその型" not in client.get(NEW).content.decode()
    assert client.get(f"{NEW}?template={foreign.pk}").status_code == 404
    delete = reverse("manage_course_template_delete", args=[foreign.pk])
    assert client.post(delete).status_code == 404
    assert CourseTemplate.objects.filter(pk=foreign.pk).exists()


def test_section_deletes_its_own_template_and_no_built_in_one(client, department):
    _keep(client, department)
    own = CourseTemplate.objects.get(department=department)
    built_in = CourseTemplate.objects.filter(department__isnull=True).first()
    listed = client.get(reverse("manage_course_templates")).content.decode()
    addresses = [
        reverse("manage_course_template_delete", args=[one.pk]) for one in (own, built_in)
    ]

    assert [address in listed for address in addresses] == [True, False]
    assert [client.post(address).status_code for address in addresses] == [302, 403]
    assert not CourseTemplate.objects.filter(pk=own.pk).exists()


def test_residents_see_no_templates(client, site):
    client.force_login(UserFactory())

    assert client.get(reverse("manage_course_templates")).status_code in (302, 403)
