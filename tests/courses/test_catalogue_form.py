"""The query string is read forgivingly and nothing in it is an error page."""

from datetime import date

import pytest
from django.http import QueryDict

from courses.domain.catalogue import CatalogueFilter
from courses.forms.catalogue import CatalogueForm
from courses.models import Theme

pytestmark = pytest.mark.django_db

UNKNOWN = "見つからない条件があったため、除いてさがしました。"
BAD_DAY = "日付の条件を除いてさがしました。2026-12-05 のように入力してください。"


def read(query: str) -> CatalogueForm:
    return CatalogueForm(QueryDict(query))


def test_empty_query_chooses_nothing():
    form = read("")

    assert form.filter() == CatalogueFilter()
    assert (form.is_narrowed, form.problems, form.text) == (False, [], "")


def test_every_facet_is_read():
    form = read(
        "stage=growth&stage=practice&theme=disaster&kind=lecture"
        "&from=2026-12-01&to=2026-12-31&open=1&q=防災"
    )

    assert form.filter([7, 3]) == CatalogueFilter(
        stages=("growth", "practice"),
        themes=(Theme.objects.get(key="disaster").pk,),
        kinds=("lecture",),
        first_day=date(2026, 12, 1),
        last_day=date(2026, 12, 31),
        open_only=True,
        text_matches=(7, 3),
    )
    assert (form.is_narrowed, form.problems, form.text) == (True, [], "防災")


def test_repeated_values_count_once_and_empty_ones_not_at_all():
    assert read("stage=growth&stage=growth&stage=&kind=").filter() == CatalogueFilter(
        stages=("growth",)
    )


@pytest.mark.parametrize("name", ["stage", "theme", "kind"])
def test_unknown_value_is_left_out_and_named(name):
    form = read(f"{name}=no-such-thing")

    assert (form.filter(), form.problems) == (CatalogueFilter(), [UNKNOWN])


def test_same_problem_is_named_once():
    assert read("stage=x&theme=y&kind=z&from=x&to=y").problems == [UNKNOWN, BAD_DAY]


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
