"""A workbook as Excel users expect it: codes as texts, days as days, heading in sight."""

from datetime import date, datetime
from io import BytesIO
from types import SimpleNamespace

from openpyxl import load_workbook

from courses.domain.fiscal_year import TOKYO
from courses.enums import SchoolYear
from courses.exchange.columns.choices import Choice, YesNo
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day, Moment
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.phones import Phone
from courses.exchange.columns.postcodes import Postcode
from courses.exchange.columns.texts import LongText
from courses.exchange.sheets.sheet import Sheet
from courses.exchange.sheets.workbook import write_xlsx

COLUMNS = [
    Column("phone", "電話番号", Phone()),
    Column("code", "郵便番号", Postcode()),
    Column("born", "生年月日", Day()),
    Column("at", "受付日時", Moment()),
    Column("seats", "人数", Number()),
    Column("year", "学年", Choice(SchoolYear)),
    Column("own", "本人", YesNo()),
]


def book_of(*rows, title="申込み"):
    kept = BytesIO()
    write_xlsx(Sheet(title, COLUMNS, [SimpleNamespace(**row) for row in rows]), kept)
    return load_workbook(BytesIO(kept.getvalue()))


FULL = {
    "phone": "09012345678",
    "code": "0600001",
    "born": date(1970, 5, 8),
    "at": datetime(2026, 11, 3, 10, 30, tzinfo=TOKYO),
    "seats": 2,
    "year": SchoolYear(3),
    "own": True,
}
EMPTY = dict.fromkeys(FULL)


def test_cells_are_what_they_mean():
    page = book_of(EMPTY, FULL).active
    assert [(cell.value, cell.number_format) for cell in page[3]] == [
        ("09012345678", "@"),
        ("060-0001", "@"),
        (datetime(1970, 5, 8), "yyyy/mm/dd"),
        (datetime(2026, 11, 3, 10, 30), "yyyy/mm/dd hh:mm"),
        (2, "General"),
        (SchoolYear(3).label, "@"),
        ("○", "@"),
    ]
    assert [cell.value for cell in page[2]] == [None] * 7


def test_rows_do_not_leave_traces_in_each_other():
    page = book_of(FULL, EMPTY, FULL).active
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert rows[0] == rows[2]
    assert rows[1] == [None] * 7


def test_heading_stays_in_sight_and_columns_are_wide_enough():
    page = book_of(FULL).active
    assert (page.freeze_panes, page.title) == ("A2", "申込み")
    assert page["A1"].font.b
    assert page.column_dimensions["D"].width == 18


def test_title_that_a_sheet_may_not_have_is_cut():
    assert book_of(title="申込み/出席" + "あ" * 40).active.title == "申込み出席" + "あ" * 26


def test_texts_come_back_sign_by_sign():
    kept = BytesIO()
    texts = [" <b>&amp;</b> ", "一行目\n二行目", "]]>", "𠮷\uffff田", "", "=1+1"]
    columns = [Column("text", "文", LongText())]
    write_xlsx(Sheet("文", columns, [SimpleNamespace(text=one) for one in texts]), kept)
    page = load_workbook(BytesIO(kept.getvalue())).active
    assert [page.cell(line, 1).value for line in range(2, 8)] == [
        " <b>&amp;</b> ",
        "一行目\n二行目",
        "]]>",
        "𠮷田",
        None,
        "'=1+1",
    ]
    assert [page.cell(line, 1).alignment.wrap_text for line in (2, 3)] == [None, True]


def test_rows_are_kept_beyond_one_piece():
    page = book_of(*[{**EMPTY, "seats": number} for number in range(1, 452)]).active
    assert [page.cell(line, 5).value for line in range(2, 454)] == [*range(1, 452), None]


def test_list_without_columns_can_be_opened():
    kept = BytesIO()
    write_xlsx(Sheet("空", [], [SimpleNamespace()]), kept)
    assert load_workbook(BytesIO(kept.getvalue())).active.max_row <= 2
