"""The query string is read forgivingly and nothing in it is an error page."""

from datetime import date

import pytest
from django.http import QueryDict

from courses.domain.catalogue import CatalogueFilter
from courses.forms.catalogue import CatalogueForm
from courses.models import Theme
from tests.factories import VenueFactory

pytestmark = pytest.mark.django_db

BAD_DAY = "日付の条件を除いてさがしました。2026-12-05 のように入力してください。"


def read(query: str) -> CatalogueForm:
    return CatalogueForm(QueryDict(query))


def test_empty_query_chooses_nothing():
    form = read("")

    assert form.filter() == CatalogueFilter()
    assert (form.query(), form.problems, form.text) == ("", [], "")


def test_every_facet_is_read():
    form = read(
        "stage=growth&stage=practice&theme=disaster&kind=lecture"
        "&from=2026-12-01&to=2026-12-31&open=1&q=防災&audience=seniors&weekday=6"
        "&time=morning&fee=free&delivery=hybrid&childcare=1&sign=1"
    )

    assert form.filter([7, 3]) == CatalogueFilter(
        stages=("growth", "practice"),
        themes=(Theme.objects.get(key="disaster").pk,),
        kinds=("lecture",),
        first_day=date(2026, 12, 1),
        last_day=date(2026, 12, 31),
        audiences=("seniors",),
        weekdays=(6,),
        times=("morning",),
        fees=("free",),
        deliveries=("hybrid",),
        childcare=True,
        sign=True,
        open_only=True,
        text_matches=(7, 3),
    )
    assert (form.problems, form.text) == ([], "防災")


def test_repeated_values_count_once_and_empty_ones_not_at_all():
    assert read("stage=growth&stage=growth&stage=&kind=").filter() == CatalogueFilter(
        stages=("growth",)
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("stage", "ステージ"),
        ("theme", "テーマ"),
        ("kind", "種別"),
        ("audience", "対象"),
        ("weekday", "曜日"),
        ("time", "時間帯"),
        ("area", "地区"),
        ("venue", "会場"),
        ("fee", "費用"),
        ("delivery", "開催方法"),
        ("childcare", "保育あり"),
        ("sign", "手話通訳・要約筆記あり"),
        ("open", "いま申し込める"),
        ("sort", "並び順"),
        ("near", "お住まいの地区"),
        ("view", "表示のしかた"),
    ],
)
def test_unknown_value_is_left_out_and_named(name, label):
    form = read(f"{name}=nope")

    assert (form.filter(), form.query(), form.problems) == (
        CatalogueFilter(),
        "",
        [f"{label}「nope」は見つからないため、除いてさがしました。"],
    )


def test_a_long_unknown_value_is_said_in_short():
    (problem,) = read("stage=" + "あ" * 10_000).problems
    assert problem == f"ステージ「{'あ' * 20}」は見つからないため、除いてさがしました。"


def test_same_problem_is_named_once():
    assert read("from=x&to=y").problems == [BAD_DAY]


def test_values_are_read_whatever_their_width():
    form = read("weekday=６&weekday=%207%20&time=ｅｖｅｎｉｎｇ&childcare=１&fee=free%00")

    assert (form.problems, form.filter()) == (
        [],
        CatalogueFilter(
            weekdays=(6, 7), times=("evening",), childcare=True, fees=("free",)
        ),
    )


def test_places_are_known_by_the_venues():
    VenueFactory(code="kita", area="北")
    VenueFactory(code="nowhere", area="")
    form = read("area=北&area=南&venue=kita&venue=nowhere&near=北")

    assert (form.areas, form.venues, form.near) == (("北",), ("kita", "nowhere"), "北")
    assert (form.all_areas, len(form.problems)) == (["北"], 1)


def test_one_search_has_one_address_however_it_was_typed():
    typed = "open=on&stage=growth&utm=1&weekday=７&page=3&q=%20防災&from=2026/12/05"
    tidy = "q=%E9%98%B2%E7%81%BD&stage=growth&from=2026-12-05&weekday=7&open=1"
    form = read(typed)

    assert form.query() == tidy
    assert form.query(sort="newest", near="") == f"{tidy}&sort=newest"
    assert read(tidy).query() == tidy


def test_an_address_can_go_without_a_facet_or_one_of_its_values():
    form = read("stage=growth&stage=practice&from=2026-12-01&to=2026-12-31")

    assert form.query(without=("stage",), value="growth") == (
        "stage=practice&from=2026-12-01&to=2026-12-31"
    )
    assert form.query(without=("from", "to")) == "stage=growth&stage=practice"


def test_signs_that_no_word_has_are_no_part_of_a_text():
    assert read("q=%07防災%1F%7F").text == "防災"


@pytest.mark.parametrize(
    "typed",
    ["tomorrow", "2026-13-40", "2026-02-30", "0001-01-01", "9999-12-31", "12026-01-01"],
)
def test_absurd_day_is_left_out_and_named(typed):
    form = read(f"from={typed}")

    assert (form.filter(), form.problems) == (CatalogueFilter(), [BAD_DAY])


@pytest.mark.parametrize("typed", ["2026-12-05", "2026/12/05", "２０２６－１２－０５"])
def test_day_is_read_however_it_was_typed(typed):
    assert read(f"from={typed}").first_day == date(2026, 12, 5)


def test_days_in_the_wrong_order_are_swapped_and_said():
    form = read("from=2026-12-31&to=2026-12-01")

    assert (form.first_day, form.last_day) == (date(2026, 12, 1), date(2026, 12, 31))
    assert form.problems == ["期間の前後を入れ替えてさがしました。"]


def test_text_is_tidied_and_kept_short():
    assert read("q=%E3%80%80防災%00%20 訓練%0A").text == "防災 訓練"
    assert len(read("q=" + "長" * 500).text) == 100


@pytest.mark.parametrize("value", ["0", "", "yes", "2"])
def test_open_is_chosen_only_by_its_own_values(value):
    assert read(f"open={value}").open_only is False


def test_chosen_theme_takes_what_is_below_it():
    branch = Theme.objects.filter(branch="personal")

    assert set(read("theme=personal-skills").filter().themes) == {t.pk for t in branch}
