"""A list leaves whole or not at all: it is made into a file first, then it is written down
who took it out and why, and only then is the first byte sent. Reading takes no lock: while
a long list is made, people go on applying.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.domain.access import log_access
from accounts.domain.export_rights import may_export_sensitive
from accounts.domain.refusal import Refusal
from accounts.enums import AccessKind
from accounts.models import User
from cms.enums import ExportFormat
from cms.exports.kinds import ExportKind
from courses.exchange.columns.choices import LANGUAGE
from courses.exchange.columns.column import Column
from courses.exchange.exports.source import Scope
from courses.exchange.sheets.delimited import Unmappable, write_cp932, write_utf8
from courses.exchange.sheets.sheet import Sheet
from courses.exchange.sheets.workbook import write_xlsx
from enrollments.domain.support_rights import may_see_any_support

IN_MEMORY = 4 * 1024 * 1024
MOST_ROWS = 100_000
TOLD_EVERY = 500


class TooManyToExport(Refusal):
    sentence = _("10万行までです。年度や開催でしぼってください。")


class ReasonMissing(Refusal):
    sentence = _("個人情報を出力する理由を入力してください。")


@dataclass(frozen=True)
class Wanted:
    """`columns` by name, in the order in which they are written."""

    kind: ExportKind
    scope: Scope
    columns: Sequence[str]
    format: ExportFormat
    reason: str = ""
    replaces_signs: bool = False


@dataclass(frozen=True)
class Made:
    """`missing` not empty and no `file`: signs that CP932 does not have, to be decided."""

    file: IO[bytes] | None
    name: str
    missing: Sequence[Unmappable] = field(default_factory=list)


def columns_for(kind: ExportKind, scope: Scope, user: User) -> list[Column]:
    """Those that the person may take out."""
    return kind.source(scope).columns(
        sensitive=may_export_sensitive(user), support=may_see_any_support(user)
    )


def require_allowed(wanted: Wanted, rows: int) -> None:
    """Raises: ReasonMissing, TooManyToExport."""
    if wanted.kind.source.about_people and not wanted.reason.strip():
        raise ReasonMissing
    if rows > MOST_ROWS:
        raise TooManyToExport


def make_file(
    *, wanted: Wanted, by: User, at: datetime, told: Callable[[int], None] | None = None
) -> Made:
    """`told` hears from time to time how many rows are done.

    Raises: TooManyToExport, ReasonMissing.
    """
    kind, source = wanted.kind, wanted.kind.source(wanted.scope)
    allowed = {one.name: one for one in columns_for(kind, wanted.scope, by)}
    columns = [allowed[name] for name in wanted.columns if name in allowed]
    name = file_name(wanted, at=at)
    with translation.override(LANGUAGE):
        keys = source.keys()
        require_allowed(wanted, len(keys))
        rows = source.read(keys)
        sheet = Sheet(str(kind.label), columns, counted(rows, told) if told else rows)
        file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        missing = _write(sheet, wanted.format, file)
        if missing and not wanted.replaces_signs:
            file.close()
            return Made(None, name, missing)
        if source.about_people:
            log_access(
                subject=_subject(wanted),
                people=source.people(keys),
                by=by,
                at=at,
                kind=AccessKind.EXPORT,
                columns=[one.heading for one in columns],
                reason=wanted.reason.strip(),
            )
    file.seek(0)
    return Made(file, name, missing)


def counted(rows: Iterable[Any], told: Callable[[int], None]) -> Iterator[Any]:
    for number, row in enumerate(rows):
        if number % TOLD_EVERY == 0:
            told(number)
        yield row


def _write(sheet: Sheet, form: ExportFormat, to: IO[bytes]) -> list[Unmappable]:
    if form == ExportFormat.XLSX:
        write_xlsx(sheet, to)
    elif form == ExportFormat.CP932:
        return write_cp932(sheet, to)
    else:
        write_utf8(sheet, to)
    return []


def _subject(wanted: Wanted) -> str:
    """Which list, of what; in the city's language, as every subject of the record."""
    scope = wanted.scope
    of = scope.run.code if scope.run else ""
    section = scope.department.name if scope.department and not scope.run else ""
    year = f"{scope.fiscal_year}年度" if scope.fiscal_year and not scope.run else ""
    parts = (f"{wanted.kind.label}の出力", of, section, year)
    return " ".join(part for part in parts if part)


def file_name(wanted: Wanted, *, at: datetime) -> str:
    """Nothing of a person, and nothing but ASCII: the list, the run or year, the day."""
    scope = wanted.scope
    of = scope.run.code if scope.run else str(scope.fiscal_year or "")
    day = f"{timezone.localtime(at):%Y%m%d}"
    stem = "-".join(part for part in (wanted.kind.key, of, day) if part)
    return f"{stem}.{'xlsx' if wanted.format == ExportFormat.XLSX else 'csv'}"
