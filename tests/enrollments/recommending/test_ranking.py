"""The order, the reasons, and what is never recommended, tried with any facts."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enums import ReceptionStatus as Status
from enrollments.domain.recommending.ranking import (
    Candidate,
    Ground,
    Known,
    Reason,
    Span,
    left_out,
    recommend,
)
from enrollments.domain.recommending.rules import ROW_OF, RULES, By, LeftOut, Rule
from enrollments.enums import Verdict

AT = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
UNRELATED = 99
AREAS = ("", "駅前", "北部")


def span(days: int, hours: int = 2) -> Span:
    begins = AT + timedelta(days=days)
    return Span(begins, begins + timedelta(hours=hours))


def course(number: int, **facts) -> Candidate:
    given_facts = {
        "status": Status.OPEN,
        "sessions": (span(30),),
        "closes_at": AT + timedelta(days=20),
        **facts,
    }
    return Candidate(run=number, course=number, code=f"r{number}", **given_facts)


THEME_1 = Ground(Rule.THEME, 1, "防災")
keys = st.integers(min_value=1, max_value=4)
candidates = st.lists(
    st.builds(
        Candidate,
        run=st.integers(1, 40),
        course=keys,
        code=st.integers(1, 40).map(str),
        status=st.sampled_from(Status),
        sessions=st.lists(st.integers(1, 6).map(span), max_size=3).map(tuple),
        is_public=st.booleans(),
        chooses_session=st.booleans(),
        closes_at=st.none() | st.integers(1, 30).map(lambda d: AT + timedelta(days=d)),
        stages=st.frozensets(keys, max_size=2),
        themes=st.frozensets(keys, max_size=2),
        areas=st.frozensets(st.sampled_from(AREAS), max_size=1),
        verdict=st.sampled_from(Verdict),
    ),
    max_size=8,
    unique_by=(lambda one: one.run, lambda one: one.code),
)
grounds = st.sampled_from([row for row in RULES if row.is_ground]).flatmap(
    lambda row: st.builds(
        Ground,
        rule=st.just(row.rule),
        key=st.sampled_from(AREAS) if row.by == By.AREA else keys,
        name=st.sampled_from("アイウ"),
    )
)
knowns = st.builds(
    Known,
    grounds=st.frozensets(grounds, max_size=6),
    completed=st.frozensets(keys, max_size=1),
    applied=st.frozensets(keys, max_size=1),
    applied_runs=st.frozensets(st.integers(1, 40), max_size=2),
    busy=st.frozensets(st.integers(1, 6).map(span), max_size=1),
)


@given(candidates, knowns, st.randoms())
def test_the_order_in_which_courses_are_read_makes_no_difference(found, known, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert recommend(shuffled, known, at=AT) == recommend(found, known, at=AT)


@given(candidates, knowns)
def test_a_fact_that_no_course_agrees_with_changes_nothing(found, known):
    more = {Ground(row.rule, UNRELATED, "別") for row in RULES if row.is_ground}
    unrelated = replace(
        known,
        grounds=known.grounds | more,
        completed=known.completed | {UNRELATED},
        applied=known.applied | {UNRELATED},
        applied_runs=known.applied_runs | {UNRELATED},
        busy=known.busy | {span(300)},
    )
    assert recommend(found, unrelated, at=AT) == recommend(found, known, at=AT)


@given(candidates, knowns)
def test_each_has_a_reason_of_its_own_and_nothing_forbidden_is_there(found, known):
    for one in recommend(found, known, at=AT):
        assert any(ROW_OF[reason.rule].is_ground for reason in one.reasons)
        assert left_out(one.candidate, known) is None


@given(candidates, knowns)
def test_they_stand_by_points_and_then_by_date(found, known):
    ranked = recommend(found, known, at=AT)
    places = [(-one.points, min(one.candidate.sessions).starts_at) for one in ranked]
    assert places == sorted(places)
    assert len({one.candidate.course for one in ranked}) == len(ranked)


@given(candidates, knowns, grounds)
def test_one_more_fact_takes_nothing_from_what_is_recommended(found, known, ground):
    more = replace(known, grounds=known.grounds | {ground})
    before = {one.candidate.course: one.points for one in recommend(found, known, at=AT)}
    after = {one.candidate.course: one.points for one in recommend(found, more, at=AT)}
    assert all(after[key] >= points for key, points in before.items())


def test_reasons_add_up_once_for_each_rule():
    known = Known(
        frozenset(
            {THEME_1, Ground(Rule.THEME, 2, "福祉"), Ground(Rule.AREA, "北部", "北部")}
        )
    )
    near = course(1, themes=frozenset({1, 2}), areas=frozenset({"北部"}))
    [found] = recommend([near], known, at=AT)
    assert found.reasons == (
        Reason(Rule.THEME, "福祉"),
        Reason(Rule.THEME, "防災"),
        Reason(Rule.AREA, "北部"),
        Reason(Rule.OPEN),
    )
    assert found.points == 20 + 8 + 6
    assert found.sentences == [
        "関心のあるテーマ「福祉」「防災」です",
        "お住まいの地区「北部」で開かれます",
        "いま募集中です",
    ]


def test_reasons_are_sentences():
    said = {
        Reason(Rule.NEXT_STEP, "道").words,
        Reason(Rule.NEXT_UNIT, "第1回").words,
        Reason(Rule.AREA, "北部").words,
        Reason(Rule.OPEN).words,
    }
    assert said == {
        "団体の道すじ「道」の次のステップです",
        "前に受けた「第1回」の次の単元です",
        "お住まいの地区「北部」で開かれます",
        "いま募集中です",
    }


def test_a_deadline_within_two_weeks_is_said():
    soon = course(1, themes=frozenset({1}), closes_at=AT + timedelta(days=14))
    later = course(2, themes=frozenset({1}), closes_at=AT + timedelta(days=14, minutes=1))
    first, second = recommend([later, soon], Known(frozenset({THEME_1})), at=AT)
    assert (first.candidate.course, second.candidate.course) == (1, 2)
    assert Reason(Rule.CLOSING) in first.reasons
    assert Reason(Rule.CLOSING) not in second.reasons


def test_of_equal_ones_the_sooner_comes_first():
    late = course(1, themes=frozenset({1}))
    early = course(2, themes=frozenset({1}), sessions=(span(29),))
    found = recommend([late, early], Known(frozenset({THEME_1})), at=AT)
    assert [one.candidate.course for one in found] == [2, 1]


def test_being_open_alone_recommends_nothing():
    assert recommend([course(1, themes=frozenset({2}))], Known(), at=AT) == []


FITS = course(1, themes=frozenset({1}))
KNOWN = Known(frozenset({THEME_1}))


@pytest.mark.parametrize(
    ("candidate", "known", "why"),
    [
        (replace(FITS, is_public=False), KNOWN, LeftOut.NOT_PUBLIC),
        (replace(FITS, sessions=()), KNOWN, LeftOut.OVER),
        (replace(FITS, status=Status.CANCELLED), KNOWN, LeftOut.OVER),
        (replace(FITS, status=Status.CLOSED), KNOWN, LeftOut.CLOSED),
        (replace(FITS, status=Status.FULL), KNOWN, LeftOut.CLOSED),
        (FITS, replace(KNOWN, completed=frozenset({1})), LeftOut.COMPLETED),
        (FITS, replace(KNOWN, applied=frozenset({1})), LeftOut.APPLIED),
        (FITS, replace(KNOWN, applied_runs=frozenset({1})), LeftOut.APPLIED),
        (replace(FITS, verdict=Verdict.NOT_MET), KNOWN, LeftOut.NOT_ELIGIBLE),
        (FITS, replace(KNOWN, busy=frozenset({span(30, 1)})), LeftOut.OVERLAPS),
    ],
)
def test_what_is_never_recommended(candidate, known, why):
    assert recommend([FITS], KNOWN, at=AT) != []
    assert left_out(candidate, known) == why
    assert recommend([candidate], known, at=AT) == []


def test_one_free_session_is_enough_where_one_is_chosen():
    both = replace(FITS, sessions=(span(30), span(31)), chooses_session=True)
    known = replace(KNOWN, busy=frozenset({span(30)}))
    assert len(recommend([both], known, at=AT)) == 1
    busier = replace(KNOWN, busy=frozenset({span(30), span(31)}))
    assert recommend([both], busier, at=AT) == []


def test_what_ends_when_the_next_begins_does_not_overlap():
    begins = FITS.sessions[0].starts_at
    known = replace(KNOWN, busy=frozenset({Span(begins - timedelta(hours=1), begins)}))
    assert len(recommend([FITS], known, at=AT)) == 1
