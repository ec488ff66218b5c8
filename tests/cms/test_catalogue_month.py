"""The month calendar of a search: what it shows, and that it has an end."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest

from courses.models import ClosingDay, Session
from tests.factories import NOON, RoomFactory, SessionFactory, VenueFactory

DAY = timedelta(days=1)


def look(client, month: str = "2026-12", path: str = "/courses/", **more):
    asked = {"view": "month", "month": month, **more}
    return client.get(f"{path}?{urlencode(asked, doseq=True)}")


def cells(response) -> dict[int, list[str]]:
    """By day what is written in its cell."""
    return {
        cell.day.day.day: [
            f"{line.called_off}{line.time} {line.title}" for line in cell.lines
        ]
        for week in response.context["weeks"]
        for cell in week
        if cell.lines
    }


def test_sessions_stand_on_their_days(client, offer):
    run = offer("防災", days=14)
    SessionFactory(run=run, number=2, starts_at=NOON + 15 * DAY)
    offer("来月の講座", days=60)

    response = look(client)

    assert cells(response) == {5: ["12:00 防災"], 6: ["12:00 防災"]}
    html = response.content.decode()
    assert "1件の講座" in html
    assert "（2回）" in html
    assert '<time datetime="2026-12-05">' in html


def test_fewer_lines_of_a_day_are_larger_on_paper(client, offer):
    run = offer("防災", days=14)
    for number, day in enumerate((15, 15, 15, 16, 16, 16, 16), start=2):
        SessionFactory(run=run, number=number, starts_at=NOON + day * DAY)

    response = look(client)

    cells_of = [cell for week in response.context["weeks"] for cell in week]
    assert {cell.day.day.day: cell.room for cell in cells_of if cell.lines} == {
        5: "roomy",
        6: "few",
        7: "full",
    }
    assert response.content.decode().count('class="month__cell month__cell--few"') == 1


def test_heading_is_the_citys_with_the_western_year(client, site):
    assert "令和8年12月（2026年12月）" in look(client).content.decode()
    assert (
        '<h2 id="calendar-heading">December 2026</h2>'
        in look(client, path="/en/courses/").content.decode()
    )


def test_this_month_is_shown_where_none_was_asked_for(client, site):
    response = client.get("/courses/?view=month")

    assert (str(response.context["month"]), response.context["form"].problems) == (
        "2026-11",
        [],
    )


@pytest.mark.parametrize("month", ["9999-99", "2031-01", "1999-01", "x", "-1", "2026-00"])
def test_month_out_of_reach_is_said_and_this_month_shown(client, site, month):
    response = look(client, month)

    assert (response.status_code, str(response.context["month"])) == (200, "2026-11")
    assert response.context["form"].problems == [
        f"表示する月「{month}」は見つからないため、今月を表示しました。"
    ]


def test_months_beside_keep_the_conditions_and_have_an_end(client, site):
    beside = look(client, stage="growth", sort="newest").context

    assert beside["before"].query == ("stage=growth&sort=newest&view=month&month=2026-11")
    assert beside["after"].query == "stage=growth&sort=newest&view=month&month=2027-01"
    assert look(client, "2028-11").context["after"] is None
    assert look(client, "2024-11").context["before"] is None


def test_cancelled_session_is_struck_with_the_word(client, offer):
    run = offer("防災")
    SessionFactory(run=run, number=2, starts_at=NOON + 15 * DAY, state="cancelled")
    offer("延期の講座", days=16, state="postponed")

    response = look(client)

    assert cells(response) == {
        5: ["12:00 防災"],
        6: ["中止12:00 防災"],
        7: ["延期12:00 延期の講座"],
    }
    assert response.context["sessions_held"] == 1
    assert '<strong class="month__stop">中止</strong> <a href="/courses/' in (
        response.content.decode()
    )


def test_holidays_and_closing_days_are_named(client, site):
    ClosingDay.objects.all().delete()
    ClosingDay.objects.create(
        name="館内整理", first_day=date(2026, 11, 9), last_day=date(2026, 11, 9)
    )
    ClosingDay.objects.create(
        name="改修",
        first_day=date(2026, 11, 10),
        last_day=date(2026, 11, 10),
        venue=VenueFactory(),
    )

    html = look(client, "2026-11").content.decode()

    for name, shown in (
        ("館内整理", True),
        ("文化の日", True),
        ("勤労感謝の日", True),
        ("改修", False),
    ):
        assert (name in html) == shown


def test_only_sessions_that_fit_are_shown(client, offer):
    north, south = VenueFactory(area="北"), VenueFactory(area="南")
    run = offer("二つの会場", venue=south)
    room = RoomFactory(venue=north)
    SessionFactory(run=run, number=2, starts_at=NOON + 15 * DAY, room=room)
    offer("南だけ", days=15, venue=south)

    assert cells(look(client, area="北")) == {6: ["12:00 二つの会場"]}
    assert cells(look(client, area="北", weekday="6")) == {}
    assert cells(look(client, **{"from": "2026-12-06", "area": "南"})) == {
        6: ["12:00 南だけ"]
    }


def test_drafts_are_never_in_the_month(client, offer):
    offer("準備中", state="planned")
    offer("取り下げた講座").course.pages.get().unpublish()

    assert cells(look(client)) == {}


def test_view_is_switched_with_all_conditions_kept(client, site):
    as_list = client.get("/courses/?stage=growth&near=&page=1").content.decode()
    as_month = look(client, stage="growth").content.decode()

    assert 'href="/courses/?stage=growth&amp;view=month&amp;month=2026-11"' in as_list
    assert 'href="/courses/?stage=growth"' in as_month
    assert '<input type="hidden" name="view" value="month">' in as_month
    assert '<input type="hidden" name="month" value="2026-12">' in as_month


def test_counts_are_those_of_the_month(client, offer):
    offer("12月", days=14)
    offer("1月", days=50)

    weekdays = look(client).context["facets"]["weekday"].choices

    assert {choice.value: choice.count for choice in weekdays if choice.count} == {"6": 1}


def test_empty_month_says_so_and_names_what_to_loosen(client, offer):
    offer("土曜", days=14)

    html = look(client, weekday="3").content.decode()

    assert "条件に合う講座は見つかりませんでした。" in html
    assert 'href="/courses/?view=month&amp;month=2026-12"' in html


@pytest.mark.parametrize("number", [1, 3])
def test_month_takes_the_same_queries_however_much_there_is(
    client, offer, django_assert_num_queries, number
):
    for at in range(number):
        run = offer(f"講座{at}", days=10 + at, venue=VenueFactory())
        SessionFactory(run=run, number=2, starts_at=NOON + 17 * DAY)
    look(client)  # fills the caches of the frame
    with django_assert_num_queries(11):
        assert look(client).status_code == 200
    assert Session.objects.count() == 2 * number
