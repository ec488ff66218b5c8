"""What a run asks of the person who is about to apply: only what it needs."""

from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import User
from courses.enums import PoolKind
from courses.enums import RequirementKind as Kind
from courses.models import CourseRun, RunQuestion, SeatPool
from enrollments.domain.conditions import (
    OF_POOL,
    asked_of,
    asked_of_everybody,
    conditions_of,
)
from enrollments.domain.eligibility import Condition, Finding, PersonFacts, findings
from enrollments.domain.gates import is_open, require_open
from enrollments.domain.known_groups import KnownGroup, every_group, groups_of
from enrollments.domain.person_facts import facts_of_visitor, is_staff
from enrollments.domain.places import Place, for_visitor, places_of
from enrollments.domain.refusals import AppliesElsewhere, PlacesForOthers, RunFull
from enrollments.domain.support_offers import OpenOffer, open_offers
from enrollments.enums import Verdict

# What no typing changes: it hangs on the account.
BY_ACCOUNT = frozenset({Kind.GROUP, Kind.STAFF})


@dataclass(frozen=True)
class Asked:
    """`places` are those that this person may apply for; `kinds` what has to be asked
    because of conditions and tiers, `of_everybody` what companions are asked too."""

    run: CourseRun
    places: tuple[Place, ...]
    groups: tuple[KnownGroup, ...]
    questions: tuple[RunQuestion, ...]
    offers: tuple[OpenOffer, ...]
    kinds: frozenset[Kind]
    of_everybody: frozenset[Kind]
    conditions: tuple[Condition, ...]
    facts: PersonFacts
    has_terms: bool = False

    @property
    def has_needs(self) -> bool:
        """Whether there is anything to ask besides who comes."""
        return bool(self.questions or self.offers)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """How the person stands before typing anything."""
        return findings(self.conditions, self.facts)

    @property
    def is_closed_to(self) -> bool:
        """Nothing that this person could type would help."""
        return any(
            finding.verdict == Verdict.NOT_MET
            and all(one.kind in BY_ACCOUNT for one in finding.conditions)
            for finding in self.findings
        )


def asked_of_visitor(
    run: CourseRun, user: User | None, *, at: datetime, has_terms: bool = False
) -> Asked:
    """From a run with all that it asks loaded. An account is looked up only for what
    the run's places and conditions need."""
    kinds_of_places = {PoolKind(pool.kind) for pool in run.pools.all()}
    groups = groups_of(user) if user and _concerns_groups(run, kinds_of_places) else ()
    staff = bool(user and PoolKind.STAFF in kinds_of_places and is_staff(user))
    theirs = for_visitor(places_of(run, at=at), is_member=bool(groups), is_staff=staff)
    # Those of a window that is not open are left out, unless there is nothing else.
    places = tuple(one for one in theirs if is_open(run, one.kind, at=at)) or theirs
    conditions = conditions_of(run, _only_kind(run, kinds_of_places))
    return Asked(
        run=run,
        places=places,
        groups=groups,
        questions=tuple(one for one in run.questions.all() if one.is_asked),
        offers=open_offers(run, at=at),
        kinds=asked_of(run),
        of_everybody=asked_of_everybody(run),
        conditions=conditions,
        facts=facts_of_visitor(user, conditions) if conditions else PersonFacts(),
        has_terms=has_terms,
    )


def asked_for_entry(run: CourseRun, *, at: datetime) -> Asked:
    """Of somebody for whom staff type: all places of the run, and whose group and section
    it is they say themselves."""
    kinds = {PoolKind(pool.kind) for pool in run.pools.all()}
    return replace(
        asked_of_visitor(run, None, at=at),
        places=places_of(run, at=at),
        groups=every_group() if _concerns_groups(run, kinds) else (),
        facts=PersonFacts(),
    )


def require_a_place(asked: Asked, *, at: datetime) -> None:
    """Before typing: open, and places or a waiting list that this person may get onto.

    Raises: the refusals of `require_open`, PlacesForOthers, AppliesElsewhere, RunFull.
    """
    kinds = {place.kind for place in asked.places}
    require_open(run=asked.run, at=at, kind=kinds.pop() if len(kinds) == 1 else None)
    if not asked.places:
        raise PlacesForOthers if _is_for_others(asked.run) else AppliesElsewhere
    if not any(place.takes_more for place in asked.places):
        raise RunFull


def _is_for_others(run: CourseRun) -> bool:
    """All places are for groups or staff, as the conditions on the page say."""
    kinds = {PoolKind(pool.kind) for pool in run.pools.all()}
    return bool(kinds) and kinds <= OF_POOL.keys()


def _concerns_groups(run: CourseRun, kinds: set[PoolKind]) -> bool:
    asks = any(row.kind == Kind.GROUP for row in run.requirements.all())
    return asks or PoolKind.GROUPS in kinds


def _only_kind(run: CourseRun, kinds: set[PoolKind]) -> SeatPool | None:
    """Where all places are for one sort of people, that is a condition for everybody."""
    return next(iter(run.pools.all())) if len(kinds) == 1 else None
