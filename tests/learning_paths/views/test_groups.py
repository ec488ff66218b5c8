import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning_paths.domain.following import follow_path
from learning_paths.domain.stages import record_stage
from learning_paths.models import Group, Membership, StageRecord
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    GroupFactory,
    MembershipFactory,
    PathFactory,
    SeatPoolFactory,
    SessionFactory,
    StageFactory,
    StepFactory,
    UserFactory,
    VenueFactory,
)
from tests.learning_paths.completions import complete


def _text(response):
    """The page's words without its tags."""
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(page.split())


def _queries(client, url):
    client.get(url)  # the frame's links are read once a minute
    with CaptureQueriesContext(connection) as made:
        assert client.get(url).status_code == 200
    return len(made)


def test_registering_leads_to_the_groups_page(as_user, keiko):
    response = as_user(keiko).post(
        "/groups/new/",
        {"name": "緑の会", "name_kana": "みどりのかい", "kind": "npo"},
        follow=True,
    )
    assert response.redirect_chain == [("/groups/2026-0001/", 302)]
    assert "登録を申請しました。" in _text(response)
    assert Membership.objects.get().role == "leader"


def test_founder_is_told_what_members_see(as_user, keiko):
    assert "会員どうしで見えること" in _text(as_user(keiko).get("/groups/new/"))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "団体名を入力してください。"),
        ("https://x.example", "アドレスは入れられません。"),
    ],
)
def test_refused_registration_keeps_what_was_typed(name, sentence, as_user, keiko):
    response = as_user(keiko).post(
        "/groups/new/", {"name": name, "kind": "npo", "activity": "川の清掃をしています。"}
    )
    page = response.content.decode()

    assert response.status_code == 422
    assert sentence in page
    assert "川の清掃をしています。" in page
    assert Group.objects.count() == 0


def test_kind_of_group_is_chosen_and_not_the_first_of_the_list(as_user, keiko):
    client = as_user(keiko)
    form = client.get("/groups/new/").context["form"]
    assert form["kind"].value() in (None, "")
    assert form.fields["kind"].choices[0][0] == ""

    response = client.post("/groups/new/", {"name": "一の会", "kind": ""})
    assert response.status_code == 422
    assert "団体の種類を選んでください。" in response.content.decode()
    assert Group.objects.count() == 0


def test_registering_is_limited_and_keeps_what_was_typed(as_user, keiko, settings):
    settings.RULES_OF_USE = {**settings.RULES_OF_USE, "group": "1/10m"}
    client = as_user(keiko)
    client.post("/groups/new/", {"name": "一の会", "kind": "npo"})
    response = client.post("/groups/new/", {"name": "二の会", "kind": "npo"})

    assert response.status_code == 422
    assert 'value="二の会"' in response.content.decode()
    assert Group.objects.count() == 1


@pytest.mark.usefixtures("leader")
def test_facts_are_corrected_in_a_filled_form(as_user, keiko, group):
    client = as_user(keiko)
    assert 'value="緑の会"' in client.get("/groups/midori/edit/").content.decode()

    typed = {"name": "水の会", "kind": "npo", "activity": "池の清掃"}
    page = _text(client.post("/groups/midori/edit/", typed, follow=True))
    assert "担当課が確認してから公開します。" in page
    assert "変更を確認中" in page
    assert 'value="水の会"' in client.get("/groups/midori/edit/").content.decode()

    group.refresh_from_db()
    assert (group.name, group.activity) == ("緑の会", "川の清掃をしています。")


def test_list_shows_groups_by_name_and_activity(group, leader, client):
    GroupFactory(name="閉じた会", state="closed")
    page = _text(client.get("/groups/"))

    assert "緑の会 川の清掃をしています。" in page
    assert "1団体 緑の会" in page
    assert "閉じた会" not in page
    assert "高橋" not in page


def test_long_list_has_pages(db, client):
    for number in range(51):
        GroupFactory(name=f"団体{number:02}")

    assert "団体50" not in _text(client.get("/groups/"))
    assert "団体50" in _text(client.get("/groups/?page=2"))


def test_list_without_groups_says_so(db, client):
    assert "登録している団体は、まだありません。" in _text(client.get("/groups/"))


def test_own_groups_come_with_role_and_stage(group, member, as_user, hanako):
    stage = StageFactory(name="芽生え")
    StageRecord.objects.create(group=group, stage=stage, as_of=NOON, recorded_at=NOON)

    assert "緑の会 芽生え 会員" in _text(as_user(hanako).get("/groups/"))


@pytest.mark.usefixtures("leader")
def test_stages_are_shown_as_a_line_of_days(group, keiko, as_user, client):
    for name, day in (("育ち", NOON), ("芽生え", NOON - timedelta(days=500))):
        record_stage(
            group=group,
            stage=StageFactory(name=name),
            as_of=day.date(),
            basis="会員が増えた",
            by=keiko,
            at=NOON,
        )
    page = _text(as_user(keiko).get("/groups/midori/"))
    assert "2025年7月9日（水） 芽生え 11月21日（土） 育ち" in page
    assert "11月21日（土）の時点（自己申告）：会員が増えた" in page

    public = _text(as_user(None).get("/groups/midori/"))
    assert "いまのステージ 育ち" in public
    assert "会員が増えた" not in public


@pytest.mark.usefixtures("leader")
def test_stage_is_recorded_with_its_day(group, keiko, as_user):
    stage = StageFactory(name="芽生え")
    response = as_user(keiko).post(
        "/groups/midori/stage/",
        {"stage": stage.pk, "as_of": "2026-04-01", "basis": "始めたばかり"},
        follow=True,
    )
    assert "ステージを記録しました。" in _text(response)
    record = StageRecord.objects.get()
    assert (record.stage, f"{record.as_of}", record.basis) == (
        stage,
        "2026-04-01",
        "始めたばかり",
    )


@pytest.mark.usefixtures("leader")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"as_of": "2026-11-22"}, "先の日付は入力できません。"),
        ({"as_of": "きのう"}, "日付を確認してください"),
        ({"as_of": ""}, "日付を入力してください。"),
        ({"stage": ""}, "ステージを選んでください。"),
    ],
)
def test_refused_stage_keeps_what_was_typed(typed, sentence, keiko, as_user):
    data = {"stage": StageFactory().pk, "as_of": "2026-11-01", "basis": "理由その一"}
    response = as_user(keiko).post("/groups/midori/stage/", {**data, **typed})
    page = response.content.decode()

    assert response.status_code == 422
    assert sentence in page
    assert "理由その一" in page
    assert StageRecord.objects.count() == 0


@pytest.fixture
def river_path(group, leader, keiko):
    """Two steps: 川を知る by one member, 安全の手引き by two."""
    stage = StageFactory(name="育ち")
    path = PathFactory(stage=stage, name="川とともに")
    river = CourseFactory(slug="river", title="川を知る")
    safety = CourseFactory(slug="safety", title="安全の手引き")
    StepFactory(path=path, position=1, name="知る", courses=[river])
    StepFactory(path=path, position=2, name="守る", courses=[safety], needed_members=2)
    StageRecord.objects.create(group=group, stage=stage, as_of=NOON, recorded_at=NOON)
    return path, river, safety


def test_path_of_the_stage_is_suggested_followed_and_given_up(river_path, as_user, keiko):
    path, _river, _safety = river_path
    client = as_user(keiko)
    assert "いまのステージに合う道すじ 川とともに" in _text(client.get("/groups/midori/"))

    page = _text(client.post("/groups/midori/path/", {"path": path.pk}, follow=True))
    assert "「川とともに」を進めることにしました。" in page
    assert "2ステップのうち0ステップ達成" in page
    assert "いまのステージに合う道すじ" not in page

    page = _text(client.post(f"/groups/midori/path/{path.pk}/stop/", follow=True))
    assert "「川とともに」を進めるのをやめました。" in page


def test_completions_of_members_add_up_by_name(
    river_path, group, member, as_user, keiko, hanako
):
    path, river, safety = river_path
    follow_path(group=group, path=path, by=keiko, at=NOON)
    complete(river, user=hanako)
    complete(safety, user=keiko)
    page = _text(as_user(hanako).get("/groups/midori/"))

    assert "2ステップのうち1ステップ達成" in page
    assert (
        "1. 知る 達成 修了した講座と会員 川を知る 修了: 山田 花子（2026年11月21日）" in page
    )
    assert "2. 守る 次のステップ 2人以上が修了すると達成です。 あと1人の修了で達成" in page
    assert "安全の手引き 修了: 高橋 恵子（2026年11月21日） あと1人" in page

    complete(safety, user=hanako)
    page = _text(as_user(hanako).get("/groups/midori/"))
    assert "川とともに 達成" in page
    assert "修了: 高橋 恵子（2026年11月21日）、山田 花子（2026年11月21日）" in page


def test_next_dates_and_places_are_shown_for_what_is_left(
    river_path, group, as_user, keiko
):
    path, river, _safety = river_path
    follow_path(group=group, path=path, by=keiko, at=NOON)
    run = CourseRunFactory(course=river, code="river-1", venue=VenueFactory(name="川の家"))
    SeatPoolFactory(run=run, capacity=2)
    SessionFactory(run=run)
    client = as_user(keiko)
    response = client.get("/groups/midori/")

    assert (
        "川を知る 12月5日（土）12:00〜14:00 川の家 受付中 残りわずか（残り2名）"
        in _text(response)
    )
    assert 'href="/groups/midori/apply/river-1/"' in response.content.decode()

    complete(river, user=keiko)
    assert "川の家" not in _text(client.get("/groups/midori/"))


def test_choice_lists_the_paths_of_the_stage_first(river_path, as_user, keiko):
    StepFactory(path=PathFactory(name="代表の学び"))
    PathFactory(name="準備中の道", is_published=False)
    page = _text(as_user(keiko).get("/groups/midori/path/"))

    assert "いまのステージ「育ち」の道すじ 川とともに" in page
    assert "ほかの道すじ 代表の学び" in page
    assert "準備中の道" not in page


@pytest.mark.parametrize("pk", ["", "x", "0", "²", "99999999999999999999"])
def test_unknown_path_is_not_found(pk, leader, as_user, keiko):
    assert as_user(keiko).post("/groups/midori/path/", {"path": pk}).status_code == 404


def test_unpublished_path_is_refused_with_a_sentence(leader, as_user, keiko):
    path = PathFactory(is_published=False)
    response = as_user(keiko).post("/groups/midori/path/", {"path": path.pk}, follow=True)

    assert "いまは公開されていません。" in _text(response)


def test_member_gets_a_role(leader, member, as_user, keiko):
    url = f"/groups/midori/members/{member.pk}/"
    client = as_user(keiko)
    assert "代表を引き継ぐ" in _text(client.get(url))

    client.post(url, {"role": "coordinator"})
    member.refresh_from_db()
    assert member.role == "coordinator"


@pytest.mark.parametrize("role", ["", "king"])
def test_unknown_role_is_refused(role, leader, member, as_user, keiko):
    response = as_user(keiko).post(f"/groups/midori/members/{member.pk}/", {"role": role})
    assert response.status_code == 422


def test_last_leader_is_told_to_find_another_first(leader, member, as_user, keiko):
    client = as_user(keiko)
    own = client.post(f"/groups/midori/members/{leader.pk}/", {"role": "member"})
    leaving = client.post("/groups/midori/members/leave/", follow=True)

    assert own.status_code == 422
    for response in (own, leaving):
        assert "先に、ほかの会員を代表にしてください。" in _text(response)
    leader.refresh_from_db()
    assert (leader.state, leader.role) == ("active", "leader")


def test_leader_hands_over_and_leaves(leader, member, as_user, keiko):
    client = as_user(keiko)
    client.post(f"/groups/midori/members/{member.pk}/hand-over/")
    response = client.post("/groups/midori/members/leave/", follow=True)

    assert "「緑の会」から抜けました。" in _text(response)
    member.refresh_from_db()
    assert member.role == "leader"
    assert "学びの道すじ 会員" not in _text(client.get("/groups/midori/"))


def test_member_is_removed(leader, member, as_user, keiko):
    response = as_user(keiko).post(
        f"/groups/midori/members/{member.pk}/remove/", follow=True
    )
    assert "会員から外しました。" in _text(response)
    member.refresh_from_db()
    assert member.state == "left"


def test_page_of_an_invitation_shows_its_address_and_no_roles(
    leader, invited, as_user, keiko
):
    page = _text(as_user(keiko).get(f"/groups/midori/members/{invited.pk}/"))

    assert "taro@example.jp 役割: 会員（招待中）" in page
    assert "役割を変える" not in page


def _grown_group(number):
    """A group of so many members, steps, stages and invitations."""
    group = GroupFactory()
    leader = MembershipFactory(group=group, role="leader")
    path = PathFactory()
    for _ in range(number):
        user = UserFactory()
        MembershipFactory(group=group, user=user)
        MembershipFactory(group=group, user=None, state="invited")
        run = CourseRunFactory()
        SeatPoolFactory(run=run)
        SessionFactory(run=run)
        StepFactory(path=path, courses=[run.course], needed_members=5)
        complete(run.course, user=user)
        StageRecord.objects.create(
            group=group, stage=StageFactory(), as_of=NOON, recorded_at=NOON
        )
    follow_path(group=group, path=path, by=leader.user, at=NOON)
    return group, leader.user


@pytest.mark.usefixtures("db")
def test_members_page_takes_the_same_queries_for_one_and_three(as_user):
    def ask(number):
        group, leader = _grown_group(number)
        return _queries(as_user(leader), group.get_absolute_url())

    assert ask(1) == ask(3)


@pytest.mark.usefixtures("db")
def test_list_takes_the_same_queries_for_one_and_three(as_user):
    def ask(number):
        person = UserFactory()
        for _ in range(number):
            group, _leader = _grown_group(1)
            MembershipFactory(group=group, user=person)
        return _queries(as_user(person), "/groups/")

    assert ask(1) == ask(3)


@pytest.mark.usefixtures("db")
def test_choice_takes_the_same_queries_for_one_and_three(as_user):
    def ask(number):
        group, leader = _grown_group(1)
        for _ in range(number):
            StepFactory(path=PathFactory(stage=StageFactory()))
        return _queries(as_user(leader), f"/groups/{group.code}/path/")

    assert ask(1) == ask(3)
