"""The group's record as its members see it and take it along."""

from django.urls import reverse

from learning_paths.domain.following import follow_path
from tests.factories import NOON, CourseFactory, PathFactory, StepFactory
from tests.learning_paths.completions import complete
from tests.papers import text_of


def test_members_read_and_take_along_what_was_learned(
    as_user, group, leader, member, keiko, hanako
):
    river = CourseFactory(title="川を知る", department__name="環境課")
    path = PathFactory()
    StepFactory(path=path, courses=[river])
    follow_path(group=group, path=path, by=keiko, at=NOON)
    complete(river, user=hanako, sessions=4)

    client = as_user(hanako)
    address = reverse("group_record", args=["midori"])
    assert address in client.get(reverse("group", args=["midori"])).content.decode()
    html = client.get(address).content.decode()
    assert "修了 延べ1講座　会員 1人　出席 延べ4回" in html
    assert "川を知る" in html
    table = client.get(reverse("group_record_file", args=["midori", "csv"]))
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "年度,講座,氏名,修了日,出席回数"
    assert lines[1].startswith("2026,川を知る")
    assert lines[1].endswith(",山田 花子,2026-11-21,4")
    paper = client.get(reverse("group_record_file", args=["midori", "pdf"])).content
    assert "緑の会" in text_of(paper)
    assert "山田" not in text_of(paper)


def test_member_who_completed_two_runs_is_named_once(
    as_user, group, leader, member, keiko, hanako
):
    river = CourseFactory(title="川を知る", title_en="Knowing the river")
    path = PathFactory()
    StepFactory(path=path, courses=[river])
    follow_path(group=group, path=path, by=keiko, at=NOON)
    complete(river, user=hanako, sessions=4)
    complete(river, user=hanako, sessions=2)

    client = as_user(hanako)
    address = reverse("group_record", args=["midori"])
    html = client.get(address).content.decode()
    assert html.count("山田 花子") == 1
    assert "出席 6回" in html
    assert "Knowing the river" in client.get(f"/en{address}").content.decode()


def test_nothing_learned_yet_is_said(as_user, group, member, hanako):
    html = as_user(hanako).get(reverse("group_record", args=["midori"])).content.decode()
    assert "会員が道すじの講座を修了すると、ここに記録されます。" in html
