"""How facts are written into cells, and that no text runs in a spreadsheet."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.fiscal_year import TOKYO
from courses.exchange.open_data.cells import cell, clock, day, phone, tidy, without_mark
from courses.exchange.open_data.columns import Column, Kind, complete, gaps
from courses.exchange.open_data.table import write_table
from tests.courses.open_data_rules import rows_of

AWKWARD = [
    "=1+1",
    "+81",
    "-一",
    "@x",
    "＝1",
    "\t=x",
    "\r\n-x",
    '"',
    '""',
    "a,b",
    "😀",
    "'=x",
    "'",
]
ANY_TEXT = st.text(max_size=60) | st.sampled_from(AWKWARD)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(0422)60-1830", "0422-60-1830"),
        ("０４２２－６０－１８３０", "0422-60-1830"),
        ("0422ー60ー1830", "0422-60-1830"),
        ("0422 60 1830", "0422-60-1830"),
        ("0422601830", "0422-60-1830"),
        ("09012345678", "090-1234-5678"),
        ("0422-60-1830 内線2130", "0422-60-1830"),
        ("", ""),
        ("なし", ""),
    ],
)
def test_telephone_numbers_are_half_width_with_hyphens(text, said):
    assert phone(text) == said


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Kind.DATE, date(2026, 4, 1), "2026-04-01"),
        (Kind.TIME, time(9, 5), "09:05"),
        (Kind.NUMBER, 0, "0"),
        (Kind.NUMBER, None, ""),
        (Kind.DEGREES, Decimal("35.7"), "35.700000"),
        (Kind.TEXT, " 一\r\n二\t三 ", "一 二 三"),
        (Kind.PROSE, "一\r\n\r\n\r\n\r\n二\x00", "一\n\n二"),
        (Kind.TEXT, "=HYPERLINK(1)", "'=HYPERLINK(1)"),
        (Kind.PROSE, "\t\r\n-一つ", "'-一つ"),
        (Kind.TEXT, "＝1+1", "'＝1+1"),
        (Kind.TEXT, "一=1", "一=1"),
    ],
)
def test_cells_are_written_as_the_standard_says(kind, value, said):
    assert cell(kind, value) == said


def test_moments_are_told_in_tokyo():
    moment = datetime(2026, 3, 31, 23, 30, tzinfo=TOKYO)
    assert (day(moment), clock(moment)) == (date(2026, 3, 31), time(23, 30))


@given(ANY_TEXT)
def test_any_text_comes_back_as_it_was_and_never_runs(text):
    columns = (Column("題", lambda row: row, Kind.PROSE), Column("次", lambda row: "1"))
    content = b"".join(write_table(columns, [text]))
    (row,) = rows_of(content)

    assert not row["題"].startswith(tuple("=+-@\t\r＝＋－＠"))
    assert without_mark(row["題"]) in (tidy(text), without_mark(tidy(text)))
    assert row["次"] == "1"


def test_a_row_with_an_empty_required_cell_is_left_out():
    columns = (Column("題", lambda row: row, required=True), Column("注", lambda row: ""))

    assert complete(columns, ["一", "", "二"]) == ["一", "二"]
    assert gaps(columns, "") == (columns[0],)


def test_zero_is_no_gap():
    assert gaps((Column("料金", lambda row: 0, Kind.NUMBER, required=True),), "") == ()


def test_a_long_table_is_written_in_pieces():
    pieces = list(write_table((Column("数", lambda row: row),), list(range(250))))
    assert len(pieces) == 5
    assert [row["数"] for row in rows_of(b"".join(pieces))] == [str(n) for n in range(250)]
