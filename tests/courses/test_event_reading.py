"""Bytes become rows, and whatever is no event list is told apart with a sentence."""

import csv
import io

import pytest

from courses.domain.event_facts import Problem
from courses.exchange.event_list.columns import BASE_REGISTRY, RECOMMENDED, read_header
from courses.exchange.event_list.reading import (
    LARGEST_FILE,
    MOST_RECORDS,
    Row,
    read_rows,
)
from tests.courses.event_rows import DATA

SMALL = "名称,開始日,説明\r\n防災入門,2027-02-06,はじめて\r\n"


def read(text: str | bytes) -> list[Row | Problem]:
    content = text.encode() if isinstance(text, str) else text
    return read_rows(content, file="list.csv")


def refusal(content: str | bytes) -> str:
    (problem,) = read(content)
    assert isinstance(problem, Problem)
    assert problem.row is None
    return problem.text


def test_both_lists_have_their_official_columns():
    assert len(BASE_REGISTRY) == 50
    assert len(RECOMMENDED) == 32


@pytest.mark.parametrize("shape", [BASE_REGISTRY, RECOMMENDED])
def test_header_finds_every_field_of_both_lists(shape):
    header = read_header([heading for heading, _field in shape])

    assert header.is_event_list
    assert dict(header.fields) == {
        field: place for place, (_heading, field) in enumerate(shape) if field
    }


def test_header_ignores_width_spaces_and_byte_order_mark():
    header = read_header(["\ufeffイベント名", " 開 始 日 ", "料金（基本）", "ＵＲＬ"])

    assert dict(header.fields) == {"name": 0, "start_date": 1, "fee": 2, "url": 3}


def test_rows_are_numbered_as_in_a_spreadsheet():
    rows = read('名称,開始日\r\n"二行の\r\n名前",2027-02-06\r\n\r\nつぎ,2027-02-07\r\n')

    assert [(row.number, row["name"]) for row in rows] == [
        (2, "二行の\r\n名前"),
        (4, "つぎ"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_encodings_and_line_ends_read_the_same(encoding, newline):
    rows = read(SMALL.replace("\r\n", newline).encode(encoding))

    assert rows == read(SMALL)


def test_tabs_divide_columns_where_the_heading_says_so():
    assert read(SMALL.replace(",", "\t")) == read(SMALL)


def test_title_lines_before_the_heading_are_passed_over():
    rows = read("イベント一覧\r\n令和8年度\r\n" + SMALL)

    assert [row.number for row in rows] == [4]


def test_heading_alone_is_an_empty_list():
    assert read("名称,開始日\r\n") == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ファイルが空です。"),
        (b" \r\n", "ファイルが空です。"),
        (b"%PDF-1.7\n", "PDF のファイルです。CSV（UTF-8）で保存し直してください。"),
        (
            b"PK\x03\x04\x14\x00",
            "Excel（.xlsx） のファイルです。CSV（UTF-8）で保存し直してください。",
        ),
        (
            "名称,開始日".encode("utf-16"),
            "UTF-16 のファイルです。CSV（UTF-8）で保存し直してください。",
        ),
        (
            b"<html></html>",
            "HTML / XML のファイルです。CSV（UTF-8）で保存し直してください。",
        ),
        (
            "氏名,電話\r\n山田,1".encode(),
            "イベント一覧の見出し（名称、開始日）がありません。",
        ),
        (
            SMALL.encode("euc-jp"),
            "文字コードを読み取れません。CSV（UTF-8）で保存し直してください。",
        ),
        (
            b"\x00\xff\x00\xff" * 50,
            "文字ではないデータが入っています。CSV（UTF-8）で保存し直してください。",
        ),
        (
            b"\x81\xff\x81\xff" * 50,
            "文字コードを読み取れません。CSV（UTF-8）で保存し直してください。",
        ),
        (
            ",".join(["名称", "開始日", *map(str, range(400))]).encode(),
            "イベント一覧の見出し（名称、開始日）がありません。",
        ),
        (
            b"a" * (LARGEST_FILE + 1),
            "ファイルが大きすぎます（20MBまで）。分けてください。",
        ),
    ],
    ids=[
        "empty",
        "blank",
        "pdf",
        "xlsx",
        "utf16",
        "html",
        "other",
        "euc",
        "binary",
        "bytes",
        "wide",
        "big",
    ],
)
def test_other_files_are_refused_with_a_sentence(content, sentence):
    assert refusal(content) == sentence


def test_row_with_other_number_of_columns_is_rejected():
    good, problem = read(SMALL + "短い,2027-02-06\r\n")

    assert isinstance(good, Row)
    assert problem == Problem(
        "list.csv", 3, "列の数（2）が見出し（3）と合いません。", rejected=True
    )


def test_empty_cells_beyond_the_heading_are_no_problem():
    assert read("名称,開始日\r\n防災入門,2027-02-06,,\r\n") == [
        Row("list.csv", 2, {"name": "防災入門", "start_date": "2027-02-06"})
    ]


def test_repeated_heading_is_rejected_as_such():
    _first, repeated, last = read(SMALL + SMALL)

    assert repeated == Problem(
        "list.csv", 3, "見出しの行がもう一度ありました。", rejected=True
    )
    assert last.number == 4


def test_open_quotation_is_said_with_its_row():
    good, problem = read(SMALL + '"閉じない,2027-02-06,\r\nつぎ,2027-02-07,\r\n')

    assert good.number == 2
    assert (problem.row, problem.rejected) == (3, True)
    assert "引用符" in problem.text


def test_huge_cell_is_rejected_and_the_rest_is_read():
    rows = read(SMALL + f"長い,2027-02-06,{'あ' * 200_000}\r\nつぎ,2027-02-07,\r\n")

    assert [(type(row).__name__, getattr(row, "number", None)) for row in rows] == [
        ("Row", 2),
        ("Problem", None),
        ("Row", 4),
    ]


def test_doubled_heading_counts_from_the_left():
    remark, row = read("名称,開始日,名称\r\n左,2027-02-06,右\r\n")

    assert remark.text == "見出し「名称」が二つあります。左の列を使いました。"
    assert row["name"] == "左"


def test_columns_of_the_city_are_named_when_they_hold_something():
    remark, _row = read("名称,開始日,カテゴリー,区\r\n防災入門,2027-02-06,くらし,\r\n")

    assert remark.text == "使わなかった列: カテゴリー"


def test_small_file_of_the_second_shape_is_read_from_cp932():
    rows = [
        row
        for row in read_rows((DATA / "recommended_cp932.csv").read_bytes(), file="r.csv")
        if isinstance(row, Row)
    ]

    assert [row["name"] for row in rows] == [
        "市民活動フォーラム２０２７",
        "髙橋家の庭めぐり",
    ]


def test_cells_like_formulas_stay_text():
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["名称", "開始日"], ["=1+1", "2027-02-06"]])

    (row,) = read(out.getvalue())
    assert row["name"] == "=1+1"


def test_thousands_of_empty_rows_are_refused_before_they_are_read():
    assert len(read(SMALL + "\r\n" * (MOST_RECORDS - 2))) == 1
    assert refusal(SMALL + "\r\n" * MOST_RECORDS) == (
        "行が多すぎます。いくつかに分けてください。"
    )
