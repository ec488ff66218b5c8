"""修了証 of a run goes to everybody who completed it and has no valid one; 受講証明書 to
who came without completing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun
from enrollments.domain.attendance import roster
from enrollments.domain.completion import completion_day
from enrollments.domain.finishing.certificate_messages import tell_of_certificates
from enrollments.domain.finishing.entries import Entry, enter_in_register
from enrollments.domain.finishing.reckonings import reckonings
from enrollments.domain.finishing.refusals import (
    NobodyCame,
    NoCertificates,
    NothingToIssue,
)
from enrollments.domain.refusals import NotOnTheList
from enrollments.enums import CertificateKind
from enrollments.models import Certificate, Completion, Participant


@dataclass(frozen=True)
class Earned:
    """What a certificate is going to say of one person."""

    participant: Participant
    kind: CertificateKind
    completed_on: date
    attended: int
    held: int
    completion: Completion | None = None


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
        written = enter_in_register(_entries(locked, earned), by=by, at=at)
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
        written = enter_in_register(_entries(run, [earned]), by=by, at=at)
        if tell:
            tell_of_certificates(written, at=at)
    return written[0]


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


def _entries(run: CourseRun, earned: Collection[Earned]) -> list[Entry]:
    title = f"{run.course.title} {run.label}".strip()
    return [
        Entry(
            kind=one.kind,
            holder=one.participant.full_name,
            title=title,
            section=run.course.department.name,
            completed_on=one.completed_on,
            done=one.attended,
            of=one.held,
            participant=one.participant,
            run=run,
            completion=one.completion,
        )
        for one in earned
    ]
