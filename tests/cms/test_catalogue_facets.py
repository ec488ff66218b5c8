"""Facets as the reader meets them: what they find, count and say."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from courses.models import Audience, Course, Stage, Theme
from tests.cms.catalogue import counts, look, titles
from tests.factories import NOON, SeatPoolFactory, SessionFactory, VenueFactory

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stage": "growth"}, ["二"]),
        ({"theme": "disaster"}, ["一"]),
        ({"kind": "forum"}, ["二"]),
        ({"audience": "seniors"}, ["一"]),
        ({"from": "2026-12-06"}, ["二"]),
        ({"to": "2026-12-05"}, ["一"]),
        ({"weekday": "6"}, ["一"]),
        ({"weekday": ["6", "7"]}, ["一", "二"]),
        ({"time": "afternoon"}, ["一", "二"]),
        ({"time": "evening"}, []),
        ({"area": "北"}, ["一"]),
        ({"venue": "south"}, ["二"]),
        ({"fee": "free"}, ["一"]),
        ({"delivery": "online"}, ["二"]),
        ({"childcare": "1"}, ["一"]),
        ({"sign": "1"}, ["二"]),
        ({"open": "1"}, ["一", "二"]),
        ({"area": "北", "weekday": "6", "fee": "free", "childcare": "1"}, ["一"]),
        ({"area": "北", "weekday": "7"}, []),
        ({"fee": "free", "sign": "1"}, []),
    ],
)
def test_each_facet_narrows_alone_and_with_others(
    client, offer, north, south, query, found
):
    one = offer("一", days=14, venue=north, has_childcare=True).course
    one.themes.add(Theme.objects.get(key="disaster"))
    one.audiences.add(Audience.objects.get(key="seniors"))
    two = {"venue": south, "fee": 500, "delivery": "hybrid", "has_captioning": True}
    offer("二", days=15, course={"kind": "forum"}, **two).course.stages.add(
        Stage.objects.get(key="growth")
    )

    assert titles(look(client, **query)) == found


def test_a_saturday_in_another_area_does_not_match_saturdays_here(
    client, offer, north, south
):
    run = offer("別々", days=14, venue=south)
    SessionFactory(run=run, number=2, starts_at=NOON + 17 * DAY, venue=north)

    assert titles(look(client, weekday="6", area="北")) == []
    assert titles(look(client, weekday="2", area="北")) == ["別々"]
    assert counts(look(client, weekday="6"), "area") == {"南": 1}


def test_calendar_of_a_search_has_the_sessions_that_fit(client, offer, north, south):
    run = offer("別々", days=14, venue=south)
    SessionFactory(run=run, number=2, starts_at=NOON + 17 * DAY, venue=north)

    def starts(**query) -> list[str]:
        feed = client.get(f"/calendar.ics?{urlencode(query)}").content.decode()
        return re.findall(r"DTSTART;TZID=Asia/Tokyo:(\d+)T", feed)

    assert starts() == ["20261205", "20261208"]
    assert starts(area="北") == ["20261208"]
    assert starts(weekday="6", area="北") == []
    assert starts(weekday="6", time="afternoon", venue="south") == ["20261205"]
    assert starts(delivery="online") == starts(childcare="1") == []


def test_parent_theme_counts_a_course_below_it_once(client, offer):
    run = offer("防災と子ども")
    run.course.themes.set(Theme.objects.filter(key__in=["disaster", "children"]))

    assert counts(look(client), "theme") == {
        "local-issues": 1,
        "disaster": 1,
        "children": 1,
    }


def test_counts_are_as_if_nothing_were_chosen_in_their_facet(client, offer):
    growth, practice = (Stage.objects.get(key=key) for key in ("growth", "practice"))
    offer("一", course={"kind": "forum"}).course.stages.add(growth)
    offer("二").course.stages.add(growth, practice)
    offer("終わった講座", days=-3).course.stages.add(growth)

    response = look(client, stage="practice")

    assert counts(response, "stage") == {"practice": 1, "growth": 2}
    assert counts(response, "kind") == {"course": 1}
    assert [(one.facet, one.count) for one in response.context["singles"]] == [
        ("open", 1),
        ("childcare", 0),
        ("sign", 0),
    ]


def test_choice_without_a_course_is_marked_and_a_chosen_one_is_checked(client, offer):
    offer("土曜", days=14)
    html = look(client, weekday="7").content.decode()

    assert re.search(r'id="c-weekday-6" name="weekday" value="7" checked>', html)
    none = r'<span id="n-weekday-6" class="choices__count choices__count--none">0<'
    assert re.search(none, html)
    assert '<span id="n-weekday-5" class="choices__count">1<' in html


def test_facet_with_something_chosen_is_unfolded(client, offer, north):
    offer("講座", venue=north)

    def is_open(response) -> bool:
        return response.context["facets"]["venue"].is_open

    assert (is_open(look(client)), is_open(look(client, venue="north"))) == (False, True)


def test_every_condition_is_a_chip(client, offer, north):
    offer("講座", venue=north)
    query = urlencode(
        {
            "audience": "seniors",
            "weekday": "6",
            "time": "morning",
            "area": "北",
            "venue": "north",
            "fee": "free",
            "delivery": "hybrid",
            "childcare": "1",
            "sign": "1",
        }
    )
    chips = look(client, f"{query}&sort=newest").context["chosen"]

    assert [chip.label for chip in chips] == [
        "シニア",
        "土曜日",
        "午前",
        "北",
        "北会館",
        "無料",
        "会場とオンライン",
        "保育あり",
        "手話通訳・要約筆記あり",
    ]
    assert all(chip.query.endswith("&sort=newest") for chip in chips)
    assert "weekday" not in chips[1].query


def test_card_speaks_of_the_run_that_fits(client, offer, north, south):
    run = offer("講座", days=5, venue=south)
    other = type(run).objects.create(
        code="other", course=run.course, fiscal_year=2026, venue=north, fee=300
    )
    SeatPoolFactory(run=other)
    SessionFactory(run=other, starts_at=NOON + 9 * DAY)

    (card,) = look(client, area="北").context["cards"]

    assert (card.place, card.fee_text) == ("北会館（北）", "300円")
    assert (card.next_session_text, card.fitting_text) == ("11月30日（月）12:00〜14:00", "")


def test_card_tells_the_session_that_fits_where_it_is_not_the_next(client, offer):
    run = offer("講座", days=5)
    SessionFactory(run=run, number=2, starts_at=NOON + 7 * DAY)

    (card,) = look(client, weekday="6").context["cards"]

    assert card.next_session_text == "11月26日（木）12:00〜14:00"
    assert card.fitting_text == "条件に合う回：11月28日（土）12:00〜14:00"
    assert look(client).context["cards"][0].fitting_text == ""


@pytest.mark.parametrize(
    "query", ["", "?weekday=6&fee=free&near=北&sort=closing", "?fee=paid"]
)
def test_facets_take_fifteen_queries_however_much_there_is(
    client, offer, north, django_assert_max_num_queries, query
):
    def fill(number: int) -> int:
        for at in range(number):
            run = offer(f"講座{Course.objects.count()}-{at}", venue=VenueFactory(area="北"))
            run.course.audiences.set(Audience.objects.all()[:2])
            SessionFactory(run=run, number=2, starts_at=NOON + 20 * DAY)
        client.get("/courses/")  # fills the caches of the frame
        with django_assert_max_num_queries(15) as counted:
            assert client.get(f"/courses/{query}").status_code == 200
        return len(counted)

    assert fill(1) == fill(2)
