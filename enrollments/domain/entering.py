"""Applications that have passed the rules are written down, under the run's lock, in their
order: the person's claim, people, answers, and the first trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import PurposeNotice, User
from courses.models import CourseRun
from enrollments.domain.claims import remember_people
from enrollments.domain.identity import keys_of_members, person_keys
from enrollments.domain.placing import Place
from enrollments.domain.recording import record_together, write_particulars
from enrollments.domain.refusals import AlreadyApplied
from enrollments.domain.requests import SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import Application, Transition


@dataclass(frozen=True)
class Passed:
    """`moment` is that of receipt, by `keys` the person is known. `override_reason` says
    why somebody is taken whom the rules refuse, `namesake_reason` why it is another person
    of the same name."""

    request: SeatRequest
    place: Place
    moment: datetime
    keys: frozenset[str]
    override_reason: str = ""
    namesake_reason: str = ""


def enter(
    *,
    run: CourseRun,
    passed: Sequence[Passed],
    claims: Mapping[str, Application],
    notice: PurposeNotice | None,
    by: User | None,
    at: datetime,
) -> list[Application]:
    """Received, not yet moved on. `claims` are those on their keys in this run, `notice`
    is the purpose of use in force. Their forms are new and they are different people,
    which the database insists on.

    Raises: AlreadyApplied, unless staff say that it is a chance namesake; TermsNotAccepted,
    and the refusals of answers and support.
    """
    free = _free_keys(passed, claims)
    received = [(one.request, one.place, one.moment) for one in passed]
    applications = record_together(run=run, received=received, notice=notice, by=by, at=at)
    keys = [one.keys for one in passed]
    remember_people(list(zip(applications, keys, free, strict=True)))
    for application, one in zip(applications, passed, strict=True):
        why = one.override_reason
        write_particulars(application, one.request, by=by, at=at, why_late=why)
    return applications


def first_traces(
    applications: Sequence[Application],
    passed: Sequence[Passed],
    *,
    by: User | None,
    at: datetime,
) -> list[Transition]:
    """Not yet written: whoever moves them on writes them first."""
    return [
        Transition(
            application=application,
            to_state=State.RECEIVED,
            at=at,
            by=by,
            why=one.override_reason or one.namesake_reason,
        )
        for application, one in zip(applications, passed, strict=True)
    ]


def keys_of_request(request: SeatRequest, by: User | None) -> frozenset[str]:
    """Whoever applies for themselves is their account; of others whoever takes them in
    says which it is."""
    if request.sends_members:
        return keys_of_members(request)
    own = by.pk if by is not None and request.channel == Channel.WEB else None
    return person_keys(
        kana=request.applicant.kana,
        email=request.email,
        phone=request.phone,
        address=request.address,
        account=own or request.applicant.account,
    )


def _free_keys(
    passed: Sequence[Passed], claims: Mapping[str, Application]
) -> list[frozenset[str]]:
    """By which keys nobody is known yet, of each. Raises: AlreadyApplied."""
    taken = frozenset(claims)
    free = []
    for one in passed:
        claimed = sorted(one.keys & claims.keys())
        if claimed and not one.namesake_reason:
            raise AlreadyApplied(claims[claimed[0]])
        free.append(one.keys - taken if one.namesake_reason else one.keys)
        taken |= one.keys
    return free
