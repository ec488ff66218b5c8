"""Files as clerks have them, and as nobody should send them: read, or refused with a
sentence, and never at the price of the memory."""

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from courses.exchange.columns.column import Column
from courses.exchange.columns.texts import Text
from courses.exchange.tables import refused, refused_kinds
from courses.exchange.tables.headings import suggest
from courses.exchange.tables.kinds import OLE, PROTECTED
from courses.exchange.tables.limits import LARGEST, MOST_ROWS
from courses.exchange.tables.refused import FileRefused
from courses.exchange.tables.table import Reading, find_reading, open_table

COLUMNS = (
    Column("full_name", "氏名", Text(), known_as="お名前 参加者名"),
    Column("phone", "電話番号", Text(), known_as="TEL 電話"),
)
LINES = "氏名,電話番号\r\n山田 花子,0422-60-1111\r\n髙橋 﨑,0422-60-2222\r\n"
ROWS = [["山田 花子", "0422-60-1111"], ["髙橋 﨑", "0422-60-2222"]]


def read(content, **chosen):
    reading = find_reading(content, COLUMNS)
    table = open_table(content, Reading.kept({**reading.stored(), **chosen}))
    return table.header, [list(row.cells) for row in table.rows()]


def book(*rows, change=lambda book, sheet: None):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    change(made, made.active)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def repacked(content, **parts):
    """The same workbook with parts replaced or added."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encoding_and_separator_are_found(encoding, delimiter):
    content = LINES.replace(",", delimiter).encode(encoding)
    assert read(content) == (["氏名", "電話番号"], ROWS)


def test_what_was_found_can_be_put_right():
    content = "氏名,電話番号\n山田 花子,1\n".encode("euc_jp")
    assert read(content, encoding="euc_jp") == (["氏名", "電話番号"], [["山田 花子", "1"]])
    with pytest.raises(refused.WrongEncoding):
        read(LINES.encode("cp932"), encoding="utf-8")


@pytest.mark.parametrize(
    "heading",
    [
        "氏名",
        "氏　名",
        "お名前",
        "参加者名",
        "【必須】氏名",
        "氏\n名",
        "お名前（漢字）",
        " 氏名※",
    ],
)
def test_heading_is_known_however_it_is_written(heading):
    content = f'"{heading}",ＴＥＬ\n山田 花子,1\n'.encode()
    table = open_table(content, find_reading(content, COLUMNS))
    assert suggest(table.header, COLUMNS) == {0: "full_name", 1: "phone"}


def test_title_totals_blank_rows_and_repeated_heading_are_passed_over():
    rows = ["申込者一覧", "", "氏名,電話番号", "山田 花子,1", ",", "氏名,電話番号"]
    content = "\n".join([*rows, "佐藤 太郎,2", "合計,2名", ""])
    reading = find_reading(content.encode(), COLUMNS)
    table = open_table(content.encode(), reading)
    assert [(row.line, row.cells[0]) for row in table.rows()] == [
        (4, "山田 花子"),
        (7, "佐藤 太郎"),
    ]
    assert table.passed_over == [6, 8]


def test_formulas_give_their_value_and_hidden_sheets_nothing():
    def change(book, sheet):
        hidden = book.create_sheet("控え", 0)
        hidden.append(["氏名"])
        hidden.append(["隠れた人"])
        hidden.sheet_state = "hidden"
        sheet["A3"] = '=HYPERLINK("http://example.jp","押す")'

    content = book(["氏名", "電話番号"], ["山田 花子", 1], change=change)
    reading = find_reading(content, COLUMNS)
    assert list(reading.sheets) == ["Sheet"]
    # Nobody has reckoned the formula, so there is no value, and it is not read as text.
    assert read(content)[1] == [["山田 花子", "1"]]


def test_cells_joined_over_rows_are_named():
    content = book(
        ["名簿"],
        ["氏名", "電話番号"],
        ["山田 花子", "1"],
        [None, "2"],
        ["佐藤 太郎", "3"],
        change=lambda book, sheet: sheet.merge_cells("A3:A4"),
    )
    table = open_table(content, find_reading(content, COLUMNS))
    assert [(row.line, row.merged) for row in table.rows()] == [
        (3, "A3:A4"),
        (4, "A3:A4"),
        (5, ""),
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", refused.FileEmpty),
        (b"\n\r\n ", refused.FileEmpty),
        (b"a" * (LARGEST + 1), refused.FileTooLarge),
        (OLE + b"\0" * 600, refused_kinds.OldExcel),
        (OLE + b"\0" * 600 + PROTECTED, refused_kinds.Encrypted),
        (b"<html><table><tr><td>1</td></tr></table>", refused_kinds.WebPage),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", refused_kinds.WebPage),
        (b"%PDF-1.7 ...", refused_kinds.NoTable),
        (b"\x89PNG\r\n", refused_kinds.NoTable),
        (b"PK\x03\x04 broken", refused_kinds.DamagedWorkbook),
        ("氏名,電話\n山田\0花子,1\n".encode(), refused_kinds.NoTable),
        (b"\x81\x00\xff\xfe\x80,\xa0\n", refused.UnknownEncoding),
        ('氏名,電話\n"山田 花子,1\n佐藤,2\n'.encode(), refused.BrokenQuotes),
        ('氏名,電話\n"山田"花子,1\n'.encode(), refused.BrokenQuotes),
        (",".join(["a"] * 100_000).encode(), refused.TooManyColumns),
        (f"氏名,電話\n{'あ' * 6000},1\n".encode(), refused.CellTooLong),
        (b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1), refused.TooManyRows),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content, why):
    with pytest.raises(why) as caught:
        read(content)
    assert str(caught.value).endswith("。")


def test_broken_quote_is_named_by_its_line():
    with pytest.raises(refused.BrokenQuotes, match="3行目あたり"):
        read('氏名,電話\n山田,1\n"佐藤,2\n'.encode())


def test_macros_are_refused():
    content = repacked(book(["氏名"], ["山田"]), **{"xl/vbaProject.bin": b"x"})
    with pytest.raises(refused_kinds.WithMacros):
        read(content)


def test_other_packed_files_are_no_tables():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as folder:
        folder.writestr("word/document.xml", "<x/>")
    with pytest.raises(refused_kinds.NoTable):
        read(kept.getvalue())


def test_only_hidden_sheets_are_refused():
    def change(book, sheet):
        book.create_sheet("見える")
        sheet.sheet_state = "hidden"
        book["見える"].sheet_state = "hidden"

    content = book(["氏名"], ["山田"])
    hidden = zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml")
    hidden = hidden.replace(b'state="visible"', b'state="hidden"')
    with pytest.raises(refused_kinds.NoVisibleSheet):
        read(repacked(content, **{"xl/workbook.xml": hidden}))


def test_entities_in_a_workbook_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    content = repacked(book(["氏名"], ["山田"]), **{"xl/sharedStrings.xml": bomb})
    with pytest.raises(refused_kinds.DamagedWorkbook):
        read(content)


def bomb(part, size):
    """A workbook of a few kilobytes that unpacks to `size`."""
    filled = b"<a>" + b" " * size
    return repacked(book(["氏名"], ["山田"]), **{part: filled})


def endless_row():
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    row = b'<sheetData><row r="1">' + b'<c r="A1"><v>1</v></c>' * 400_000
    return repacked(book(["氏名"], ["山田"]), **{"xl/worksheets/sheet1.xml": start + row})


MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def countless(part, root, mark, many):
    """Marks of which each would become an object, in a workbook of a few kilobytes."""
    start, end = b"<" + root + b" " + MAIN + b">", b"</" + root + b">"
    filled = start + mark * many + end
    return repacked(book(["氏名"], ["山田"]), **{part: filled})


@pytest.mark.parametrize(
    "make",
    [
        lambda: countless("xl/styles.xml", b"styleSheet", b"<xf/>", 1_000_000),
        lambda: countless("xl/workbook.xml", b"workbook", b"<sheet/>", 1_000_000),
        lambda: countless("[Content_Types].xml", b"Types", b"<Override/>", 1_000_000),
        lambda: countless("xl/worksheets/sheet1.xml", b"worksheet", b"<col/>", 1_000_000),
        lambda: countless("xl/worksheets/sheet1.xml", b"row", b"<c/>", 1_000_000),
        lambda: bomb("xl/sharedStrings.xml", 200 * 1024 * 1024),
        lambda: bomb("xl/worksheets/sheet1.xml", 200 * 1024 * 1024),
        lambda: bomb("xl/styles.xml", 30 * 1024 * 1024),
        endless_row,
    ],
)
def test_bomb_is_refused_before_it_fills_the_memory(make):
    content = make()
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused):
            read(content)
        assert tracemalloc.get_traced_memory()[1] < 60 * 1024 * 1024
    finally:
        tracemalloc.stop()


def told(content):
    try:
        return read(content)
    except FileRefused as why:
        return str(why)


@pytest.mark.parametrize("cell", ["ab,", '"a\n",'], ids=["one line", "many lines"])
def test_row_without_end_is_refused_before_it_fills_the_memory(cell):
    content = cell.encode() * 1_500_000
    tracemalloc.start()
    with pytest.raises(refused.TooManyColumns):
        list(open_table(content, Reading(encoding="utf-8", delimiter=",")).rows())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000, "the text and what is read of it, not its cells"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_sentence(content):
    assert isinstance(told(content), tuple) or told(content).endswith("。")


WORKBOOK = book(["氏名", "電話番号"], ["山田 花子", "1"])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_workbook_is_rows_or_a_sentence(data):
    content = bytearray(WORKBOOK)
    for _time in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    found = told(bytes(content))
    assert isinstance(found, tuple) or found.endswith("。")
