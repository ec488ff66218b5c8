"""An entry of the register is written under the next number of its year, and whoever writes
holds the row of the year until the entries are there.

So a number is given once and none is lost. What the certificate is about (a run, a series,
a group) is locked before it, always."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from accounts.domain.locking import require_transaction
from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_of
from courses.models import CourseRun, Series
from enrollments.domain.batches import BATCH
from enrollments.enums import CertificateKind
from enrollments.models import (
    Certificate,
    CertificateRegister,
    Completion,
    Participant,
)


@dataclass(frozen=True)
class Entry:
    """What a certificate is going to say. `done` of `of` are sessions, units or steps,
    as its kind counts; `subject` as `Certificate` explains it."""

    kind: CertificateKind
    holder: str
    title: str
    section: str
    completed_on: date
    done: int
    of: int
    participant: Participant | None = None
    run: CourseRun | None = None
    series: Series | None = None
    subject: str = ""
    completion: Completion | None = None
    grounds: tuple[Completion, ...] = field(default=())
    replaces: Certificate | None = None


def enter_in_register(
    entries: Collection[Entry], *, by: User | None, at: datetime
) -> list[Certificate]:
    """In this order. Raises: TransactionManagementError outside a transaction."""
    today = timezone.localdate(at)
    year = fiscal_year_of(today)
    numbers = take_numbers(year, len(entries))
    rows = [
        Certificate(
            kind=one.kind,
            fiscal_year=year,
            serial=serial,
            participant=one.participant,
            completion=one.completion,
            run=one.run,
            series=one.series,
            subject=one.subject,
            holder=one.holder,
            course_title=one.title[:240],
            completed_on=one.completed_on,
            sessions_attended=one.done,
            sessions_held=one.of,
            issuer=settings.CITY_NAME,
            section=one.section,
            issued_on=today,
            issued_at=at,
            issued_by=by,
            replaces=one.replaces,
        )
        for serial, one in zip(numbers, entries, strict=True)
    ]
    written = Certificate.objects.bulk_create(rows, batch_size=BATCH)
    _write_grounds(written, entries)
    return written


def _write_grounds(written: Sequence[Certificate], entries: Iterable[Entry]) -> None:
    through = Certificate.grounds.through
    rows = [
        through(certificate_id=certificate.pk, completion_id=completion.pk)
        for certificate, one in zip(written, entries, strict=True)
        for completion in one.grounds
    ]
    if rows:
        through.objects.bulk_create(rows, batch_size=BATCH)


def take_numbers(fiscal_year: int, count: int) -> Sequence[int]:
    """The next numbers of the year; they are lost to nobody if the transaction fails.

    Raises: TransactionManagementError outside a transaction.
    """
    require_transaction("take_numbers")
    CertificateRegister.objects.get_or_create(fiscal_year=fiscal_year)
    register = CertificateRegister.objects.select_for_update().get(fiscal_year=fiscal_year)
    first = register.last_serial + 1
    register.last_serial += count
    register.save(update_fields=["last_serial"])
    return range(first, first + count)


def numbers_of(certificates: Iterable[Certificate]) -> str:
    """2026-00012〜2026-00040, for messages to the officer."""
    found = [one.number for one in certificates]
    return found[0] if len(found) == 1 else f"{found[0]}〜{found[-1]}"
