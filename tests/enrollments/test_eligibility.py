"""Conditions in conjunctive normal form over what is known of somebody."""

from datetime import date

import pytest

from courses.enums import CapacityUnit, SchoolYear
from courses.enums import RequirementKind as Kind
from courses.models import Requirement
from enrollments.domain.conditions import (
    asked_of_everybody,
    conditions_of,
    words_for,
    words_of,
)
from enrollments.domain.eligibility import (
    Condition,
    Finding,
    PersonFacts,
    age_on,
    findings,
    may_apply,
    school_year_on,
)
from enrollments.enums import Verdict
from tests.factories import CourseRunFactory

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
DAY = date(2026, 12, 5)
NOBODY = PersonFacts()


def _condition(kind: Kind, **facts) -> Condition:
    return Condition(kind=kind, words="", age_on=DAY, **facts)


def _verdict(conditions, person, companions=()) -> Verdict:
    return may_apply(findings(conditions, person, companions))


RESIDENT = _condition(Kind.RESIDENCY, residencies=frozenset({"resident", "worker"}))
ADULT = _condition(Kind.AGE, min_age=18, group=2)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 12, 5), date(2026, 12, 4), 17),
        (date(2008, 12, 5), date(2026, 12, 5), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 12, 5), date(2026, 12, 5), 0),
    ],
)
def test_age_turns_on_the_birthday(born, day, age):
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("born", "day", "year"),
    [
        (date(2020, 4, 1), date(2026, 4, 1), SchoolYear.ELEMENTARY_1),
        (date(2020, 4, 2), date(2026, 4, 1), SchoolYear.BEFORE_SCHOOL),
        (date(2020, 4, 1), date(2026, 3, 31), SchoolYear.BEFORE_SCHOOL),
        (date(2014, 4, 1), date(2026, 12, 5), SchoolYear.JUNIOR_HIGH_1),
        (date(2014, 4, 2), date(2026, 12, 5), SchoolYear.ELEMENTARY_6),
        (date(2011, 4, 2), date(2027, 3, 31), SchoolYear.JUNIOR_HIGH_3),
        (date(2011, 4, 1), date(2027, 3, 31), None),
        (date(2026, 12, 1), date(2026, 12, 5), SchoolYear.BEFORE_SCHOOL),
    ],
)
def test_school_year_turns_on_the_first_of_april(born, day, year):
    assert school_year_on(born, day) == year


@pytest.mark.parametrize(
    ("condition", "person", "verdict"),
    [
        (RESIDENT, NOBODY, UNKNOWN),
        (RESIDENT, PersonFacts(residency="worker"), MET),
        (RESIDENT, PersonFacts(residency="other"), NOT_MET),
        (ADULT, NOBODY, UNKNOWN),
        (ADULT, PersonFacts(birth_date=date(2008, 12, 5)), MET),
        (ADULT, PersonFacts(birth_date=date(2008, 12, 6)), NOT_MET),
        (_condition(Kind.AGE, max_age=39), PersonFacts(birth_date=date(1986, 12, 6)), MET),
        (
            _condition(Kind.AGE, max_age=39),
            PersonFacts(birth_date=date(1986, 12, 5)),
            NOT_MET,
        ),
        (_condition(Kind.SCHOOL_YEAR, min_school_year=1), NOBODY, UNKNOWN),
        (
            _condition(Kind.SCHOOL_YEAR, min_school_year=1, max_school_year=6),
            PersonFacts(school_year=6),
            MET,
        ),
        (
            _condition(Kind.SCHOOL_YEAR, min_school_year=1, max_school_year=6),
            PersonFacts(school_year=7),
            NOT_MET,
        ),
        (
            _condition(Kind.SCHOOL_YEAR, min_school_year=1, max_school_year=6),
            PersonFacts(birth_date=date(2016, 5, 5)),
            MET,
        ),
        (
            _condition(Kind.SCHOOL_YEAR, min_school_year=0, max_school_year=0),
            PersonFacts(school_year=0),
            MET,
        ),
        (_condition(Kind.GROUP), NOBODY, UNKNOWN),
        (_condition(Kind.GROUP), PersonFacts(groups=frozenset()), NOT_MET),
        (_condition(Kind.GROUP), PersonFacts(groups=frozenset({"river"})), MET),
        (_condition(Kind.STAFF), NOBODY, UNKNOWN),
        (_condition(Kind.STAFF), PersonFacts(is_staff=False), NOT_MET),
        (_condition(Kind.STAFF), PersonFacts(is_staff=True), MET),
        (_condition(Kind.COMPLETED, course=3), NOBODY, UNKNOWN),
        (_condition(Kind.COMPLETED, course=3), PersonFacts(completed=frozenset()), NOT_MET),
        (_condition(Kind.COMPLETED, course=3), PersonFacts(completed=frozenset({3})), MET),
        (_condition(Kind.STATED, key=7), NOBODY, UNKNOWN),
        (_condition(Kind.STATED, key=7), PersonFacts(stated=frozenset()), NOT_MET),
        (_condition(Kind.STATED, key=7), PersonFacts(stated=frozenset({7})), MET),
    ],
)
def test_each_condition_knows_yes_no_and_not_told(condition, person, verdict):
    assert _verdict([condition], person) == verdict


def test_no_conditions_take_everybody():
    assert _verdict([], NOBODY) == MET


@pytest.mark.parametrize(
    ("staff", "residency", "verdict"),
    [
        (True, None, MET),
        (None, "resident", MET),
        (False, None, UNKNOWN),
        (None, "other", UNKNOWN),
        (False, "other", NOT_MET),
    ],
)
def test_alternatives_of_one_group_are_an_or(staff, residency, verdict):
    alternatives = [RESIDENT, _condition(Kind.STAFF)]

    person = PersonFacts(is_staff=staff, residency=residency)
    assert _verdict(alternatives, person) == verdict


@pytest.mark.parametrize(
    ("residency", "born", "verdict"),
    [
        ("resident", date(1990, 1, 1), MET),
        ("resident", None, UNKNOWN),
        ("other", None, NOT_MET),
        ("other", date(1990, 1, 1), NOT_MET),
        ("resident", date(2020, 1, 1), NOT_MET),
    ],
)
def test_groups_are_an_and(residency, born, verdict):
    person = PersonFacts(residency=residency, birth_date=born)

    assert _verdict([RESIDENT, ADULT], person) == verdict


def test_finding_names_the_group_that_is_missed():
    found = findings([RESIDENT, ADULT], PersonFacts(residency="resident"))

    assert [finding.verdict for finding in found] == [MET, UNKNOWN]
    assert [finding.conditions for finding in found] == [(RESIDENT,), (ADULT,)]


@pytest.mark.parametrize(("everybody", "verdict"), [(False, MET), (True, NOT_MET)])
def test_companions_count_only_where_everybody_has_to(everybody, verdict):
    adults = _condition(Kind.AGE, min_age=18, everybody=everybody)
    parent = PersonFacts(birth_date=date(1990, 1, 1))
    child = PersonFacts(birth_date=date(2020, 1, 1))

    assert _verdict([adults], parent, [child]) == verdict


def test_companions_share_what_only_the_applicant_tells():
    residents = _condition(
        Kind.RESIDENCY, residencies=frozenset({"resident"}), everybody=True
    )
    assert _verdict([residents], PersonFacts(residency="resident"), [NOBODY]) == MET


@pytest.mark.parametrize(
    ("parent", "child", "verdict"),
    [
        (SchoolYear.NOT_AT_SCHOOL, SchoolYear.ELEMENTARY_5, MET),
        (SchoolYear.NOT_AT_SCHOOL, SchoolYear.ELEMENTARY_3, NOT_MET),
        (SchoolYear.NOT_AT_SCHOOL, None, UNKNOWN),
        (SchoolYear.ELEMENTARY_4, SchoolYear.BEFORE_SCHOOL, MET),
    ],
)
def test_one_of_a_party_may_be_the_child(parent, child, verdict):
    pupils = _condition(
        Kind.SCHOOL_YEAR, min_school_year=4, max_school_year=6, somebody=True
    )
    companion = PersonFacts(school_year=child)

    assert _verdict([pupils], PersonFacts(school_year=parent), [companion]) == verdict


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("unit", "somebody"), [(CapacityUnit.PARTIES, True), (CapacityUnit.PERSONS, False)]
)
def test_school_year_is_of_the_party_where_places_are_counted_in_parties(unit, somebody):
    run = CourseRunFactory(capacity_unit=unit, max_participants=4)
    run.requirements.create(kind=Kind.SCHOOL_YEAR, min_school_year=4, max_school_year=6)
    run.requirements.create(kind=Kind.RESIDENCY, residencies=["resident"], group=2)

    assert [one.somebody for one in conditions_of(run)] == [somebody, False]
    asked = frozenset({Kind.SCHOOL_YEAR}) if somebody else frozenset()
    assert asked_of_everybody(run) == asked


def test_alternatives_stand_in_one_line_with_the_day_that_counts():
    age = Requirement(kind=Kind.AGE, min_age=18, age_on=date(2026, 4, 1))
    group = Requirement(kind=Kind.GROUP)
    found = Finding(
        verdict=NOT_MET,
        conditions=tuple(
            Condition(kind=Kind(row.kind), words=words_of(row), age_on=DAY)
            for row in (age, group)
        ),
    )
    assert words_for(found) == "18歳以上の方（4月1日（水）時点）、または登録団体の会員の方"
