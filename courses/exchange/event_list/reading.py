"""From the bytes of a file to rows; whatever cannot be read is said with its row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.domain.event_facts import Problem
from courses.exchange.event_list.columns import Header, read_header
from courses.exchange.open_data.cells import without_mark

LARGEST_FILE = 20 * 1024 * 1024
TOO_LARGE = gettext_lazy("ファイルが大きすぎます（20MBまで）。分けてください。")
HEADER_WITHIN = 10
# The longest list that we know has 60; a wider one is no list.
MOST_COLUMNS = 300
# first bytes, what the file is
OTHER_KINDS = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Excel（.xlsx）"),
    (b"\xd0\xcf\x11\xe0", "Excel（.xls）"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"<", "HTML / XML"),
    (b"{", "JSON"),
)

# Of a file, blank ones too: spreadsheets save thousands of empty rows.
MOST_RECORDS = 20_000


@dataclass(frozen=True)
class Row:
    """One event of the list. `number` counts as a spreadsheet does (heading = 1)."""

    file: str
    number: int
    values: dict[str, str]

    def __getitem__(self, field: str) -> str:
        return self.values.get(field, "")


def read_rows(content: bytes, *, file: str) -> list[Row | Problem]:
    """Every row of the list that is not blank, in order, as a row or as a problem."""
    text = _decoded(content, file)
    if isinstance(text, Problem):
        return [text]
    records = list(islice(_records(text), MOST_RECORDS + 1))
    if len(records) > MOST_RECORDS:
        return [Problem(file, None, _("行が多すぎます。いくつかに分けてください。"))]
    place = _header_place(records)
    if place is None:
        return [
            Problem(file, None, _("イベント一覧の見出し（名称、開始日）がありません。"))
        ]
    header = read_header(records[place][1] or [])
    found: list[Row | Problem] = [*_remarks(header, records[place + 1 :], file)]
    for number, cells in records[place + 1 :]:
        read = _row(header, number, cells, records[place][1], file)
        if read is not None:
            found.append(read)
    return found


def _decoded(content: bytes, file: str) -> str | Problem:
    if not content.strip():
        return Problem(file, None, _("ファイルが空です。"))
    if len(content) > LARGEST_FILE:
        return Problem(file, None, str(TOO_LARGE))
    for start, kind in OTHER_KINDS:
        if content.lstrip().startswith(start):
            words = _("%(kind)s のファイルです。CSV（UTF-8）で保存し直してください。")
            return Problem(file, None, words % {"kind": kind})
    if b"\0" in content:
        words = _("文字ではないデータが入っています。CSV（UTF-8）で保存し直してください。")
        return Problem(file, None, words)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (
            encoding == "utf-8-sig"
            or _header_place(list(islice(_records(text), MOST_RECORDS))) is not None
        ):
            return text
    words = _("文字コードを読み取れません。CSV（UTF-8）で保存し直してください。")
    return Problem(file, None, words)


def _records(text: str) -> Iterator[tuple[int, list[str] | None]]:
    """Numbered records; none for one that breaks the rules of CSV."""
    first = text.lstrip().split("\n", 1)[0]
    separator = "\t" if first.count("\t") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, None


def _header_place(records: list[tuple[int, list[str] | None]]) -> int | None:
    for place, (_number, cells) in enumerate(records[:HEADER_WITHIN]):
        fits = cells and len(cells) <= MOST_COLUMNS
        if fits and read_header(cells or []).is_event_list:
            return place
    return None


def _row(
    header: Header,
    number: int,
    cells: list[str] | None,
    heading: list[str] | None,
    file: str,
) -> Row | Problem | None:
    """None for a blank row."""
    if cells is None:
        words = _('引用符（"）が正しく閉じていないか、セルが長すぎます。')
        return Problem(file, number, words, rejected=True)
    if not any(cell.strip() for cell in cells):
        return None
    if cells == heading:
        words = _("見出しの行がもう一度ありました。")
        return Problem(file, number, words, rejected=True)
    if len(cells) < header.width or any(cell.strip() for cell in cells[header.width :]):
        words = _("列の数（%(found)d）が見出し（%(expected)d）と合いません。")
        counted = {"found": len(cells), "expected": header.width}
        return Problem(file, number, words % counted, rejected=True)
    fields = {name: without_mark(cells[place]) for name, place in header.fields}
    return Row(file, number, fields)


def _remarks(
    header: Header, records: list[tuple[int, list[str] | None]], file: str
) -> list[Problem]:
    """What the reader of the list should know about its columns."""
    remarks = []
    for heading in header.doubled:
        words = _("見出し「%(heading)s」が二つあります。左の列を使いました。")
        remarks.append(Problem(file, None, words % {"heading": heading}))
    unused = [
        heading
        for heading, place in header.unknown
        if any(
            cells and len(cells) > place and cells[place].strip() for _, cells in records
        )
    ]
    if unused:
        words = _("使わなかった列: %(headings)s")
        remarks.append(Problem(file, None, words % {"headings": "、".join(unused)}))
    return remarks
