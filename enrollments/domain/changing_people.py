"""Who comes may change within a party: somebody else in a companion's place, or one
person fewer. The applicant stays the one whom the application belongs to, so that the
one live application per person (`claims`) is not touched."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import works_for
from accounts.models import User
from courses.domain.locking import lock_run
from courses.enums import CapacityUnit
from courses.models import CourseRun, SeatPool
from enrollments.domain.absences import forget_absences
from enrollments.domain.attendance_words import HAVE_COME
from enrollments.domain.claims import hand_on_claims
from enrollments.domain.identity import keys_of_participant
from enrollments.domain.leaving import may_withdraw
from enrollments.domain.messages import tell
from enrollments.domain.moving import take_or_give
from enrollments.domain.party_fits import require_fitting, require_party_still_fits
from enrollments.domain.refusals import (
    ApplicantStays,
    LastParticipant,
    MoveNotAllowed,
    NotOnTheList,
    ParticipantHasCome,
    ParticipantIsMarked,
    RunHasEnded,
    WithdrawalClosed,
)
from enrollments.domain.requests import PersonName
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import MessageKind
from enrollments.models import (
    Application,
    Participant,
    ParticipantChange,
    PersonClaim,
    PersonKey,
)
from enrollments.models.application import new_door_code
from enrollments.models.querysets import HOLDING, LIVE


def exchange_participant(
    *, participant: Participant, person: PersonName, by: User | None, at: datetime
) -> Participant:
    """Somebody else comes instead; the former name stays in the record. Who has come
    once cannot be exchanged; who told that they cannot come is the one to be.

    Raises: ParticipantHasCome, NotEligible, and as `_lock`.
    """
    with transaction.atomic():
        run, application, fresh = _lock(participant, by, at)
        if fresh.attendances.filter(status__in=HAVE_COME).exists():
            raise ParticipantHasCome
        require_fitting(application, person)
        require_party_still_fits(fresh, person)
        former = fresh.full_name
        _keep_name(fresh, by, at)
        _forget_member(application, fresh)
        for name, value in person.columns().items():
            setattr(fresh, name, value)
        fresh.birth_date, fresh.school_year = person.birth_date, person.school_year
        # What this seat completes is no longer the applicant's own, nor the member's.
        fresh.is_applicant = False
        fresh.user, fresh.member_key = None, None
        # Nor does the former person's receipt open the door.
        fresh.door_code = new_door_code()
        fresh.save()
        forget_absences(participant=fresh, run=run, by=by, at=at)
        _tell(application, at, left=former, came=fresh.full_name)
    return fresh


def drop_participant(*, participant: Participant, by: User | None, at: datetime) -> None:
    """One person fewer, whose name stays in the record: in a run counted in persons the
    seat goes down the line.

    Raises: ParticipantIsMarked, LastParticipant, NotEligible, and as `_lock`.
    """
    with transaction.atomic():
        _run, application, fresh = _lock(participant, by, at)
        # Marks are kept, and need somebody whose marks they are.
        if fresh.marks.exists() or fresh.attendances.exists():
            raise ParticipantIsMarked
        if application.participants.count() < 2:
            raise LastParticipant
        require_party_still_fits(fresh, None)
        left = fresh.full_name
        _keep_name(fresh, by, at, has_left=True)
        _forget_member(application, fresh)
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
) -> tuple[CourseRun, Application, Participant]:
    """Staff of the section may change everybody, at any time before the end; the person
    companions only, and as long as a place may be given back.

    Raises: NotOnTheList, MoveNotAllowed, RunHasEnded, ApplicantStays, WithdrawalClosed.
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
    if not by_staff(by, application):
        if fresh.is_applicant:
            raise ApplicantStays
        if not may_withdraw(application, at=at):
            raise WithdrawalClosed
    return run, application, fresh


def _forget_member(application: Application, participant: Participant) -> None:
    """A member whom the group no longer sends may apply again."""
    if not application.sends_members:
        return
    known = keys_of_participant(participant)
    own = PersonKey.objects.filter(application=application, key__in=known)
    claims = PersonClaim.objects.filter(application=application, key__in=known)
    freed = set(claims.values_list("key", flat=True))
    own.delete()
    claims.delete()
    hand_on_claims(freed, run_pk=application.run_id)


def by_staff(by: User | None, application: Application) -> bool:
    """Whether this is the section's work, and not the section's own application."""
    if by is None or by.pk == application.user_id:
        return False
    return works_for(by, application.run.course.department)


def _keep_name(
    participant: Participant, by: User | None, at: datetime, *, has_left: bool = False
) -> None:
    ParticipantChange.objects.create(
        application=participant.application,
        participant=participant,
        has_left=has_left,
        at=at,
        by=by,
        family_name=participant.family_name,
        given_name=participant.given_name,
        family_name_kana=participant.family_name_kana,
        given_name_kana=participant.given_name_kana,
    )


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
