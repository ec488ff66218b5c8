"""Completion is reckoned from attendance and confirmed by the officer, once; whoever is
confirmed against the reckoning, or taken back, has a reason in the trace."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.domain.access import log_access
from accounts.domain.contact import tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun
from courses.models.querysets import HELD
from enrollments.domain.attendance import roster
from enrollments.domain.batches import BATCH
from enrollments.domain.finishing.reckoning import Reckoning
from enrollments.domain.finishing.reckonings import reckonings
from enrollments.domain.finishing.refusals import (
    CertificateStillValid,
    RuleNotMet,
    WhyTakenBack,
)
from enrollments.domain.refusals import NotOnTheList
from enrollments.enums import CertificateKind, CompletionAct
from enrollments.models import Certificate, Completion, CompletionTrace, Participant


@dataclass(frozen=True)
class Standing:
    """How far a participant has come; `suggested` follows the run's own rule."""

    participant: Participant
    reckoning: Reckoning
    completion: Completion | None
    certificate: Certificate | None = None

    @property
    def attended(self) -> int:
        return self.reckoning.attended

    @property
    def has_certificate(self) -> bool:
        """Of completion; who has proof of attendance may complete later."""
        kind = CertificateKind.COMPLETION
        return self.certificate is not None and self.certificate.kind == kind

    @property
    def suggested(self) -> bool:
        return self.reckoning.is_met


def standings(run: CourseRun, *, at: datetime) -> list[Standing]:
    """Everybody on the roster as it stands now, in a fixed number of queries."""
    people = roster(run.pk)
    for person in people:
        person.application.run = run
    reckoned = reckonings(people, at=at)
    completions = {
        completion.participant_id: completion
        for completion in Completion.objects.filter(participant__application__run=run)
    }
    valid = Certificate.objects.filter(run=run, revoked_at=None).order_by("kind")
    certificates = {one.participant_id: one for one in valid}
    return [
        Standing(
            participant=person,
            reckoning=reckoned[person.pk],
            completion=completions.get(person.pk),
            certificate=certificates.get(person.pk),
        )
        for person in people
    ]


def record_completion(
    *,
    run: CourseRun,
    participants: Iterable[int],
    by: User,
    at: datetime,
    why: str = "",
) -> int:
    """Confirm completion for these participants; returns how many are new. `why` where
    the run has a rule that somebody of them does not meet.

    Raises: NotAllowed, NotOnTheList, RuleNotMet.
    """
    wanted = set(participants)
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        on_list = {one.participant.pk: one for one in standings(locked, at=at)}
        if not wanted.issubset(on_list):
            raise NotOnTheList
        new = [on_list[pk] for pk in sorted(wanted) if on_list[pk].completion is None]
        _require_reason(new, why)
        _give(new, day=completion_day(locked, at=at), by=by, at=at, why=why)
    return len(new)


def _require_reason(new: Collection[Standing], why: str) -> None:
    against = [one for one in new if one.reckoning.has_rule and not one.suggested]
    if against and not tidy_text(why):
        raise RuleNotMet(len(against))


def _give(new: Iterable[Standing], *, day: date, by: User, at: datetime, why: str) -> None:
    rows, traces = [], []
    for standing in new:
        kept = standing.reckoning.kept()
        against = standing.reckoning.has_rule and not standing.suggested
        rows.append(
            Completion(
                participant=standing.participant,
                completed_on=day,
                sessions_attended=standing.attended,
                needed=standing.reckoning.needed,
                reckoning=kept,
                recorded_at=at,
                recorded_by=by,
            )
        )
        traces.append(
            CompletionTrace(
                participant=standing.participant,
                act=CompletionAct.GIVEN,
                at=at,
                by=by,
                why=tidy_text(why)[:200] if against else "",
                reckoning=kept,
            )
        )
    CompletionTrace.objects.bulk_create(traces, batch_size=BATCH)
    Completion.objects.bulk_create(rows, batch_size=BATCH)


def completion_day(run: CourseRun, *, at: datetime) -> date:
    """The day of the last session held, once it has come; before that, today."""
    today = timezone.localdate(at)
    last = run.sessions.filter(state__in=HELD).order_by("-starts_at").first()
    return min(today, timezone.localdate(last.starts_at)) if last else today


def revoke_completion(
    *, run: CourseRun, participant: int, by: User, at: datetime, why: str
) -> None:
    """Take back a completion that was confirmed by mistake; it leaves its trace.

    Raises: NotAllowed, NotOnTheList (there is none), WhyTakenBack, CertificateStillValid.
    """
    with transaction.atomic():
        locked = lock_run(run.pk)
        require_section(by, locked.course.department)
        found = Completion.objects.filter(
            participant=participant, participant__application__run=locked
        ).first()
        if found is None:
            raise NotOnTheList
        if not tidy_text(why):
            raise WhyTakenBack
        if _certified(found):
            raise CertificateStillValid
        CompletionTrace.objects.create(
            participant_id=participant,
            act=CompletionAct.TAKEN_BACK,
            at=at,
            by=by,
            why=tidy_text(why)[:200],
            reckoning=found.reckoning,
        )
        found.delete()
        log_access(subject=f"修了の取消し {locked.code}", people=1, by=by, at=at)


def _certified(completion: Completion) -> bool:
    """Whether a valid certificate rests on it, of the run or of a series."""
    valid = Certificate.objects.filter(revoked_at=None)
    return valid.filter(Q(completion=completion) | Q(grounds=completion)).exists()
