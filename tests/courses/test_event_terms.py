"""How places are given, how many there are and what it costs, out of prose."""

import pytest

from courses.enums import CapacityUnit, SelectionMode
from courses.exchange.event_list.terms import Capacity, Fee, capacity, fee, selection_mode

PERSONS, PARTIES = CapacityUnit.PERSONS, CapacityUnit.PARTIES


@pytest.mark.parametrize(
    ("how", "mode"),
    [
        ("事前申し込みは不要です", SelectionMode.OPEN),
        ("不要（当日直接会場へ）", SelectionMode.OPEN),
        ("当日、直接会場へ", SelectionMode.OPEN),
        ("予約不要", SelectionMode.OPEN),
        ("申込みの必要はありません", SelectionMode.OPEN),
        (
            "事前申し込みは不要です。\n当日、先着順で雑誌を差し上げます。",
            SelectionMode.OPEN,
        ),
        ("20名（申込順）", SelectionMode.FIRST_COME),
        ("電話か窓口へ。先着順", SelectionMode.FIRST_COME),
        ("先着順\nその他\n直接、会場へお越しください。", SelectionMode.FIRST_COME),
        ("200名（超えた場合抽選）", SelectionMode.LOTTERY_IF_OVER),
        ("応募者多数の場合は抽選", SelectionMode.LOTTERY_IF_OVER),
        ("定員を上回ったときは、抽選を行います", SelectionMode.LOTTERY_IF_OVER),
        ("往復はがきで。抽選20名", SelectionMode.LOTTERY),
        ("10名（超えた場合選考）", SelectionMode.SCREENING),
        ("事前申し込みが必要です。\n電話で", None),
        ("必要\n当日、現地にて受付", None),
        ("申し込みは終了しました。", None),
        ("", None),
    ],
)
def test_selection_mode_follows_the_words_of_the_bulletin(how, mode):
    assert selection_mode(how) == mode


def test_selection_mode_looks_elsewhere_for_the_way():
    assert selection_mode("電話で申込み", "20名（申込順）") == SelectionMode.FIRST_COME


def test_selection_mode_believes_remarks_only_where_nothing_is_said():
    assert selection_mode("", "", "開催申込不要") == SelectionMode.OPEN
    assert selection_mode("電話で", "", "展示は申込不要") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20", Capacity(20)),
        ("２０名", Capacity(20)),
        ("1,200人", Capacity(1200)),
        ("10組", Capacity(10, PARTIES)),
        ("20名（申込順）", Capacity(20, PERSONS, "20名（申込順）")),
        ("各回10組", Capacity(10, PARTIES, "各回10組")),
        ("親子12〜20組", Capacity(20, PARTIES, "親子12〜20組")),
        ("先着30名程度", Capacity(30, PERSONS, "先着30名程度")),
        ("定員なし", Capacity(None, PERSONS, "定員なし")),
        ("若干名", Capacity(None, PERSONS, "若干名")),
        ("会場30名、オンライン50名", Capacity(None, PERSONS, "会場30名、オンライン50名")),
        ("", Capacity(None)),
        ("0", Capacity(None, PERSONS, "0")),
    ],
)
def test_capacity_is_a_number_or_stays_words(text, expected):
    assert capacity(text) == expected


@pytest.mark.parametrize(
    ("basic", "detail", "expected"),
    [
        ("0", "", Fee(0, "", True)),
        ("500", "", Fee(500, "", True)),
        ("1,000円", "材料費込み", Fee(1000, "材料費込み", True)),
        ("0", "無料", Fee(0, "", True)),
        ("", "無料", Fee(0, "", True)),
        ("", "大人1,000円、子ども無料", Fee(1000, "大人1,000円、子ども無料", True)),
        (
            "",
            "【中学の部】無料\n【一般】500円",
            Fee(500, "【中学の部】無料 【一般】500円", True),
        ),
        ("", "材料費実費", Fee(0, "材料費実費", True)),
        ("実費", "", Fee(0, "実費", True)),
        ("", "", Fee(0, "", False)),
    ],
)
def test_fee_is_never_free_without_a_word(basic, detail, expected):
    assert fee(basic, detail) == expected
