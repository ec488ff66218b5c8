"""Somebody may apply where, of every group of conditions, at least one holds: a pure
function of conditions and facts, that knows "not told yet" apart from "no"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from courses.enums import RequirementKind as Kind
from courses.enums import SchoolYear
from enrollments.enums import Verdict

SCHOOL_BEGINS = (4, 2)  # 学校教育法17条: born up to 1 April, one is in the year above
FIRST_SCHOOL_AGE = 6
LAST_CERTAIN_YEAR = SchoolYear.JUNIOR_HIGH_3
Key = TypeVar("Key", int, str)


@dataclass(frozen=True)
class Condition:
    """One alternative, as plain data. `words` says who meets it; ages are inclusive and
    count on the day `age_on`. `key` names what the person confirms (STATED). `somebody`:
    one of the party is enough, as the child of a parent and child."""

    kind: Kind
    words: str
    group: int = 1
    key: int = 0
    residencies: frozenset[str] = frozenset()
    min_age: int | None = None
    max_age: int | None = None
    age_on: date | None = None
    min_school_year: int | None = None
    max_school_year: int | None = None
    course: int | None = None
    course_title: str = ""
    course_slug: str = ""
    everybody: bool = False
    somebody: bool = False


@dataclass(frozen=True)
class PersonFacts:
    """What is known of somebody; none means that nobody has told it yet. `stated` are
    the keys of the conditions that they confirmed."""

    residency: str | None = None
    birth_date: date | None = None
    school_year: int | None = None
    groups: frozenset[str] | None = None
    is_staff: bool | None = None
    completed: frozenset[int] | None = None
    stated: frozenset[int] | None = None


@dataclass(frozen=True)
class Finding:
    """How somebody stands with one group of alternatives."""

    verdict: Verdict
    conditions: tuple[Condition, ...]
    everybody: bool = False
    somebody: bool = False


def age_on(birth_date: date, day: date) -> int:
    """In whole years. Who was born on 29 February is a year older on 1 March of a common
    year (年齢計算ニ関する法律, 民法143条)."""
    had = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had)


def school_year_on(birth_date: date, day: date) -> SchoolYear | None:
    """学年 of a child on a day; none after compulsory school, where people part."""
    late = (birth_date.month, birth_date.day) >= SCHOOL_BEGINS
    begins = birth_date.year + FIRST_SCHOOL_AGE + late
    fiscal_year = day.year - ((day.month, day.day) < (4, 1))
    year = fiscal_year - begins + 1
    if year > LAST_CERTAIN_YEAR:
        return None
    return SchoolYear(max(year, SchoolYear.BEFORE_SCHOOL))


def findings(
    conditions: Iterable[Condition],
    applicant: PersonFacts,
    companions: Iterable[PersonFacts] = (),
) -> tuple[Finding, ...]:
    """One finding per group, in order. Where `everybody` has to meet a condition, one
    who does not is enough to refuse the party; where `somebody` does, one who does is
    enough to take it."""
    groups: dict[int, list[Condition]] = {}
    for condition in conditions:
        groups.setdefault(condition.group, []).append(condition)
    party = (applicant, *_along(applicant, companions))
    return tuple(_finding(tuple(groups[number]), party) for number in sorted(groups))


def may_apply(found: Iterable[Finding]) -> Verdict:
    """Met only if all groups are; not met as soon as one is not."""
    return _all(finding.verdict for finding in found)


def _along(
    applicant: PersonFacts, companions: Iterable[PersonFacts]
) -> tuple[PersonFacts, ...]:
    """A form asks companions for age and school year only; the rest holds for the party."""
    return tuple(
        replace(applicant, birth_date=one.birth_date, school_year=one.school_year)
        for one in companions
    )


def _finding(conditions: tuple[Condition, ...], party: tuple[PersonFacts, ...]) -> Finding:
    everybody = any(condition.everybody for condition in conditions)
    somebody = not everybody and any(condition.somebody for condition in conditions)
    people = party if everybody or somebody else party[:1]
    each = [_any(_holds(one, person) for one in conditions) for person in people]
    return Finding(_any(each) if somebody else _all(each), conditions, everybody, somebody)


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    for verdict in (Verdict.MET, Verdict.UNKNOWN):
        if verdict in found:
            return verdict
    return Verdict.NOT_MET


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    for verdict in (Verdict.NOT_MET, Verdict.UNKNOWN):
        if verdict in found:
            return verdict
    return Verdict.MET


def _holds(condition: Condition, person: PersonFacts) -> Verdict:
    answers: Mapping[Kind, bool | None] = {
        Kind.RESIDENCY: _within(person.residency, condition.residencies),
        Kind.AGE: _aged(condition, person),
        Kind.SCHOOL_YEAR: _at_school(condition, person),
        Kind.GROUP: None if person.groups is None else bool(person.groups),
        Kind.STAFF: person.is_staff,
        Kind.COMPLETED: _within(condition.course, person.completed),
        Kind.STATED: _within(condition.key, person.stated),
    }
    answer = answers[condition.kind]
    if answer is None:
        return Verdict.UNKNOWN
    return Verdict.MET if answer else Verdict.NOT_MET


def _within(one: Key | None, among: frozenset[Key] | None) -> bool | None:
    return None if one is None or among is None else one in among


def _between(value: int, least: int | None, most: int | None) -> bool:
    return (least is None or least <= value) and (most is None or value <= most)


def _aged(condition: Condition, person: PersonFacts) -> bool | None:
    if person.birth_date is None or condition.age_on is None:
        return None
    age = age_on(person.birth_date, condition.age_on)
    return _between(age, condition.min_age, condition.max_age)


def _at_school(condition: Condition, person: PersonFacts) -> bool | None:
    year = person.school_year
    if year is None and person.birth_date and condition.age_on:
        year = school_year_on(person.birth_date, condition.age_on)
    if year is None:
        return None
    return _between(year, condition.min_school_year, condition.max_school_year)
