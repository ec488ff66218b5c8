"""A certificate is never changed: it is revoked, or replaced by one with a new number that
says which one it replaces. Whose it is to do so follows from what it is about."""

from datetime import datetime

from django.db import transaction

from accounts.domain.contact import tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run, lock_series
from enrollments.domain.finishing.certificate_messages import tell_of_certificates
from enrollments.domain.finishing.entries import Entry, enter_in_register
from enrollments.domain.finishing.group_certificates import name_now, require_keeper
from enrollments.domain.finishing.refusals import AlreadyRevoked, WhyRevoked
from enrollments.enums import CertificateKind
from enrollments.models import Certificate, Participant


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
    """In the holder's name as it is now.

    Raises: NotAllowed, WhyRevoked, AlreadyRevoked.
    """
    with transaction.atomic():
        old = _revoke(certificate, why, by, at)
        written = enter_in_register([_once_more(old)], by=by, at=at)
        if tell:
            tell_of_certificates(written, at=at)
    return written[0]


def require_certificate_keeper(user: User, certificate: Certificate) -> None:
    """The section of its run or series; of groups, those who look after their register.

    Raises: NotAllowed.
    """
    if certificate.run is not None:
        require_section(user, certificate.run.course.department)
    elif certificate.series is not None:
        require_section(user, certificate.series.department)
    else:
        require_keeper(user)


def _revoke(certificate: Certificate, why: str, by: User, at: datetime) -> Certificate:
    if certificate.run_id is not None:
        certificate.run = lock_run(certificate.run_id)
    elif certificate.series_id is not None:
        certificate.series = lock_series(certificate.series_id)
    else:
        name_now(certificate.subject)  # locks the group
    require_certificate_keeper(by, certificate)
    said = tidy_text(why)[:200]
    if not said:
        raise WhyRevoked
    fresh = Certificate.objects.select_related("completion").get(pk=certificate.pk)
    if fresh.revoked_at is not None:
        raise AlreadyRevoked
    fresh.run, fresh.series = certificate.run, certificate.series
    fresh.revoked_at, fresh.revoked_by, fresh.revoked_why = at, by, said
    fresh.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    return fresh


def _once_more(old: Certificate) -> Entry:
    person = None
    if old.participant_id is not None:
        loaded = Participant.objects.select_related("application")
        person = loaded.get(pk=old.participant_id)
    return Entry(
        kind=CertificateKind(old.kind),
        holder=person.full_name if person else name_now(old.subject),
        title=_title_now(old),
        section=_section_now(old),
        completed_on=old.completed_on,
        done=old.sessions_attended,
        of=old.sessions_held,
        participant=person,
        run=old.run,
        series=old.series,
        subject=old.subject,
        completion=old.completion,
        grounds=tuple(old.grounds.all()),
        replaces=old,
    )


def _title_now(old: Certificate) -> str:
    if old.run is not None:
        return f"{old.run.course.title} {old.run.label}".strip()
    return old.series.title if old.series is not None else old.course_title


def _section_now(old: Certificate) -> str:
    if old.run is not None:
        return old.run.course.department.name
    return old.series.department.name if old.series is not None else old.section
