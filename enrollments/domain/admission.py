"""Whether this person may have one of these places: the session they chose is offered,
the places are meant for them, the run's conditions are met and its terms accepted."""

from dataclasses import dataclass
from datetime import datetime

from accounts.domain.purpose import notice_in_force
from accounts.models import PurposeNotice, StaffProfile, User
from courses.domain.pools import RESIDENT_POOLS
from courses.enums import PoolKind
from courses.models import CourseRun, SeatPool
from enrollments.domain.conditions import conditions_of, reason_for
from enrollments.domain.eligibility import findings, may_apply
from enrollments.domain.known_groups import KnownGroup, every_group, groups_of
from enrollments.domain.person_facts import facts_of_companion, facts_of_request
from enrollments.domain.refusals import (
    AppliesElsewhere,
    GroupNotChosen,
    NotEligible,
    SessionNotChosen,
    SessionNotOffered,
    TermsNotAccepted,
)
from enrollments.domain.requests import SeatRequest
from enrollments.enums import Channel, Verdict

NO_GROUP = KnownGroup("", "")


@dataclass(frozen=True)
class Standing:
    """For whom somebody applies: a group, a section of the city hall, or themselves."""

    group: KnownGroup = NO_GROUP
    department: int | None = None


def pool_for(
    run: CourseRun,
    kind: PoolKind | None,
    session: int | None,
    *,
    at: datetime,
    has_begun: bool = False,
) -> SeatPool:
    """The places asked for, else those of residents; of the chosen session, where the
    run lets people choose one: one to come, at the door also one that `has_begun`.

    Raises: SessionNotChosen, SessionNotOffered, AppliesElsewhere.
    """
    if run.chooses_session:
        require_session(run, session, at=at, has_begun=has_begun)
    chosen = session if run.chooses_session else None
    pools = {pool.kind: pool for pool in run.pools.all() if pool.session_id == chosen}
    for candidate in (kind,) if kind else RESIDENT_POOLS:
        if candidate in pools:
            return pools[candidate]
    raise AppliesElsewhere


def require_session(
    run: CourseRun, session: int | None, *, at: datetime, has_begun: bool = False
) -> None:
    if session is None:
        raise SessionNotChosen
    held = [one for one in run.sessions.all() if one.is_held]
    offered = {one.pk for one in held if has_begun or one.starts_at > at}
    if session not in offered:
        raise SessionNotOffered


def require_eligible(
    *, run: CourseRun, pool: SeatPool, request: SeatRequest, by: User | None
) -> None:
    """Whatever could not be established counts as not met.

    Raises: NotEligible with every reason.
    """
    conditions = conditions_of(run, pool)
    if not conditions:
        return
    found = findings(
        conditions,
        facts_of_request(request, by, conditions),
        (facts_of_companion(person) for person in request.people[1:]),
    )
    if may_apply(found) == Verdict.MET:
        return
    missing = tuple(one for one in found if one.verdict != Verdict.MET)
    raise NotEligible(missing, tuple(reason_for(one) for one in missing))


def standing_of(request: SeatRequest, pool: SeatPool, by: User | None) -> Standing:
    """Raises: GroupNotChosen for the places of groups without one of one's own."""
    on_paper = request.channel != Channel.WEB
    if pool.kind == PoolKind.STAFF or request.department:
        return Standing(department=_department(request, None if on_paper else by))
    if not request.group_code:
        if pool.kind == PoolKind.GROUPS and not (on_paper and request.group_name):
            raise GroupNotChosen
        return Standing(KnownGroup("", request.group_name if on_paper else ""))
    known = every_group() if on_paper else groups_of(by) if by else ()
    group = next((one for one in known if one.code == request.group_code), None)
    if group is None:
        raise GroupNotChosen
    return Standing(group)


def _department(request: SeatRequest, own: User | None) -> int | None:
    if own is None:
        return request.department
    profile = StaffProfile.objects.filter(user=own).first()
    return profile.department_id if profile else None


def terms_for(run: CourseRun, *, at: datetime) -> PurposeNotice | None:
    """受講規約 in force, where the run asks for them."""
    return notice_in_force(key="terms", at=at) if run.asks_terms else None


def require_terms(
    request: SeatRequest, terms: PurposeNotice | None
) -> PurposeNotice | None:
    """Whoever sends in paper has them printed on it; on the web one ticks.

    Raises: TermsNotAccepted.
    """
    if terms and request.channel == Channel.WEB and not request.accepts_terms:
        raise TermsNotAccepted
    return terms
