"""A party that changes still has to be one that the run is meant for."""

from collections.abc import Iterable, Mapping

from enrollments.domain.conditions import conditions_of, reason_for
from enrollments.domain.eligibility import (
    Condition,
    Finding,
    PersonFacts,
    findings,
    may_apply,
)
from enrollments.domain.person_facts import facts_of_companion
from enrollments.domain.refusals import NotEligible
from enrollments.domain.requests import PersonName
from enrollments.enums import Verdict
from enrollments.models import Application, Participant


def require_fitting(application: Application, person: PersonName) -> None:
    """What is asked of everybody who comes along."""
    conditions = conditions_of(application.run, application.pool)
    asked = [condition for condition in conditions if condition.everybody]
    _require_met(findings(asked, facts_of_companion(person)))


def require_party_still_fits(participant: Participant, instead: PersonName | None) -> None:
    """Whoever made the party fit (the child of a parent and child) leaves only for
    somebody who does too, or where another one is left. A party that was taken without,
    for a reason, is not asked for one now."""
    application = participant.application
    conditions = conditions_of(application.run, application.pool)
    others = {one.group for one in conditions if not one.somebody}
    asked = [one for one in conditions if one.group not in others]
    people = {
        one.pk: PersonFacts(birth_date=one.birth_date, school_year=one.school_year)
        for one in application.participants.all()
    }
    if not asked or may_apply(_findings(asked, people)) != Verdict.MET:
        return
    if instead is None:
        del people[participant.pk]
    else:
        people[participant.pk] = facts_of_companion(instead)
    _require_met(_findings(asked, people))


def _findings(
    asked: Iterable[Condition], people: Mapping[int, PersonFacts]
) -> tuple[Finding, ...]:
    first, *along = people.values()
    return findings(asked, first, along)


def _require_met(found: tuple[Finding, ...]) -> None:
    """Raises: NotEligible."""
    if may_apply(found) != Verdict.MET:
        missing = tuple(one for one in found if one.verdict != Verdict.MET)
        raise NotEligible(missing, tuple(reason_for(one) for one in missing))
