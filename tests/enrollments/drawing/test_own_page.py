"""What an applicant sees of the draw on the own page, before and after."""

import re
from datetime import timedelta

import pytest
import time_machine

from enrollments.domain.drawing.announcing import announce
from enrollments.domain.links import application_path
from tests.enrollments.drawing.conftest import SOURCE
from tests.enrollments.drawing.test_record_over_http import text_of

pytestmark = pytest.mark.django_db


def _page(client, application, at) -> str:
    with time_machine.travel(at, tick=False):
        return " ".join(text_of(client.get(application_path(application))).split())


def test_before_the_list_is_frozen(client, run, applications, now):
    run.results_at = now + timedelta(days=20)
    run.save()
    text = _page(client, applications[0], now)
    assert "受付が終わる 12月1日（火）12:00 のあとに抽選し" in text
    assert "結果は 12月11日（金）12:00 に" in text
    assert "抽選の記録を見る" in text


@pytest.mark.parametrize("tells", [True, False])
def test_where_losers_are_not_told_the_page_says_so(client, run, applications, now, tells):
    run.tells_losers, run.waiting_list = tells, False
    run.save()
    text = _page(client, applications[0], now)
    assert ("落選した方にはお知らせしません" in text) == (not tells)


def test_frozen_names_what_decides(client, frozen, applications, closed):
    text = _page(client, applications[0], closed)
    assert f"12月4日（金） にわかる「{SOURCE}」を使って抽選します。" in text


def test_held_draw_leaks_nothing_before_its_time(client, held, applications, value_day):
    pages = [_page(client, one, value_day) for one in applications]
    for one, text in zip(applications, pages, strict=True):
        assert "抽選は終わりました。" in text
        for word in ("当選", "順位", "キャンセル待ち", "落選"):
            assert word not in text, one.receipt_number


def test_announced_shows_own_number_rank_and_line(
    client, held, officer, value_day, applications
):
    announce(draw=held, by=officer, at=value_day)
    for entry in held.entries.select_related("application"):
        text = _page(client, entry.application, value_day)
        assert f"{entry.rank}番（一般枠）" in text
        assert entry.number in text
        words = {"won": "当選", "waiting": f"キャンセル待ち {entry.line}番"}
        assert words[entry.outcome] in text


def test_places_drawn_anew_leave_no_place_in_line(
    client, run, held, officer, value_day, applications
):
    run.waiting_policy = "redraw"
    run.save()
    announce(draw=held, by=officer, at=value_day)
    entry = held.entries.select_related("application").get(line=1)
    own = _page(client, entry.application, value_day)
    with time_machine.travel(value_day, tick=False):
        record = text_of(client.get(f"/draws/{run.code}/"))
        number = {"number": entry.number, "round": "0"}
        by_number = text_of(client.post(f"/draws/{run.code}/number/", number))

    for text in (own, record, by_number):
        assert "キャンセル待ち" in text
        assert re.search(r"キャンセル待ち \d", text) is None
    assert f"{entry.rank}番（一般枠）" in own
    assert "キャンセル待ちに順番はありません。" in record


def test_other_runs_say_nothing_of_a_draw(client, run, applications, now):
    type(run).objects.filter(pk=run.pk).update(selection_mode="first_come")
    assert "抽選の記録" not in _page(client, applications[0], now)
