"""Sessions by a rule: the days, what is passed over, and where it ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.domain.closing_days import Closure, DayOff, DaysOff
from courses.domain.repeating import (
    LAST,
    MOST_SESSIONS,
    RepeatRule,
    RuleEndsBeforeStart,
    RuleHasNoEnd,
    RuleNamesNoWeek,
    TooManySessions,
    dates_of,
    week_of_month,
)
from courses.enums import RepeatEvery

SATURDAY = date(2026, 12, 5)
YEAR_END = DaysOff((Closure("年末年始", date(2026, 12, 29), date(2027, 1, 3), True),))


def _never(day):
    return None


def _days(rule, skip=_never):
    return [f"{day:%m-%d}" for day in dates_of(rule, skip).days]


def test_every_week_keeps_the_weekday_of_the_first_day():
    rule = RepeatRule(RepeatEvery.WEEK, SATURDAY, count=3)
    assert _days(rule) == ["12-05", "12-12", "12-19"]


def test_every_week_on_two_weekdays():
    rule = RepeatRule(RepeatEvery.WEEK, date(2026, 12, 1), 4, weekdays=frozenset({1, 3}))
    assert _days(rule) == ["12-01", "12-03", "12-08", "12-10"]


def test_every_second_week_until_a_last_day():
    rule = RepeatRule(RepeatEvery.OTHER_WEEK, SATURDAY, last_day=date(2027, 1, 16))
    assert _days(rule) == ["12-05", "12-19", "01-02", "01-16"]


def test_first_and_third_saturday():
    rule = RepeatRule(
        RepeatEvery.MONTH, date(2026, 12, 1), 4, None, frozenset({5}), frozenset({1, 3})
    )
    assert _days(rule) == ["12-05", "12-19", "01-02", "01-16"]


def test_last_saturday_whether_fourth_or_fifth():
    rule = RepeatRule(
        RepeatEvery.MONTH, date(2026, 10, 1), 3, None, frozenset({5}), frozenset({LAST})
    )
    assert _days(rule) == ["10-31", "11-28", "12-26"]


def test_every_day():
    rule = RepeatRule(RepeatEvery.DAY, SATURDAY, last_day=date(2026, 12, 7))
    assert _days(rule) == ["12-05", "12-06", "12-07"]


def test_days_off_are_passed_over_with_their_reason_and_do_not_count():
    rule = RepeatRule(RepeatEvery.WEEK, date(2026, 12, 22), count=3)

    found = dates_of(rule, YEAR_END.on)

    assert found.days == (date(2026, 12, 22), date(2027, 1, 5), date(2027, 1, 12))
    assert found.skipped == (DayOff(date(2026, 12, 29), "年末年始"),)
    assert found.is_complete


def test_rule_on_a_day_that_is_always_off_comes_to_an_end():
    rule = RepeatRule(RepeatEvery.WEEK, SATURDAY, count=2)

    found = dates_of(rule, lambda day: DayOff(day, "会場の休館日"))

    assert (found.days, found.is_complete) == ((), False)
    assert 0 < len(found.skipped) <= 100


@pytest.mark.parametrize(
    ("refusal", "rule"),
    [
        (RuleHasNoEnd, RepeatRule(RepeatEvery.WEEK, SATURDAY)),
        (
            RuleEndsBeforeStart,
            RepeatRule(RepeatEvery.WEEK, SATURDAY, last_day=SATURDAY - timedelta(1)),
        ),
        (RuleNamesNoWeek, RepeatRule(RepeatEvery.MONTH, SATURDAY, count=3)),
        (TooManySessions, RepeatRule(RepeatEvery.DAY, SATURDAY, count=101)),
        (
            TooManySessions,
            RepeatRule(RepeatEvery.DAY, SATURDAY, last_day=SATURDAY + timedelta(100)),
        ),
    ],
)
def test_rule_without_sense_is_refused(refusal, rule):
    with pytest.raises(refusal):
        dates_of(rule, _never)


def test_a_hundred_sessions_are_allowed():
    rule = RepeatRule(RepeatEvery.DAY, SATURDAY, last_day=SATURDAY + timedelta(99))
    assert len(dates_of(rule, _never).days) == MOST_SESSIONS


rules = st.builds(
    RepeatRule,
    every=st.sampled_from(RepeatEvery),
    first_day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    count=st.integers(1, MOST_SESSIONS),
    last_day=st.none(),
    weekdays=st.frozensets(st.integers(0, 6)),
    weeks=st.frozensets(st.integers(1, LAST), min_size=1),
)
closures = st.builds(
    lambda first, length, yearly: Closure(
        "休み", first, first + timedelta(days=length), yearly
    ),
    st.dates(date(2000, 1, 1), date(2102, 12, 31)),
    st.integers(0, 60),
    st.booleans(),
)


@given(rule=rules, closed=st.lists(closures, max_size=4))
def test_no_date_is_off_and_the_count_is_never_passed(rule, closed):
    off = DaysOff(tuple(closed))

    found = dates_of(rule, off.on)

    assert [day for day in found.days if off.on(day)] == []
    assert [off.on(skip.day) for skip in found.skipped] == list(found.skipped)
    assert len(found.days) <= rule.count
    assert found.is_complete == (len(found.days) == rule.count)
    assert sorted(set(found.days)) == list(found.days)
    assert not found.days or found.days[0] >= rule.first_day


@given(rule=rules)
def test_dates_keep_the_weekdays_and_weeks_of_the_rule(rule):
    found = dates_of(rule, _never)

    assert {day.weekday() for day in found.days} <= rule.days_of_week
    if rule.every == RepeatEvery.MONTH:
        for day in found.days:
            last = (day + timedelta(7)).month != day.month
            assert week_of_month(day) in rule.weeks or (last and LAST in rule.weeks)
    if rule.every == RepeatEvery.OTHER_WEEK and len(rule.weekdays) <= 1:
        gaps = {(b - a).days for a, b in zip(found.days, found.days[1:], strict=False)}
        assert gaps <= {14}
