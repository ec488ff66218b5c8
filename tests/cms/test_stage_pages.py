"""Pages of stages, series, learning paths, news and plain prose."""

from datetime import timedelta

import pytest

from cms.models import NewsIndexPage, NewsPage
from courses.models import Series, SeriesUnit, Stage, Theme
from learning_paths.models import Path
from tests.factories import NOON, CourseFactory, DepartmentFactory, StepFactory
from tests.pages import publish_path, publish_series

DAY = timedelta(days=1)
NO_LADDER = "ステージは階段ではありません。"


def html_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_stage_index_explains_every_stage_and_that_it_is_no_ladder(client, offer):
    offer("防災").course.stages.add(Stage.objects.get(key="growth"))
    offer("終わった", days=-3).course.stages.add(Stage.objects.get(key="growth"))

    response = client.get("/stages/")

    html = response.content.decode()
    assert NO_LADDER in html
    assert html.count("この名前は仮のものです。") == 3
    assert html.count("団体が自分たちの力で活動を続けている時期です。") == 3
    on_offer = {stage.key: stage.on_offer for stage in response.context["stages"]}
    assert on_offer["growth"] == 1
    assert sum(on_offer.values()) == 1


def test_stage_page_shows_what_is_on_for_it_and_its_paths(client, offer):
    growth = Stage.objects.get(key="growth")
    offer("防災").course.stages.add(growth)
    offer("ほかのステージ")
    publish_path(Path.objects.create(slug="grow", name="成長の道", stage=growth))
    publish_path(
        Path.objects.create(slug="hid", name="準備中の道", stage=growth, is_published=False)
    )

    response = client.get("/stages/growth/")

    html = response.content.decode()
    assert [card.title for card in response.context["cards"]] == ["防災"]
    assert growth.description in html
    assert 'href="/paths/grow/"' in html
    assert "準備中の道" not in html
    assert "/stages/growth/calendar.ics" in html


def test_stage_without_courses_says_so(client, site):
    assert "これからの講座は、まだ決まっていません。" in html_of(client, "/stages/growth/")


def test_stage_page_shows_twelve_and_counts_all(client, offer):
    growth = Stage.objects.get(key="growth")
    for number in range(13):
        offer(f"講座{number}", days=number + 1).course.stages.add(growth)

    response = client.get("/stages/growth/")

    assert (len(response.context["cards"]), response.context["total"]) == (12, 13)


@pytest.fixture
def series(offer) -> Series:
    made = Series.objects.create(
        slug="sonae",
        title="防災シリーズ",
        title_en="Readiness",
        goal="備えを学びます。",
        theme=Theme.objects.get(key="disaster"),
        department=DepartmentFactory(),
    )
    for position, (title, days) in enumerate([("はじめ", -9), ("つぎ", 9)], start=1):
        course = offer(title, days=days).course
        SeriesUnit.objects.create(series=made, course=course, position=position)
    undated = CourseFactory(title="おわり")
    SeriesUnit.objects.create(
        series=made, course=undated, position=3, builds_on="地図を生かします。"
    )
    publish_series(made)
    return made


def test_series_page_shows_its_units_in_order(client, series):
    html = html_of(client, "/series/sonae/")

    places = [html.index(words) for words in ("はじめ", "つぎ", "おわり")]
    assert places == sorted(places)
    for words in ("備えを学びます。", "開催済み", "11月30日（月）", "日程調整中"):
        assert words in html
    assert "地図を生かします。" in html
    assert "/series/sonae/calendar.ics" in html


def test_series_page_has_its_english_title(client, series):
    assert "<h1>Readiness</h1>" in html_of(client, "/en/series/sonae/")


def test_series_index_tells_where_each_stands(client, series):
    html = html_of(client, "/series/")

    assert "防災シリーズ" in html
    assert "全3単元" in html
    assert "11月30日（月）" in html


def test_series_index_without_series_says_so(client, site):
    assert "シリーズは準備中です。" in html_of(client, "/series/")


@pytest.fixture
def path(offer) -> Path:
    made = Path.objects.create(
        slug="grow", name="成長の道", stage=Stage.objects.get(key="growth")
    )
    step = StepFactory(path=made, position=1, name="会計をととのえる")
    step.courses.add(offer("会計").course, CourseFactory(title="下書き", published_at=None))
    StepFactory(path=made, position=2, name="ひろげる", is_required=False)
    publish_path(made)
    return made


def test_path_page_shows_steps_with_their_public_courses(client, path):
    html = html_of(client, "/paths/grow/")

    assert html.index("1. 会計をととのえる") < html.index("2. ひろげる")
    assert 'href="/courses/会計/"' in html
    assert "下書き" not in html
    assert "講座は準備中です。" in html
    assert 'href="/groups/"' in html


def test_path_that_is_not_published_is_not_found(client, path):
    Path.objects.update(is_published=False)

    assert client.get("/paths/grow/").status_code == 404
    assert "成長の道" not in html_of(client, "/paths/")


def test_path_index_lists_paths(client, path):
    assert "成長の道" in html_of(client, "/paths/")


def test_news_are_listed_newest_first_twenty_a_page(client, site):
    index = NewsIndexPage.objects.get()
    for number in range(21):
        page = NewsPage(title=f"お知らせ{number:02}", slug=f"n{number}")
        page.dated_on = (NOON + (number + 1) * DAY).date()
        index.add_child(instance=page)

    first = [page.title for page in client.get("/news/").context["page_obj"]]
    assert first == [f"お知らせ{number:02}" for number in range(20, 0, -1)]
    second = [page.title for page in client.get("/news/?page=2").context["page_obj"]]
    assert second == ["お知らせ00", "冬の講座"]


def test_news_page_shows_its_day_and_prose(client, site):
    NewsPage.objects.update(intro="受付を始めます。")

    html = html_of(client, "/news/winter/")

    assert "11月21日（土）" in html
    assert "受付を始めます。" in html


def test_plain_page_is_shown(client, site):
    assert "<h1>個人情報の取扱い</h1>" in html_of(client, "/privacy/")


@pytest.mark.parametrize(
    "address", ["/stages/none/", "/series/none/", "/paths/none/", "/news/none/", "/none/"]
)
def test_page_that_is_none_is_not_found(client, site, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "none" not in response.content.decode().split("<main")[1]


@pytest.mark.parametrize("address", ["/stages/", "/series/", "/paths/", "/stages/growth/"])
def test_lists_take_as_many_queries_for_three_rows_as_for_one(
    client, offer, django_assert_max_num_queries, address
):
    growth = Stage.objects.get(key="growth")

    def fill(number: int) -> int:
        for at in range(number):
            slug = f"{number}-{at}"
            course = offer(slug).course
            course.stages.add(growth)
            made = Series.objects.create(
                slug=slug,
                title=slug,
                theme=Theme.objects.get(key="disaster"),
                department=course.department,
            )
            SeriesUnit.objects.create(series=made, course=course, position=1)
            publish_series(made)
            publish_path(Path.objects.create(slug=slug, name=slug, stage=growth))
        client.get(address)
        with django_assert_max_num_queries(25) as counted:
            client.get(address)
        return len(counted)

    assert fill(1) == fill(2)


def test_index_says_its_title_in_the_language_of_the_reader(client, site):
    assert "<h1>地域課題シリーズ</h1>" in html_of(client, "/series/")

    html = html_of(client, "/en/series/")

    assert "<h1>Local-issue series</h1>" in html
    assert '<li aria-current="page">Local-issue series</li>' in html
