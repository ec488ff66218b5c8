"""Who comes may change within a party: somebody else in a companion's place, or one
person fewer. The applicant stays the one whom the application belongs to, so that the
one live application per person (`claims`) is not touched."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import works_for
from accounts.models import User
from courses.domain.locking import lock_run
from courses.enums import CapacityUnit
from courses.models import SeatPool
from enrollments.domain.conditions import conditions_of, reason_for
from enrollments.domain.eligibility import findings, may_apply
from enrollments.domain.leaving import may_withdraw
from enrollments.domain.messages import tell
from enrollments.domain.moving import take_or_give
from enrollments.domain.person_facts import facts_of_companion
from enrollments.domain.refusals import (
    ApplicantStays,
    LastParticipant,
    MoveNotAllowed,
    NotEligible,
    NotOnTheList,
    ParticipantHasCome,
    RunHasEnded,
    WithdrawalClosed,
)
from enrollments.domain.requests import PersonName
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import MessageKind, Verdict
from enrollments.models import Application, Participant, ParticipantChange
from enrollments.models.querysets import HOLDING, LIVE


def exchange_participant(
    *, participant: Participant, person: PersonName, by: User | None, at: datetime
) -> Participant:
    """Somebody else comes instead; the former name stays in the record.

    Raises: NotEligible, and as `_lock`.
    """
    with transaction.atomic():
        application, fresh = _lock(participant, by, at)
        _require_eligible(application, person)
        former = fresh.full_name
        ParticipantChange.objects.create(
            participant=fresh,
            at=at,
            by=by,
            family_name=fresh.family_name,
            given_name=fresh.given_name,
            family_name_kana=fresh.family_name_kana,
            given_name_kana=fresh.given_name_kana,
        )
        for name, value in person.columns().items():
            setattr(fresh, name, value)
        fresh.birth_date, fresh.school_year = person.birth_date, person.school_year
        # What this seat completes is no longer the applicant's own.
        fresh.is_applicant = False
        fresh.save()
        _tell(application, at, left=former, came=fresh.full_name)
    return fresh


def drop_participant(*, participant: Participant, by: User | None, at: datetime) -> None:
    """One person fewer: in a run counted in persons the seat goes down the line.

    Raises: LastParticipant, and as `_lock`.
    """
    with transaction.atomic():
        application, fresh = _lock(participant, by, at)
        if application.participants.count() < 2:
            raise LastParticipant
        left = fresh.full_name
        fresh.delete()
        if application.run.capacity_unit == CapacityUnit.PERSONS:
            application.seats -= 1
            application.save(update_fields=["seats"])
            if application.state in HOLDING:
                take_or_give(SeatPool.objects.filter(pk=application.pool_id), -1)
        _tell(application, at, left=left, came="")
        promote_next(pool=application.pool, by=None, at=at)


def _lock(
    participant: Participant, by: User | None, at: datetime
) -> tuple[Application, Participant]:
    """Staff of the section may change everybody, at any time before the end; the person
    companions only, and as long as a place may be given back.

    Raises: NotOnTheList, MoveNotAllowed, RunHasEnded, ParticipantHasCome,
    ApplicantStays, WithdrawalClosed.
    """
    run = lock_run(participant.application.run_id)
    fresh = (
        Participant.objects.select_related(
            "application__run__course__department", "application__pool"
        )
        .filter(pk=participant.pk)
        .first()
    )
    if fresh is None:
        raise NotOnTheList
    application = fresh.application
    if application.state not in LIVE:
        raise MoveNotAllowed
    sessions = run.sessions.all()
    if sessions.exists() and not sessions.upcoming(at).exists():
        raise RunHasEnded
    if fresh.attendances.exists():
        raise ParticipantHasCome
    if not by_staff(by, application):
        if fresh.is_applicant:
            raise ApplicantStays
        if not may_withdraw(application, at=at):
            raise WithdrawalClosed
    return application, fresh


def by_staff(by: User | None, application: Application) -> bool:
    """Whether this is the section's work, and not the section's own application."""
    if by is None or by.pk == application.user_id:
        return False
    return works_for(by, application.run.course.department)


def _require_eligible(application: Application, person: PersonName) -> None:
    """What is asked of everybody who comes along."""
    conditions = conditions_of(application.run, application.pool)
    asked = [condition for condition in conditions if condition.everybody]
    found = findings(asked, facts_of_companion(person))
    if may_apply(found) != Verdict.MET:
        missing = tuple(one for one in found if one.verdict != Verdict.MET)
        raise NotEligible(missing, tuple(reason_for(one) for one in missing))


def _tell(application: Application, at: datetime, *, left: str, came: str) -> None:
    tell(
        kind=MessageKind.PEOPLE_CHANGED,
        occasion=f"people:{application.pk}:{at.isoformat()}",
        application=application,
        at=at,
        left=left,
        came=came,
        people=list(application.participants.all()),
    )
