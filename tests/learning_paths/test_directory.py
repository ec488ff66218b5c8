from urllib.parse import unquote_plus

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from learning_paths.domain.directory import Wanted, count_choices, find_groups
from learning_paths.domain.stages import current_stage
from learning_paths.forms.directory import DirectoryForm
from learning_paths.models import Group, StageRecord
from tests.factories import NOON, GroupFactory, StageFactory, ThemeFactory
from tests.learning_paths.closing import close

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> dict[str, Group]:
    """Three groups, one of them an NPO in the west that looks for members."""
    river, child = ThemeFactory(key="river"), ThemeFactory(key="child")
    early, late = StageFactory(key="early"), StageFactory(key="late")
    groups = {
        "west": GroupFactory(
            name="西の会",
            name_kana="ニシノカイ",
            kind="npo",
            area="西",
            looks_for_members=True,
        ),
        "east": GroupFactory(name="東の会", name_kana="ヒガシノカイ", area="東"),
        "all": GroupFactory(name="市の会", name_kana="シノカイ", activity="川を守る"),
    }
    groups["west"].themes.set([river])
    groups["east"].themes.set([river, child])
    for group, stage, day in (
        (groups["west"], late, 2),
        (groups["west"], early, 3),
        (groups["east"], late, 2),
    ):
        StageRecord.objects.create(
            group=group, stage=stage, as_of=NOON.replace(day=day), recorded_at=NOON
        )
    return groups


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["市の会", "西の会", "東の会"]),
        (Wanted(words="にし"), ["西の会"]),
        (Wanted(words="会 川"), ["市の会"]),
        (Wanted(kinds=("npo", "school")), ["西の会"]),
        (Wanted(themes=("river",)), ["西の会", "東の会"]),
        (Wanted(themes=("river", "child"), areas=("東",)), ["東の会"]),
        (Wanted(stages=("late",)), ["東の会"]),
        (Wanted(stages=("early",)), ["西の会"]),
        (Wanted(looks_for_members=True), ["西の会"]),
        (Wanted(words="100%"), []),
    ],
)
def test_groups_are_found_by(wanted, found, city):
    assert [group.name for group in find_groups(wanted)] == found


def test_each_choice_says_how_many_it_would_leave(city):
    counts = count_choices(Wanted(areas=("東",), themes=("child",)))

    assert counts.areas == {"東": 1}
    assert counts.themes == {"river": 1, "child": 1}
    assert counts.stages == {"late": 1}
    assert counts.kinds == {"voluntary": 1}


def test_closed_groups_are_neither_found_nor_counted(city):
    close(city["west"])
    assert "西の会" not in {group.name for group in find_groups(Wanted())}
    assert count_choices(Wanted()).kinds == {"voluntary": 2}


def test_list_is_narrowed_by_its_address(city, client):
    page = client.get("/groups/?kind=npo&theme=unknown&members=1").content.decode()

    assert "西の会" in page
    assert "東の会" not in page
    assert "すべて外す" in page


def test_each_choice_is_taken_off_alone(city):
    form = DirectoryForm(QueryDict("q=西&kind=npo&stage=late&members=1"))

    assert [(chip.label, unquote_plus(chip.query)) for chip in form.chips()] == [
        ("「西」", "members=1&kind=npo&stage=late"),
        ("会員募集中", "q=西&kind=npo&stage=late"),
        ("NPO法人", "q=西&members=1&stage=late"),
        (
            city["west"].stage_records.get(as_of__day=2).stage.label,
            "q=西&members=1&kind=npo",
        ),
    ]


def test_each_group_says_the_stage_that_it_stated_last(city, client):
    stages = {
        group.name: group.stage and group.stage.key
        for group in client.get("/groups/").context["page_obj"]
    }
    assert stages == {"西の会": "early", "東の会": "late", "市の会": None}


def test_directory_takes_the_same_queries_for_one_and_three(client):
    def ask() -> int:
        client.get("/groups/")
        with CaptureQueriesContext(connection) as made:
            assert client.get("/groups/").status_code == 200
        return len(made)

    GroupFactory().themes.set([ThemeFactory()])
    one = ask()
    for _ in range(2):
        GroupFactory(area="北").themes.set([ThemeFactory()])
    assert ask() == one


def test_stage_of_the_whole_group_counts_before_that_of_an_activity(city, client):
    """As its own page says it; an activity's speaks where nothing was said of the whole."""
    stage = StageFactory(key="other")
    for name in ("east", "all"):
        activity = city[name].activities.create(name="見守り", begun_at=NOON)
        city[name].stage_records.create(
            stage=stage, activity=activity, as_of=NOON.replace(day=20), recorded_at=NOON
        )
    found = {group.name: group.stage_key for group in find_groups(Wanted())}

    assert found == {"西の会": "early", "東の会": "late", "市の会": "other"}
    for name in ("east", "all"):
        assert current_stage(city[name]).stage.key == found[city[name].name]
