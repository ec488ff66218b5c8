"""What the pages of an import show."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.enums import ImportState
from cms.models import ImportRow, ImportUpload
from courses.enums import RowOutcome
from courses.exchange.tables.table import Reading, open_table

SIGNS = {
    ",": gettext_lazy("コンマ（,）"),
    "\t": gettext_lazy("タブ"),
    ";": gettext_lazy("セミコロン（;）"),
}
ENCODINGS = {"utf-8": "UTF-8", "cp932": "Shift_JIS", "utf-16": "UTF-16", "euc_jp": "EUC-JP"}
TONES = {
    ImportState.UPLOADED: "soon",
    ImportState.PLANNING: "soon",
    ImportState.PLANNED: "soon",
    ImportState.APPLYING: "soon",
    ImportState.APPLIED: "open",
    ImportState.UNDOING: "soon",
    ImportState.UNDONE: "ended",
    ImportState.FAILED: "full",
}
EXAMPLES = 3


@dataclass(frozen=True)
class OutcomeTab:
    outcome: RowOutcome
    count: int
    current: bool


@dataclass(frozen=True)
class FileColumn:
    """A column of the file, with what its first cells say, and its field of the form."""

    heading: str
    cells: Sequence[str]
    field: Any


def tone_of(upload: ImportUpload) -> str:
    return TONES[ImportState(upload.state)]


def tabs_of(upload: ImportUpload, chosen: str) -> list[OutcomeTab]:
    """Refused rows first; the first that has rows is shown unless somebody chose."""
    counts = {one: int(upload.counts.get(one, 0)) for one in RowOutcome}
    first = next((one for one, count in counts.items() if count), RowOutcome.REFUSED)
    current = chosen if chosen in counts else first
    return [OutcomeTab(one, counts[one], one == current) for one in RowOutcome]


def rows_of(upload: ImportUpload, tab: OutcomeTab) -> Any:
    rows = ImportRow.objects.filter(upload=upload, outcome=tab.outcome).order_by("line")
    return rows.only("line", "outcome", "label", "reason", "changes", "notes", "cells")


def how_it_is_read(reading: Reading) -> str:
    """In words: シート「名簿」、見出しは3行目."""
    if reading.sheet:
        words = _("シート「%(sheet)s」、見出しは%(line)d行目")
        return words % {"sheet": reading.sheet, "line": reading.heading}
    words = _("%(encoding)s、区切りは%(sign)s、見出しは%(line)d行目")
    encoding = ENCODINGS.get(reading.encoding, reading.encoding)
    sign = SIGNS.get(reading.delimiter, reading.delimiter)
    return words % {"encoding": encoding, "sign": sign, "line": reading.heading}


def file_columns(upload: ImportUpload, form: Any) -> list[FileColumn]:
    """Raises: FileRefused."""
    table = open_table(bytes(upload.content), Reading.kept(upload.reading))
    rows = [row.cells for row in islice(table.rows(), EXAMPLES)]
    return [
        FileColumn(
            heading,
            [row[number] for row in rows if number < len(row) and row[number].strip()],
            form[f"column_{number}"],
        )
        for number, heading in enumerate(upload.header)
    ]
