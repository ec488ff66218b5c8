"""An officer takes a list out: asks for it, and opens what comes."""

import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook

from cms.exports.kinds import KINDS
from cms.exports.making import columns_for
from courses.exchange.exports.source import Scope

ENCODINGS = {"utf8": "utf-8-sig", "cp932": "cp932"}


def address(kind, **of):
    query = "&".join(f"{name}={value}" for name, value in of.items())
    return f"/manage/exports/{kind}/?{query}"


def names(kind, user, at, **of):
    return [one.name for one in columns_for(KINDS[kind], Scope(at=at, **of), user)]


def take(client, kind, columns, *, form="utf8", of=None, **more):
    """The answer to pressing the button."""
    data = {"columns": columns, "format": form, "reason": "report", "act": "file", **more}
    return client.post(address(kind, **(of or {})), data)


def content(answer):
    assert answer.status_code == 200, answer.content.decode()
    return b"".join(answer.streaming_content)


def rows_of(answer, form="utf8"):
    """Heading first, every cell as text or as the workbook has it."""
    found = content(answer)
    if form == "xlsx":
        page = load_workbook(BytesIO(found)).active
        return [list(row) for row in page.iter_rows(values_only=True)]
    told = found.decode(ENCODINGS[form])
    return list(csv.reader(StringIO(told, newline="")))
