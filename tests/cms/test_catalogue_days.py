"""A week and the days to come, of any search: what stands where, in which words."""

import re
from datetime import timedelta

import pytest

from courses.models import Session
from tests.factories import NOON, RoomFactory, SessionFactory, VenueFactory

DAY = timedelta(days=1)


def look(client, query: str, path: str = "/courses/"):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    return response


def lines(response) -> list[tuple[str, str, str]]:
    """Day, time and title."""
    return [
        (listed.words, line.when, f"{line.mark}{line.title}")
        for group in response.context["groups"]
        for listed in group.days
        for line in listed.lines
    ]


def test_days_to_come_are_grouped_by_month_and_day(client, offer):
    run = offer("防災", days=0)
    SessionFactory(run=run, number=2, starts_at=NOON + DAY * 14, title="まちを歩く")
    offer("過ぎた講座", days=-1)

    response = look(client, "view=agenda")

    assert lines(response) == [
        ("11月21日（土）", "12:00〜14:00", "防災"),
        ("12月5日（土）", "12:00〜14:00", "防災"),
    ]
    html = response.content.decode()
    assert re.findall(r'<h2 id="days-\d">(.*?)</h2>', html) == [
        "令和8年11月（2026年11月）",
        "令和8年12月（2026年12月）",
    ]
    assert html.count('<h3 class="day__name" aria-current="date">') == 1
    assert '<span class="day__part">第2回 まちを歩く</span>' in html


def test_past_days_are_shown_where_they_were_asked_for(client, offer):
    offer("過ぎた講座", days=-10)

    assert lines(look(client, "view=agenda")) == []
    assert lines(look(client, "view=agenda&from=2026-11-01")) == [
        ("11月11日（水）", "12:00〜14:00", "過ぎた講座")
    ]


def test_week_has_all_days_with_what_is_off(client, offer):
    offer("防災", days=2)

    response = look(client, "view=week&week=2026-11-25")

    (group,) = response.context["groups"]
    assert next(listed.words for listed in group.days) == "11月22日（日）"
    assert len(group.days) == 7
    assert lines(response) == [("11月23日（月）", "12:00〜14:00", "防災")]
    html = response.content.decode()
    assert "令和8年11月22日（日）〜11月28日（土）" in html
    assert "勤労感謝の日" in html
    assert html.count('<p class="day__none">予定はありません。</p>') == 6
    assert "（1回）" in html


def test_what_became_of_a_session_is_said_in_words(client, offer):
    run = offer("防災", days=1)
    run.sessions.update(
        state="moved", former_starts_at=NOON - DAY, state_note="講師の都合のため"
    )
    SessionFactory(
        run=run, number=2, starts_at=NOON + DAY * 2, state="cancelled", state_note="大雨"
    )
    offer("延期の講座", days=3, state="postponed", state_note="会場の工事")

    response = look(client, "view=agenda")

    assert [title for _day, _when, title in lines(response)] == [
        "日時変更防災",
        "中止防災",
        "延期延期の講座",
    ]
    html = response.content.decode()
    assert "変更前は11月20日（金）12:00 講師の都合のため" in html
    assert '<strong class="month__stop">中止</strong>' in html
    assert '<strong class="month__mark">日時変更</strong>' in html
    assert "会場の工事" in html


def test_changed_place_and_make_up_are_said_in_words(client, offer):
    run = offer("防災", days=1)
    run.sessions.update(former_place="北会館")
    off = SessionFactory(run=run, number=2, starts_at=NOON + DAY * 2, state="cancelled")
    SessionFactory(run=run, number=3, starts_at=NOON + DAY * 3, makes_up=off)

    response = look(client, "view=agenda")

    assert [title for _day, _when, title in lines(response)] == [
        "会場変更防災",
        "中止防災",
        "補講防災",
    ]
    assert "変更前は北会館" in response.content.decode()


def test_place_is_the_room_and_online_in_words(client, offer):
    venue = VenueFactory(name="中央会館")
    run = offer("会場", days=1, venue=venue, delivery="hybrid")
    run.sessions.update(room=RoomFactory(venue=venue, name="会議室A"))
    offer("画面", days=2, delivery="online")
    offer("一日", days=3, session={"is_all_day": True})

    found = [
        (line.place, line.when)
        for group in look(client, "view=agenda").context["groups"]
        for listed in group.days
        for line in listed.lines
    ]

    assert found[:2] == [
        ("中央会館 会議室A・オンライン", "12:00〜14:00"),
        ("オンライン", "12:00〜14:00"),
    ]
    assert found[2][1] == "終日"


def test_weeks_beside_keep_the_conditions_and_have_an_end(client, site):
    beside = look(client, "view=week&week=2026-12-01&stage=growth&sort=newest").context

    begin = "stage=growth&sort=newest&view=week&week="
    assert beside["before"].query == f"{begin}2026-11-22"
    assert beside["after"].query == f"{begin}2026-12-06"
    assert beside["now"].query == f"{begin}2026-11-15"
    assert look(client, "view=week").context["now"] is None
    assert look(client, "view=week&week=2028-11-30").context["after"] is None
    assert look(client, "view=week&week=2024-11-01").context["before"] is None


@pytest.mark.parametrize("week", ["9999-12-31", "x", "2026-13-01", "2026-02-30"])
def test_week_out_of_reach_is_said_and_this_week_shown(client, site, week):
    response = look(client, f"view=week&week={week}")

    assert str(response.context["shown"].week) == "2026-11-15"
    assert response.context["form"].problems == [
        f"表示する週「{week}」は見つからないため、今週を表示しました。"
    ]


def test_ways_of_showing_are_of_the_same_time(client, site):
    response = look(client, "view=month&month=2027-01&stage=growth")

    assert [(way.query, way.is_current) for way in response.context["ways"]] == [
        ("stage=growth", False),
        ("stage=growth&view=month&month=2027-01", True),
        ("stage=growth&view=week&week=2026-12-27", False),
        ("stage=growth&view=agenda", False),
    ]


def test_view_stays_while_conditions_change(client, site):
    html = look(client, "view=week&week=2026-12-01").content.decode()

    assert '<input type="hidden" name="view" value="week">' in html
    assert '<input type="hidden" name="week" value="2026-11-29">' in html


def test_many_days_to_come_have_pages(client, offer):
    run = offer("防災", days=1)
    for number in range(2, 43):
        SessionFactory(run=run, number=number, starts_at=NOON + DAY * number)

    first, second = look(client, "view=agenda"), look(client, "view=agenda&page=2")

    assert (len(lines(first)), len(lines(second))) == (40, 2)
    assert 'rel="next" href="/courses/?view=agenda&amp;page=2"' in first.content.decode()


def test_english_reader_gets_english_days(client, offer):
    offer("防災", days=14, course={"title_en": "Be prepared"})

    response = look(client, "view=agenda", path="/en/courses/")

    assert lines(response) == [("Sat 5 Dec 2026", "12:00–14:00", "Be prepared")]
    week = look(client, "view=week", path="/en/courses/").content.decode()
    assert "Sun 15 Nov 2026 – Sat 21 Nov 2026" in week


def test_drafts_are_in_neither(client, offer):
    offer("準備中", days=1, state="planned")
    offer("取り下げた講座", days=1).course.pages.get().unpublish()

    for view in ("agenda", "week&week=2026-11-22"):
        assert lines(look(client, f"view={view}")) == []


def test_nothing_to_come_is_said(client, site):
    html = look(client, "view=agenda").content.decode()
    assert "これからの予定はありません。" in html


def test_unprinted_lines_of_a_busy_day_are_counted(client, offer):
    run = offer("防災", days=14)
    for number in range(2, 9):
        SessionFactory(run=run, number=number, starts_at=NOON + DAY * 14)

    html = look(client, "view=month&month=2026-12").content.decode()

    # December 2026 has five weeks on the sheet, with five lines a day.
    assert "month--weeks-5" in html
    assert html.count('class="month__unprinted"') == 4
    assert '<li class="month__rest">ほか 4件</li>' in html


def test_month_of_today_says_what_is_over(client, offer):
    offer("過ぎた講座", days=-3)
    offer("防災", days=3)

    now = look(client, "view=month").content.decode()
    assert '<a href="#all-days">過ぎた日の予定も見る（1件）</a>' in now
    assert "month--now" in now
    before = look(client, "view=month&month=2026-10").content.decode()
    assert "month--now" not in before


def test_sheet_names_city_conditions_and_day_of_printing(client, offer, settings):
    html = look(client, "view=month&open=1").content.decode()
    head = html[html.index('class="print-head"') : html.index('class="month__head"')]

    for words in (settings.CITY_NAME, "令和8年11月（2026年11月）", "いま申し込める"):
        assert words in head
    assert "11月21日（土） 印刷" in head


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("view", "most"), [("agenda", 13), ("week", 12)])
def test_days_take_the_same_queries_however_much_there_is(
    client, offer, django_assert_num_queries, number, view, most
):
    for at in range(number):
        run = offer(f"講座{at}", days=at - 2, venue=VenueFactory())
        SessionFactory(run=run, number=2, starts_at=NOON + timedelta(hours=1))
    look(client, f"view={view}")  # fills the caches of the frame
    with django_assert_num_queries(most):
        look(client, f"view={view}")
    assert Session.objects.count() == 2 * number
