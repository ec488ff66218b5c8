"""In which order, how near, and what to loosen where nothing fits."""

from datetime import timedelta

from tests.cms.catalogue import look, text, titles
from tests.factories import NOON, SessionFactory

DAY = timedelta(days=1)


def test_orders_are_by_date_newest_and_closing(client, offer):
    offer("あとで締切", days=3, applications_close_at=NOON + 2 * DAY)
    offer("すぐ締切", days=9, applications_close_at=NOON + DAY)
    offer("申込不要", days=1, selection_mode="open", applications_close_at=None)

    assert titles(look(client)) == ["申込不要", "あとで締切", "すぐ締切"]
    assert titles(look(client, sort="soonest")) == titles(look(client))
    assert titles(look(client, sort="newest")) == ["申込不要", "すぐ締切", "あとで締切"]
    assert titles(look(client, sort="closing")) == ["すぐ締切", "あとで締切", "申込不要"]


def test_order_is_kept_by_pages_and_forgotten_by_feeds(client, offer):
    for number in range(13):
        offer(f"講座{number:02}", days=number + 1)
    html = look(client, sort="newest", kind="course").content.decode()

    assert 'href="/courses/?kind=course&amp;sort=newest&amp;page=2"' in html
    assert '/calendar.ics?kind=course"' in html
    assert 'href="/courses/feed.atom?kind=course"' in html
    assert '<option value="newest" selected>' in html


def test_words_are_ranked_unless_another_order_is_asked_for(client, offer, monkeypatch):
    late, soon = offer("遅い", days=20), offer("早い", days=2)
    ranked = [late.course_id, soon.course_id]
    monkeypatch.setattr("cms.presenters.catalogue.matching_course_ids", lambda text: ranked)

    assert titles(look(client, q="い")) == ["遅い", "早い"]
    assert titles(look(client, q="い", sort="soonest")) == ["早い", "遅い"]


def test_near_orders_by_way_from_ones_area_and_says_it_in_words(
    client, offer, north, south
):
    offer("南の講座", days=1, venue=south)
    offer("北の講座", days=9, venue=north)
    offer("オンライン", days=1, delivery="online")
    offer("どちらでも", days=20, venue=south).sessions.create(
        number=2, starts_at=NOON + 21 * DAY, ends_at=NOON + 22 * DAY, venue=north
    )

    response = look(client, near="北")

    assert titles(response) == ["北の講座", "どちらでも", "南の講座", "オンライン"]
    assert [card.near_text for card in response.context["cards"]] == [
        "同じ地区",
        "同じ地区",
        "約11km",
        "",
    ]
    assert [card.near_text for card in look(client).context["cards"]] == [""] * 4
    assert "北の中心から会場までの、直線での近い順です。" in text(response)


def test_near_is_within_what_fits(client, offer, north, south):
    run = offer("講座", days=14, venue=south)
    SessionFactory(run=run, number=2, starts_at=NOON + 17 * DAY, venue=north)

    (card,) = look(client, near="北", weekday="6").context["cards"]

    assert card.near_text == "約11km"


def test_nothing_found_says_which_condition_to_loosen(client, offer, north, south):
    offer("北の土曜", days=14, venue=north, fee=500)
    offer("南の土曜", days=14, venue=south)
    offer("南の日曜", days=15, venue=south)

    response = look(client, weekday="6", area="北", fee="free", sort="newest")

    assert [(one.label, one.count, one.query) for one in response.context["looser"]] == [
        ("費用（無料）", 1, "weekday=6&area=%E5%8C%97&sort=newest"),
        ("地区（北）", 1, "weekday=6&fee=free&sort=newest"),
    ]
    html = text(response)
    assert "0件の講座" in html
    assert "条件を一つ外すと、見つかります。" in html
    assert "地区（北）を外す：1件" in html


def test_each_loosening_brings_what_it_says(client, offer, north):
    offer("一", days=14, venue=north)
    offer("二", days=15, venue=north, has_childcare=True)
    response = look(client, weekday=["6"], childcare="1", to="2026-12-31")

    looser = response.context["looser"]
    assert {one.label: one.count for one in looser} == {"曜日（土曜日）": 1, "保育あり": 1}
    for one in looser:
        assert look(client, one.query).context["total"] == one.count


def test_days_and_words_can_be_loosened(client, offer, monkeypatch):
    offer("講座", days=14)
    found = []
    monkeypatch.setattr("cms.presenters.catalogue.matching_course_ids", lambda text: found)

    by_day = look(client, **{"from": "2027-01-01", "to": "2027-01-31"}).context["looser"]
    by_word = look(client, q="ない言葉", fee="free").context["looser"]

    assert [(one.label, one.count, one.query) for one in by_day] == [
        ("期間（1月1日（金）から・1月31日（日）まで）", 1, "")
    ]
    assert [(one.label, one.count, one.query) for one in by_word] == [
        ("「ない言葉」", 1, "fee=free")
    ]


def test_only_word_is_not_what_to_drop(client, offer, monkeypatch):
    """Everything is no answer to somebody who looks for something."""
    offer("講座", days=14)
    monkeypatch.setattr("cms.presenters.catalogue.matching_course_ids", lambda text: [])

    response = look(client, q="ない言葉")

    assert response.context["looser"] == []
    assert "短い言葉や、ほかの言い方でもさがしてみてください。" in response.content.decode()


def test_nothing_to_loosen_says_so(client, offer):
    offer("講座", fee=500, venue=None)

    html = text(look(client, fee="free", weekday="1", kind="forum"))

    assert "条件をいくつか外すと、見つかることがあります。" in html
    assert "すべての講座を見る" in html
