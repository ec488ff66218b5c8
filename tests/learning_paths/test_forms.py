import pytest

from learning_paths.forms.invitations import addresses_in
from learning_paths.forms.stage import StageForm
from tests.factories import GroupFactory, StageFactory


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a@example.jp", ["a@example.jp"]),
        ("a@example.jp,b@example.jp", ["a@example.jp", "b@example.jp"]),
        ("a@example.jp、b@example.jp", ["a@example.jp", "b@example.jp"]),
        ("a@example.jp，b@example.jp；c", ["a@example.jp", "b@example.jp", "c"]),
        ("a@example.jp\r\n\r\nb@example.jp\n", ["a@example.jp", "b@example.jp"]),
        ("a@example.jp　b@example.jp", ["a@example.jp", "b@example.jp"]),
        ("ａ＠ｅｘａｍｐｌｅ．ｊｐ", ["a@example.jp"]),
        ("山田 花子 <a@example.jp>, b@example.jp", ["a@example.jp", "b@example.jp"]),
        ('"山田" <a@example.jp>; <b@example.jp>', ["a@example.jp", "b@example.jp"]),
        ("a@example.jp a@example.jp", ["a@example.jp"]),
        ("山田 花子", ["山田", "花子"]),
        (" 、\n", []),
    ],
)
def test_addresses_are_read_as_people_paste_them(typed, found):
    assert addresses_in(typed) == found


def test_stage_is_offered_with_its_meaning(db):
    stage = StageFactory(name="芽生え", description="始めたばかり")
    labels = {
        choice[0].value: choice[1]
        for choice in StageForm(group=GroupFactory()).fields["stage"].choices
    }

    assert labels[stage.pk] == "芽生え：始めたばかり"
