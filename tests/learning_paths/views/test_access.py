"""Who may open and do what: each address for each kind of visitor."""

import pytest
from django.test import Client
from django.urls import reverse

from enrollments.models import Certificate
from learning_paths.models import GroupPath
from tests.factories import (
    CourseFactory,
    MembershipFactory,
    PathFactory,
    PathVersionFactory,
    StageFactory,
    StepFactory,
    UserFactory,
)
from tests.learning_paths.closing import close
from tests.learning_paths.completions import complete

VISITORS = ("anonymous", "outsider", "former", "member", "coordinator", "leader")
PUBLIC = (200, 200, 200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200, 200)
MEMBERS = (302, 404, 404, 200, 200, 200)
ORGANISERS = (302, 404, 404, 403, 200, 200)
ACT = (302, 404, 404, 403, 302, 302)
ONLY_LEADER = (302, 404, 404, 403, 403, 302)


@pytest.fixture
def path(db):
    path = PathFactory(stage=StageFactory())
    PathVersionFactory(path=path)
    return path


@pytest.fixture
def visitors(leader, coordinator, member, taro):
    """Everybody by name; `former` belonged to the group once."""
    former = MembershipFactory(group=leader.group, state="left", email="f@example.jp")
    people = (
        None,
        taro,
        former.user,
        member.user,
        coordinator.user,
        leader.user,
    )
    return dict(zip(VISITORS, people, strict=True))


def _statuses(visitors, as_user, url, data=None):
    answers = []
    for person in visitors.values():
        client = as_user(person)
        response = client.get(url) if data is None else client.post(url, data)
        answers.append(response.status_code)
    return tuple(answers)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("groups", PUBLIC),
        ("group", PUBLIC),
        ("group_new", SIGNED_IN),
        ("group_edit", ORGANISERS),
        ("group_stage", ORGANISERS),
        ("group_path", ORGANISERS),
        ("group_invite", ORGANISERS),
        ("group_leave", MEMBERS),
        ("group_record", MEMBERS),
    ],
)
def test_pages_open_by_membership(name, expected, visitors, as_user):
    args = [] if name in ("groups", "group_new") else ["midori"]

    assert _statuses(visitors, as_user, reverse(name, args=args)) == expected


def test_page_of_a_member_opens_for_organisers(visitors, as_user, member):
    url = reverse("group_member", args=["midori", member.pk])

    assert _statuses(visitors, as_user, url) == ORGANISERS


def test_stage_is_recorded_by_organisers(visitors, as_user, path):
    url = reverse("group_stage", args=["midori"])
    data = {"stage": path.stage_id, "as_of": "2026-11-01", "basis": ""}

    assert _statuses(visitors, as_user, url, data) == ACT


def test_path_is_followed_by_organisers(visitors, as_user, path):
    url = reverse("group_path", args=["midori"])

    assert _statuses(visitors, as_user, url, {"path": path.pk}) == ACT


def test_path_is_given_up_by_organisers(visitors, as_user, path, group):
    url = reverse("group_path_stop", args=["midori", path.pk])
    answers = []
    for person in visitors.values():
        GroupPath.objects.update_or_create(
            group=group,
            path=path,
            defaults={
                "version": path.versions.get(),
                "started_on": "2026-11-01",
                "stopped_on": None,
            },
        )
        answers.append(as_user(person).post(url).status_code)

    assert tuple(answers) == ACT


def test_certificate_of_a_path_is_for_organisers(visitors, as_user, path, group, hanako):
    course = CourseFactory()
    StepFactory(path=path, courses=[course])
    complete(course, user=hanako)
    GroupPath.objects.create(
        group=group, path=path, version=path.versions.get(), started_on="2026-11-01"
    )
    issue = reverse("group_certificate", args=["midori", path.pk])
    paper = reverse("group_certificate_pdf", args=["midori", path.pk])

    assert _statuses(visitors, as_user, issue, {}) == ACT
    assert Certificate.objects.count() == 1
    assert _statuses(visitors, as_user, paper) == ORGANISERS


def test_facts_are_changed_by_organisers(visitors, as_user):
    url = reverse("group_edit", args=["midori"])

    assert _statuses(visitors, as_user, url, {"name": "水の会", "kind": "npo"}) == ACT


@pytest.mark.parametrize("name", ["group_contact", "group_renew"])
def test_registration_is_looked_after_by_organisers(name, visitors, as_user):
    url = reverse(name, args=["midori"])

    assert _statuses(visitors, as_user, url) == ORGANISERS
    assert _statuses(visitors, as_user, url, {"contact_name": "会"}) == ACT


def test_group_is_ended_by_the_leader_only(visitors, as_user, group):
    url = reverse("group_dissolve", args=["midori"])
    answers = dict(
        zip(
            visitors,
            _statuses(visitors, as_user, url, {"why": "解散"}),
            strict=True,
        )
    )
    assert [who for who, status in answers.items() if status == 302] == [
        "anonymous",
        "leader",
    ]
    group.refresh_from_db()
    assert group.state == "closed"


def test_invitations_are_sent_by_organisers(visitors, as_user):
    url = reverse("group_invite", args=["midori"])
    answers = [
        as_user(person).post(url, {"emails": f"{name}-friend@example.jp"}).status_code
        for name, person in visitors.items()
    ]
    assert tuple(answers) == ACT


def test_invitation_is_cancelled_by_organisers(visitors, as_user, invited):
    url = reverse("group_remove", args=["midori", invited.pk])
    answers = []
    for person in visitors.values():
        invited.state = "invited"
        invited.save()
        answers.append(as_user(person).post(url).status_code)

    assert tuple(answers) == ACT


def test_roles_are_given_by_the_leader(visitors, as_user, member):
    url = reverse("group_member", args=["midori", member.pk])

    assert _statuses(visitors, as_user, url, {"role": "member"}) == ONLY_LEADER


def test_leadership_is_handed_over_by_the_leader(visitors, as_user, coordinator):
    url = reverse("group_hand_over", args=["midori", coordinator.pk])

    assert _statuses(visitors, as_user, url, {}) == ONLY_LEADER


def test_organiser_is_removed_by_the_leader(visitors, as_user, leader):
    url = reverse("group_remove", args=["midori", leader.pk])
    answers = _statuses(visitors, as_user, url, {})

    assert answers == ONLY_LEADER
    leader.refresh_from_db()
    assert leader.state == "active"  # the last one


def test_buttons_answer_no_get(visitors, as_user, member, path):
    client = as_user(visitors["leader"])
    for name, pk in (
        ("group_remove", member.pk),
        ("group_hand_over", member.pk),
        ("group_path_stop", path.pk),
    ):
        assert client.get(reverse(name, args=["midori", pk])).status_code == 405


def test_member_of_another_group_is_not_found_here(visitors, as_user):
    stranger = MembershipFactory()
    client = as_user(visitors["leader"])
    for name in ("group_member", "group_remove", "group_hand_over"):
        url = reverse(name, args=["midori", stranger.pk])
        assert client.post(url, {"role": "member"}).status_code == 404
    stranger.refresh_from_db()
    assert (stranger.state, stranger.role) == ("active", "member")


def test_sign_in_is_asked_for_whether_or_not_the_group_exists(db, client):
    for code in ("midori", "nothing"):
        response = client.get(reverse("group_stage", args=[code]))
        assert response["Location"].startswith("/accounts/login/")


def test_unknown_group_is_not_found(as_user, taro):
    assert as_user(taro).get("/groups/nothing/").status_code == 404


@pytest.mark.usefixtures("leader")
def test_closed_group_is_hidden_from_the_public_and_kept_for_members(
    group, as_user, taro, keiko
):
    close(group)

    assert as_user(None).get("/groups/midori/").status_code == 404
    assert as_user(taro).get("/groups/midori/").status_code == 404
    response = as_user(keiko).get("/groups/midori/")
    assert response.status_code == 200
    assert "<form" not in response.content.decode()


@pytest.mark.usefixtures("leader")
def test_writes_need_the_csrf_token(keiko, group):
    client = Client(enforce_csrf_checks=True)
    client.force_login(keiko)
    response = client.post("/groups/midori/edit/", {"name": "水の会"})

    group.refresh_from_db()
    assert (response.status_code, group.name) == (403, "緑の会")


@pytest.mark.usefixtures("leader", "member", "invited")
def test_public_part_names_nobody(as_user):
    for person in (None, UserFactory()):
        page = as_user(person).get("/groups/midori/").content.decode()
        assert "緑の会" in page
        assert "川の清掃" in page
        for secret in ("高橋", "恵子", "山田", "keiko@", "hanako@", "taro@", "招待中"):
            assert secret not in page


@pytest.mark.usefixtures("leader", "member", "invited")
def test_addresses_are_seen_by_organisers_only(as_user, hanako, keiko):
    seen = as_user(keiko).get("/groups/midori/").content.decode()
    assert "hanako@example.jp" in seen
    assert "taro@example.jp" in seen

    seen = as_user(hanako).get("/groups/midori/").content.decode()
    assert "高橋 恵子" in seen
    assert "@example.jp" not in seen
    assert "ほかに1人を招待しています。" in seen


@pytest.mark.usefixtures("leader")
def test_nameless_member_is_not_shown_by_address(group, as_user, hanako, member):
    hanako.first_name = hanako.last_name = ""
    hanako.save()
    other = MembershipFactory(group=group)
    page = as_user(other.user).get("/groups/midori/").content.decode()

    assert "お名前未登録の方" in page
    assert "hanako@" not in page
