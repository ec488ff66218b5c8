import pytest

from learning_paths.forms.group import GroupForm
from learning_paths.forms.invitations import addresses_in
from learning_paths.forms.stage import StageForm
from tests.factories import GroupFactory, StageFactory, VenueFactory


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


@pytest.mark.parametrize(("area", "taken"), [("桜台", True), ("", True), ("月面", False)])
def test_area_of_a_group_is_one_in_which_the_city_has_a_venue(db, area, taken):
    VenueFactory(area="桜台")
    form = GroupForm({"name": "緑の会", "kind": "voluntary", "area": area})

    assert form.is_valid() is taken


def test_area_that_has_no_venue_any_more_stays_with_the_group(db):
    said = {"name": "緑の会", "kind": "voluntary", "area": "谷戸"}

    assert GroupForm(said, initial={"area": "谷戸"}).is_valid()
