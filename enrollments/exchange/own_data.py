"""わたしのデータ as files: one JSON, or a ZIP with a page to read and a CSV of each chapter
for Excel, in which no cell is a formula."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from csv import writer
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.own_data import Told, Value
from courses.exchange.sheets.delimited import BYTE_ORDER_MARK
from courses.exchange.sheets.neutral import neutral


@dataclass(frozen=True)
class Shown:
    """A chapter in words, as pages and files show it."""

    key: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    def records(self) -> Iterator[list[tuple[str, str]]]:
        """Row by row, each cell with its heading: whatever is said."""
        for row in self.rows:
            pairs = zip(self.headings, row, strict=True)
            yield [(heading, words) for heading, words in pairs if words]


def in_words(told: Sequence[Told]) -> list[Shown]:
    return [
        Shown(
            key=one.chapter.key,
            title=str(one.chapter.title),
            headings=[str(heading) for _name, heading in one.chapter.columns],
            rows=[[_words(value) for value in row] for row in one.cells],
        )
        for one in told
    ]


def as_json(told: Sequence[Told], *, at: datetime) -> bytes:
    """By the names of the chapters and columns; moments with their zone."""
    data: dict[str, Any] = {"made_at": _plain(at)}
    for one in told:
        names = [name for name, _heading in one.chapter.columns]
        data[one.chapter.key] = [
            {name: _plain(row.get(name)) for name in names} for row in one.rows
        ]
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def as_zip(told: Sequence[Told], *, at: datetime) -> bytes:
    """Chapters without a row have no file."""
    shown = [one for one in in_words(told) if one.rows]
    page = render_to_string("enrollments/own_data_file.html", {"chapters": shown, "at": at})
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("index.html", page)
        files.writestr("data.json", as_json(told, at=at))
        for one in shown:
            files.writestr(f"{one.key}.csv", _csv(one))
    return packed.getvalue()


def _csv(shown: Shown) -> bytes:
    lines = StringIO(newline="")
    written = writer(lines, lineterminator="\r\n")
    for row in (shown.headings, *shown.rows):
        written.writerow([neutral(cell) for cell in row])
    return BYTE_ORDER_MARK + lines.getvalue().encode()


def _plain(value: Value) -> str | int | bool | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _words(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)
