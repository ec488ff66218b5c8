"""No cell begins as a formula does, and what is read back is what was written."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses.exchange.columns.column import Column
from courses.exchange.columns.texts import LongText, Text, plain
from courses.exchange.sheets.delimited import write_utf8
from courses.exchange.sheets.neutral import as_it_was, neutral
from courses.exchange.sheets.sheet import Sheet
from courses.exchange.sheets.workbook import write_xlsx

DANGEROUS = tuple("=+-@＝＋－＠﹦﹢﹣﹫−\t\r\n")
texts = st.text(
    alphabet=st.one_of(
        st.sampled_from([*DANGEROUS, "'", " ", "　", "a", "1", "𠮷"]),
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=12,
)


@pytest.mark.parametrize("sign", DANGEROUS)
@pytest.mark.parametrize("before", ["", " ", "　", "'", "''"])
def test_signs_that_begin_a_formula_get_an_apostrophe(sign, before):
    text = f"{before}{sign}SUM(A1)"
    if before.strip() == "" and sign in "\t\r\n":
        text = f"{sign}SUM(A1)"
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "山田 花子", "a=b", "0422-60-1111", "'引用'", "〒180-0001", "第1回"]
)
def test_other_texts_stay_as_they_are(text):
    assert (neutral(text), as_it_was(text)) == (text, text)


@given(texts)
def test_what_was_neutral_is_read_as_it_was(text):
    assert as_it_was(neutral(text)) == text


@given(texts)
def test_nothing_neutral_begins_a_formula(text):
    assert not neutral(text).lstrip().startswith(DANGEROUS)


def test_importing_takes_the_apostrophe_away():
    assert plain("'=1+1") == "=1+1"
    assert plain("'引用'") == "'引用'"


def _sheet(text):
    return Sheet("一覧", [Column("note", "メモ", LongText())], [_Row(text)])


class _Row:
    def __init__(self, note):
        self.note = note


@given(texts)
def test_csv_holds_no_formula(text):
    kept = BytesIO()
    write_utf8(_sheet(text), kept)
    rows = list(csv.reader(StringIO(kept.getvalue().decode("utf-8-sig"), newline="")))
    told = rows[1][0] if rows[1] else ""
    assert not told.lstrip().startswith(DANGEROUS)
    assert as_it_was(told) == text.replace("\r\n", "\n")


@pytest.mark.parametrize("hidden", ["\x00", "\x01", "\x1f", "\x7f", "\ufffe"])
def test_sign_that_nobody_sees_hides_no_formula(hidden):
    rows = list(_sheet(f"{hidden}=cmd()").texts())
    assert rows == [["'=cmd()"]]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "＝1"])
def test_workbook_holds_texts_and_no_formula(text):
    kept = BytesIO()
    sheet = Sheet("一覧", [Column("note", "メモ", Text())], [_Row(text)])
    write_xlsx(sheet, kept)
    cell = load_workbook(BytesIO(kept.getvalue())).active["A2"]
    assert (cell.data_type, cell.value, cell.number_format) == ("s", f"'{text}", "@")
