"""A clerk with a table: chooses it, agrees to the columns, looks at the plan."""

import csv
import io
import re
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cms.models import ImportUpload
from courses.enums import RowOutcome


def as_csv(*rows, encoding="utf-8-sig", delimiter=","):
    kept = io.StringIO()
    csv.writer(kept, delimiter=delimiter).writerows(rows)
    return kept.getvalue().encode(encoding)


def as_workbook(*rows, title="名簿", before=lambda book, sheet: None):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    before(book, sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def send(client, kind, content, *, name="list.csv", key=None, **more):
    """The answer to choosing the file."""
    data = {
        "form_key": key or uuid4(),
        "file": SimpleUploadedFile(name, content),
        **more,
    }
    return client.post(f"/manage/imports/new/{kind}/", data)


def chosen(client, kind, content, **more):
    """The upload, waiting for its columns."""
    answer = send(client, kind, content, **more)
    assert answer.status_code == 302, refusals(answer)
    return ImportUpload.objects.get(key=answer["Location"].split("/")[-2])


def planned(client, kind, content, *, columns=None, **more):
    """The upload with its plan, every column as it was found or as `columns` say."""
    upload = chosen(client, kind, content, **more)
    plan(client, upload, columns=columns)
    upload.refresh_from_db()
    return upload


def plan(client, upload, *, columns=None, save_as=""):
    mapping = {**upload.mapping, **(columns or {})}
    data = {f"column_{number}": name for number, name in mapping.items()}
    return client.post(f"{address(upload)}plan/", {**data, "save_as": save_as})


def apply(client, upload, **more):
    answer = client.post(
        f"{address(upload)}apply/", {"seen": upload.mark, **more}, follow=True
    )
    upload.refresh_from_db()
    return answer


def undo(client, upload):
    answer = client.post(f"{address(upload)}undo/", follow=True)
    upload.refresh_from_db()
    return answer


def address(upload):
    return f"/manage/imports/{upload.key}/"


def outcomes(upload):
    """Line → outcome."""
    return {row.line: RowOutcome(row.outcome) for row in upload.rows.all()}


def reasons(upload):
    """Line → reason of those refused."""
    return dict(upload.rows.filter(outcome="refused").values_list("line", "reason"))


def refusals(answer):
    found = re.findall(
        r'class="error-message"[^>]*>(.*?)</div>', answer.content.decode(), re.S
    )
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())
