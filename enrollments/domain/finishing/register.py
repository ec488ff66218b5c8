"""Certificates are numbered without a gap within the fiscal year in which they are issued,
and none is changed afterwards: it is revoked, or replaced by one with a new number.

Whoever gives numbers holds the row of the year until the certificates are written, so that
a number is given once and none is lost. The run is locked before it, always."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_of
from courses.domain.locking import lock_run
from courses.models import CourseRun
from enrollments.domain.attendance import roster
from enrollments.domain.batches import BATCH
from enrollments.domain.completion import completion_day
from enrollments.domain.finishing.certificate_messages import tell_of_certificates
from enrollments.domain.finishing.reckonings import reckonings
from enrollments.domain.finishing.refusals import (
    AlreadyRevoked,
    NobodyCame,
    NoCertificates,
    NothingToIssue,
    WhyRevoked,
)
from enrollments.domain.refusals import NotOnTheList
from enrollments.enums import CertificateKind
from enrollments.models import (
    Certificate,
    CertificateRegister,
    Completion,
    Participant,
)


@dataclass(frozen=True)
class Earned:
    """What a certificate is going to say of one person."""

    participant: Participant
    kind: CertificateKind
    completed_on: date
    attended: int
    held: int
    completion: Completion | None = None
    replaces: Certificate | None = None


def issue_certificates(
    *, run: CourseRun, by: User, at: datetime, tell: bool = True
) -> list[Certificate]:
    """For everybody who completed the run and has no valid one, in the order of the list.

    Raises: NotAllowed, NoCertificates, NothingToIssue.
    """
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        if not locked.gives_certificate:
            raise NoCertificates
        earned = _completed(locked, at=at)
        if not earned:
            raise NothingToIssue
        written = _enter(locked, earned, by=by, at=at)
        if tell:
            tell_of_certificates(written, at=at)
    return written


def issue_proof_of_attendance(
    *, participant: Participant, by: User, at: datetime, tell: bool = True
) -> Certificate:
    """受講証明書, for somebody who came but did not complete.

    Raises: NotAllowed, NotOnTheList, NobodyCame, NothingToIssue (there is one).
    """
    with transaction.atomic():
        run = lock_run(participant.application.run_id)
        require_section(by, run.course.department)
        person = next((one for one in roster(run.pk) if one.pk == participant.pk), None)
        if person is None:
            raise NotOnTheList
        person.application.run = run
        kind = CertificateKind.ATTENDANCE
        if person.certificates.filter(kind=kind, revoked_at=None).exists():
            raise NothingToIssue
        reckoned = reckonings([person], at=at)[person.pk]
        if not reckoned.attended:
            raise NobodyCame
        day = completion_day(run, at=at)
        earned = Earned(person, kind, day, reckoned.attended, reckoned.held)
        written = _enter(run, [earned], by=by, at=at)
        if tell:
            tell_of_certificates(written, at=at)
    return written[0]


def revoke_certificate(
    *, certificate: Certificate, why: str, by: User, at: datetime
) -> Certificate:
    """It stays in the register, and whoever verifies it sees that it is not valid.

    Raises: NotAllowed, WhyRevoked, AlreadyRevoked.
    """
    with transaction.atomic():
        return _revoke(certificate, why, by, at)


def reissue_certificate(
    *, certificate: Certificate, why: str, by: User, at: datetime, tell: bool = True
) -> Certificate:
    """Another number, in the person's name as it is now, saying which one it replaces.

    Raises: NotAllowed, WhyRevoked, AlreadyRevoked.
    """
    with transaction.atomic():
        old = _revoke(certificate, why, by, at)
        earned = Earned(
            participant=Participant.objects.select_related("application").get(
                pk=old.participant_id
            ),
            kind=CertificateKind(old.kind),
            completed_on=old.completed_on,
            attended=old.sessions_attended,
            held=old.sessions_held,
            completion=old.completion,
            replaces=old,
        )
        written = _enter(old.run, [earned], by=by, at=at)
        if tell:
            tell_of_certificates(written, at=at)
    return written[0]


def _revoke(certificate: Certificate, why: str, by: User, at: datetime) -> Certificate:
    run = lock_run(certificate.run_id)
    require_section(by, run.course.department)
    if not why.strip():
        raise WhyRevoked
    fresh = Certificate.objects.select_related("completion").get(pk=certificate.pk)
    if fresh.revoked_at is not None:
        raise AlreadyRevoked
    fresh.run = run
    fresh.revoked_at, fresh.revoked_by, fresh.revoked_why = at, by, why.strip()[:200]
    fresh.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    return fresh


def _completed(run: CourseRun, *, at: datetime) -> list[Earned]:
    certified = Certificate.objects.filter(
        run=run, kind=CertificateKind.COMPLETION, revoked_at=None
    ).values_list("participant", flat=True)
    completions = {
        one.participant_id: one
        for one in Completion.objects.filter(participant__application__run=run).exclude(
            participant__in=certified
        )
    }
    people = [one for one in roster(run.pk) if one.pk in completions]
    for person in people:
        person.application.run = run
    reckoned = reckonings(people, at=at)
    return [_earned(one, completions[one.pk], reckoned[one.pk].held) for one in people]


def _earned(person: Participant, completion: Completion, held_now: int) -> Earned:
    """As it was reckoned when completion was confirmed."""
    return Earned(
        participant=person,
        kind=CertificateKind.COMPLETION,
        completed_on=completion.completed_on,
        attended=completion.sessions_attended,
        held=completion.reckoning.get("held", held_now),
        completion=completion,
    )


def _enter(
    run: CourseRun, earned: Collection[Earned], *, by: User, at: datetime
) -> list[Certificate]:
    today = timezone.localdate(at)
    year = fiscal_year_of(today)
    numbers = take_numbers(year, len(earned))
    title = f"{run.course.title} {run.label}".strip()
    rows = [
        Certificate(
            kind=one.kind,
            fiscal_year=year,
            serial=serial,
            participant=one.participant,
            completion=one.completion,
            run=run,
            holder=one.participant.full_name,
            course_title=title[:240],
            completed_on=one.completed_on,
            sessions_attended=one.attended,
            sessions_held=one.held,
            issuer=settings.CITY_NAME,
            section=run.course.department.name,
            issued_on=today,
            issued_at=at,
            issued_by=by,
            replaces=one.replaces,
        )
        for serial, one in zip(numbers, earned, strict=True)
    ]
    return Certificate.objects.bulk_create(rows, batch_size=BATCH)


def take_numbers(fiscal_year: int, count: int) -> Sequence[int]:
    """The next numbers of the year; they are lost to nobody if the transaction fails.

    Raises: TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbers need a transaction")
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
