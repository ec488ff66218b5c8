"""Instructors, groups and members: a paper register becomes one here, and back again."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from courses.enums import RowOutcome as Outcome
from courses.models import Instructor, Theme
from enrollments.models import Notification
from learning_paths.models import Group, Membership
from tests.cms.imports.bringing import apply, as_csv, outcomes, planned, reasons, undo
from tests.factories import (
    CourseFactory,
    GroupFactory,
    InstructorFactory,
    MembershipFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def brought(client, section, kind, heading, *rows):
    return planned(client, kind, as_csv(heading, *rows), department=section.pk)


INSTRUCTORS = ["講師名", "ふりがな", "肩書き", "テーマ", "公開可", "同意日", "謝金"]
SUZUKI = ["鈴木 一郎", "すずき いちろう", "防災士", "防災", "○", "令和8年4月1日", "1万円"]


@pytest.fixture
def theme(db):
    parent = Theme.objects.filter(parent=None).first() or ThemeFactory(name="地域課題")
    return ThemeFactory(name="防災", parent=parent)


def test_instructor_comes_with_consent_but_never_approved(client, officer, section, theme):
    upload = brought(client, section, "instructors", INSTRUCTORS, SUZUKI)
    assert (outcomes(upload), reasons(upload)) == ({2: Outcome.NEW}, {})
    apply(client, upload)
    person = Instructor.objects.get()
    assert (person.full_name, person.full_name_kana, person.title) == (
        "鈴木 一郎",
        "スズキ イチロウ",
        "防災士",
    )
    assert (person.consents_to_publish, person.consented_on, person.is_public) == (
        True,
        date(2026, 4, 1),
        False,
    )
    assert list(person.themes.all()) == [theme]


def test_instructors_same_list_again_changes_nothing(client, officer, section, theme):
    apply(client, brought(client, section, "instructors", INSTRUCTORS, SUZUKI))
    again = brought(client, section, "instructors", INSTRUCTORS, SUZUKI)
    assert outcomes(again) == {2: Outcome.UNCHANGED}


def test_instructor_is_put_back_as_before(client, officer, section, theme):
    person = InstructorFactory(title="NPO代表")
    upload = brought(client, section, "instructors", INSTRUCTORS, SUZUKI)
    assert upload.rows.get().changes["肩書"] == ["NPO代表", "防災士"]
    apply(client, upload)
    undo(client, upload)
    person.refresh_from_db()
    assert (upload.state, upload.blocked) == ("undone", {})
    assert (person.title, person.consents_to_publish, person.themes.count()) == (
        "NPO代表",
        False,
        0,
    )


def test_instructor_who_teaches_stays(client, officer, section, theme):
    upload = brought(client, section, "instructors", INSTRUCTORS, SUZUKI)
    apply(client, upload)
    CourseFactory().instructors.add(Instructor.objects.get())
    undo(client, upload)
    assert upload.blocked == {"2": "「鈴木 一郎」は使われているため、取り消せません。"}
    assert (upload.state, Instructor.objects.count()) == ("applied", 1)


def test_namesakes_need_their_number(client, officer, section):
    first, _second = InstructorFactory(), InstructorFactory()
    rows = [["", "鈴木 一郎", "スズキ イチロウ", "A"], [str(first.pk), "", "", "B"]]
    heading = ["講師番号", "氏名", "フリガナ", "肩書"]
    upload = brought(client, section, "instructors", heading, *rows)
    assert reasons(upload) == {
        2: "同じ氏名の講師が2人います。講師番号の列を加えてください。"
    }
    apply(client, upload)
    first.refresh_from_db()
    assert first.title == "B"


GROUPS = ["登録番号", "団体名", "カナ", "活動内容", "登録年月日"]
BOSAI = ["2024-0007", "北町防災の会", "キタマチ", "避難所の運営", "令和6年4月1日"]


def test_group_keeps_its_number_and_day(client, officer, section):
    upload = brought(client, section, "groups", GROUPS, BOSAI, ["", "茶の会", "", "", ""])
    apply(client, upload)
    group = Group.objects.get(code="2024-0007")
    assert (group.name, timezone.localdate(group.registered_at)) == (
        "北町防災の会",
        date(2024, 4, 1),
    )
    assert Group.objects.get(name="茶の会").code == "2026-0001"
    again = brought(client, section, "groups", GROUPS, BOSAI)
    assert outcomes(again) == {2: Outcome.UNCHANGED}


def test_group_name_follows_the_rule_of_names(client, officer, section):
    row = ["", "www.example.jp の会", "", "", ""]
    assert reasons(brought(client, section, "groups", GROUPS, row)) == {
        2: "団体名にウェブサイトやメールのアドレスは入れられません。"
    }


def test_group_is_struck_again_unless_somebody_joined(client, officer, section):
    upload = brought(client, section, "groups", GROUPS, BOSAI)
    apply(client, upload)
    member = MembershipFactory(group=Group.objects.get())
    undo(client, upload)
    assert upload.blocked == {
        "2": "会員、ステージの記録、道すじ、申込みのどれかがあるため、取り消せません。"
    }
    member.delete()
    undo(client, upload)
    assert (upload.state, Group.objects.count()) == ("undone", 0)


MEMBERS = ["団体名", "氏名", "メール", "役職", "入会日"]


@pytest.fixture
def group(db):
    return GroupFactory(name="北町防災の会")


def test_member_with_a_confirmed_address_belongs_at_once(client, officer, section, group):
    user = UserFactory(email="hanako@example.jp")
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    rows = [
        ["北町防災の会", "山田 花子", "Hanako@example.jp", "会長", "2025/4/1"],
        ["北町防災の会", "鈴木 太郎", "taro@example.jp", "会員", "2025/4/1"],
    ]
    upload = brought(client, section, "members", MEMBERS, *rows)
    apply(client, upload)
    found = Membership.objects.order_by("email")
    assert [(one.email, one.role, one.state, one.user) for one in found] == [
        ("hanako@example.jp", "leader", "active", user),
        ("taro@example.jp", "member", "invited", None),
    ]
    assert timezone.localdate(found[0].joined_at) == date(2025, 4, 1)
    assert Notification.objects.count() == 0
    again = brought(client, section, "members", MEMBERS, *rows)
    assert outcomes(again) == {2: Outcome.UNCHANGED, 3: Outcome.UNCHANGED}
    undo(client, upload)
    assert (upload.state, Membership.objects.count()) == ("undone", 0)


def test_role_changes_but_a_group_keeps_its_leader(client, officer, section, group):
    leader = MembershipFactory(group=group, email="a@example.jp", role="leader")
    other = MembershipFactory(group=group, email="b@example.jp")
    heading = ["団体名", "メール", "役職"]
    up = brought(client, section, "members", heading, [group.name, "b@example.jp", "担当"])
    apply(client, up)
    other.refresh_from_db()
    assert other.role == "coordinator"
    down = brought(
        client, section, "members", heading, [group.name, "a@example.jp", "会員"]
    )
    apply(client, down)
    leader.refresh_from_db()
    assert leader.role == "leader"
    assert reasons(down) == {
        2: "代表がいなくなってしまいます。先に、ほかの会員を代表にしてください。"
    }


def test_member_of_an_unknown_group_is_refused(client, officer, section):
    row = ["南の会", "", "a@example.jp", "", ""]
    assert reasons(brought(client, section, "members", MEMBERS, row)) == {
        2: "団体「南の会」はありません。先に団体の一覧を取り込んでください。"
    }
