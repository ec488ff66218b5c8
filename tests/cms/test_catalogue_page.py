"""The catalogue: what it finds, says and counts, and that no query can break it."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from courses.models import Course, Stage, Theme
from tests.factories import NOON, CourseFactory, CourseRunFactory, RoomFactory, VenueFactory

DAY = timedelta(days=1)


def titles(response) -> list[str]:
    return [card.title for card in response.context["cards"]]


def look(client, query: str = "", **facets):
    return client.get(f"/courses/?{query or urlencode(facets, doseq=True)}")


def test_catalogue_shows_soonest_first(client, offer):
    offer("遅い講座", days=20)
    offer("早い講座", days=3)
    offer("終わった講座", days=-3)

    response = look(client)

    assert titles(response) == ["早い講座", "遅い講座"]
    assert "2件の講座" in response.content.decode()
    assert '<h2 class="visually-hidden">講座の一覧</h2>' in response.content.decode()


def test_drafts_and_withdrawn_courses_are_never_shown(client, offer):
    CourseFactory(title="下書き", published_at=None)
    offer("取り下げた講座").course.pages.get().unpublish()

    assert titles(look(client)) == []


def test_card_tells_status_date_place_and_deadline(client, offer):
    offer("防災", places=20, taken=17)

    (card,) = look(client).context["cards"]

    assert (card.status_label, card.places_text) == ("受付中", "残りわずか（残り3名）")
    assert card.next_session_text == "12月5日（土）12:00〜14:00"
    assert card.deadline_text == "締切 12月1日（火）12:00"
    assert (card.fee_text, card.session_count) == ("無料", 1)


def test_deadline_at_midnight_is_the_day_before(client, offer):
    midnight = NOON.replace(hour=0) + 10 * DAY
    offer("防災", applications_close_at=midnight)

    assert look(client).context["cards"][0].deadline_text == "締切 11月30日（月）"


def test_past_courses_are_found_by_their_days(client, offer):
    offer("終わった講座", days=-3)

    assert titles(look(client, **{"from": "2026-11-01"})) == ["終わった講座"]


@pytest.mark.parametrize(
    "query",
    [
        "stage=no-such-stage",
        "theme=%00&kind=%27%22",
        "from=yesterday&to=2026-99-99",
        "from=0000-00-00",
        "from=9999-12-31&to=9999-12-31",
        "q=%00%F0%9F%8C%B1%22*%27%29(",
        "open=maybe",
        "q=" + "長" * 3000,
        "stage=growth&stage=growth&unknown=1",
    ],
)
def test_strange_query_is_answered(client, offer, query):
    offer("防災")

    assert look(client, query).status_code == 200


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("2", "そのページはないため、最後のページを表示しました。"),
        ("999999999999999999999", "そのページはないため、最後のページを表示しました。"),
        ("0", "そのページはないため、最初のページを表示しました。"),
        ("-1", "そのページはないため、最初のページを表示しました。"),
        ("x", "そのページはないため、最初のページを表示しました。"),
    ],
)
def test_page_that_is_none_gives_the_nearest_and_says_so(client, offer, page, sentence):
    offer("防災")

    response = look(client, page=page)

    assert (response.status_code, titles(response)) == (200, ["防災"])
    assert sentence in response.content.decode()


@pytest.mark.parametrize("page", ["", "1", "１"])
def test_first_page_is_read_however_it_was_typed(client, offer, page):
    offer("防災")

    response = look(client, page=page)

    assert (titles(response), response.context["form"].problems) == (["防災"], [])


def test_problem_is_said_on_the_page(client, site):
    html = look(client, "from=yesterday").content.decode()

    assert "日付の条件を除いてさがしました。" in html


def test_chips_take_one_condition_off_and_keep_the_others(client, site):
    response = look(client, "stage=growth&stage=practice&open=1&q=防災&page=1")

    chips = {chip.label: chip.query for chip in response.context["chosen"]}
    assert chips == {
        "活動実践": "q=%E9%98%B2%E7%81%BD&stage=growth&open=1",
        "成長・安定": "q=%E9%98%B2%E7%81%BD&stage=practice&open=1",
        "「防災」": "stage=growth&stage=practice&open=1",
        "いま申し込める": "q=%E9%98%B2%E7%81%BD&stage=growth&stage=practice",
    }


def test_days_are_chips_too(client, site):
    response = look(client, "from=2026-12-01&to=2026-12-31")

    assert [(chip.label, chip.query) for chip in response.context["chosen"]] == [
        ("12月1日（火）から", "to=2026-12-31"),
        ("12月31日（木）まで", "from=2026-12-01"),
    ]


def test_search_is_narrowed_by_facets(client, offer, monkeypatch):
    runs = [offer("一番"), offer("二番", course={"kind": "forum"}), offer("三番")]
    ranked = [run.course_id for run in reversed(runs)]
    monkeypatch.setattr("cms.presenters.catalogue.matching_course_ids", lambda text: ranked)

    assert titles(look(client, q="番")) == ["三番", "二番", "一番"]
    assert titles(look(client, q="番", kind="forum")) == ["二番"]


def test_what_is_over_is_found_after_everything_to_come(client, offer, monkeypatch):
    past, coming = offer("終わった講座", days=-3), offer("これからの講座")
    ranked = [past.course_id, coming.course_id]
    monkeypatch.setattr("cms.presenters.catalogue.matching_course_ids", lambda text: ranked)

    assert titles(look(client, q="講座")) == ["これからの講座", "終わった講座"]


def test_calendar_of_the_same_conditions_is_offered(client, site, settings):
    html = look(client, "stage=growth&page=1").content.decode()

    assert 'type="text/calendar"' in html
    assert f'href="{settings.PUBLIC_URL}/calendar.ics?stage=growth"' in html
    assert 'href="/calendar/?stage=growth"' in html


def test_subscription_page_gives_every_kind_of_address(client, site, settings):
    settings.PUBLIC_URL = "https://manabi.example.jp"
    html = client.get("/calendar/?stage=growth&page=2").content.decode()

    assert 'href="webcal://manabi.example.jp/calendar.ics?stage=growth"' in html
    assert 'value="https://manabi.example.jp/calendar.ics?stage=growth"' in html
    assert "成長・安定" in html


@pytest.mark.parametrize("query", ["", "?stage=growth&theme=local-issues&open=1"])
def test_catalogue_takes_fifteen_queries_however_much_there_is(
    client, offer, django_assert_max_num_queries, query
):
    def fill(number: int) -> int:
        for at in range(number):
            course: Course = offer(f"講座{Course.objects.count()}-{at}").course
            course.stages.add(Stage.objects.get(key="growth"))
            course.themes.set(Theme.objects.filter(key__in=["disaster", "children"]))
        client.get("/courses/")  # fills the caches of the frame
        with django_assert_max_num_queries(15) as counted:
            assert client.get(f"/courses/{query}").status_code == 200
        return len(counted)

    first = fill(1)
    assert fill(2) == first
    assert first > 5


def test_many_courses_are_shown_twelve_a_page(client, offer):
    for number in range(13):
        offer(f"講座{number:02}", days=number + 1)

    assert titles(look(client)) == [f"講座{number:02}" for number in range(12)]
    second = look(client, "page=2&kind=course")
    assert titles(second) == ["講座12"]
    assert re.search(
        r'rel="prev" href="/courses/\?kind=course&amp;page=1"', second.content.decode()
    )


def test_card_says_where(client, offer):
    hall = VenueFactory(name="市民会館", area="中央")
    offer("一", days=1, venue=hall)
    offer("二", days=2, venue=hall, session={"room": RoomFactory(name="A", venue=hall)})
    offer("三", days=3, delivery="online")
    offer("四", days=4, venue=None)
    CourseRunFactory(course=offer("五", days=-3).course, venue=hall)

    places = [card.place for card in look(client).context["cards"]]

    assert places == [
        "市民会館（中央）",
        "市民会館 A（中央）",
        "オンライン",
        "",
        "市民会館（中央）",
    ]
