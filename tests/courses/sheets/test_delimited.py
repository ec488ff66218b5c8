"""CSV in two encodings; what one of them lacks is named by line, column and sign."""

from io import BytesIO
from types import SimpleNamespace

import pytest

from courses.exchange.columns.column import Column
from courses.exchange.columns.texts import Text
from courses.exchange.sheets.delimited import Unmappable, write_cp932, write_utf8
from courses.exchange.sheets.sheet import Sheet

NAME, PLACE = Column("name", "氏名", Text()), Column("place", "場所", Text())


def sheet(*rows):
    found = [SimpleNamespace(name=name, place=place) for name, place in rows]
    return Sheet("名簿", [NAME, PLACE], found)


def test_utf8_begins_with_a_mark_and_ends_each_row_with_crlf():
    kept = BytesIO()
    write_utf8(sheet(("𠮷田 花子", "北,館"), ("髙橋", 'い"ろ')), kept)
    told = '氏名,場所\r\n𠮷田 花子,"北,館"\r\n髙橋,"い""ろ"\r\n'
    assert kept.getvalue() == b"\xef\xbb\xbf" + told.encode()


def test_cp932_names_each_sign_it_lacks():
    """A wave dash has a sign that looks the same, 𠮷 has none."""
    kept = BytesIO()
    found = write_cp932(sheet(("髙橋①", "北"), ("𠮷田𠮷", "1\u301c2")), kept)
    assert found == [
        Unmappable(3, "氏名", "𠮷", "〓"),
        Unmappable(3, "場所", "\u301c", "\uff5e"),
    ]
    lines = kept.getvalue().decode("cp932").split("\r\n")
    assert lines == ["氏名,場所", "髙橋①,北", "〓田〓,1\uff5e2", ""]


@pytest.mark.parametrize("number", [1, 499, 500, 501, 1200])
def test_no_row_is_lost_between_pieces(number):
    rows = [(str(one), "") for one in range(number)]
    for write, encoding in ((write_utf8, "utf-8-sig"), (write_cp932, "cp932")):
        kept = BytesIO()
        write(sheet(*rows), kept)
        lines = kept.getvalue().decode(encoding).split("\r\n")
        assert lines == ["氏名,場所", *(f"{one}," for one in range(number)), ""]
