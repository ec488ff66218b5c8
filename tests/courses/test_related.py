"""Which courses are named as what may come next, and why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from courses.domain.related import (
    REASON_WORDS,
    Candidate,
    Reason,
    rank,
    related_courses,
)
from courses.models import Course, Series, SeriesUnit, Stage, Theme
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SessionFactory,
    StageFactory,
    ThemeFactory,
)

DAY = timedelta(days=1)
THEME = Candidate(pk=1, next_at=NOON + DAY, shares_theme=True)
UNIT = Candidate(pk=2, next_at=NOON + 9 * DAY, units_after=1)
STAGE = Candidate(pk=3, next_at=NOON + 5 * DAY, stages_after=1, shares_theme=True)


def reasons(*candidates: Candidate) -> list[tuple[int, Reason]]:
    return [(one.pk, reason) for one, reason in rank(candidates)]


def test_next_unit_goes_before_the_next_stage_and_the_theme():
    assert reasons(THEME, STAGE, UNIT) == [
        (2, Reason.NEXT_UNIT),
        (3, Reason.NEXT_STAGE),
        (1, Reason.SAME_THEME),
    ]


def test_what_is_to_come_goes_first():
    assert reasons(replace(UNIT, next_at=None), THEME) == [
        (1, Reason.SAME_THEME),
        (2, Reason.NEXT_UNIT),
    ]


def test_only_the_next_unit_is_named_as_such():
    later = replace(UNIT, pk=4, units_after=2, next_at=NOON)

    assert reasons(later, UNIT) == [(2, Reason.NEXT_UNIT)]


def test_later_unit_on_the_theme_is_named_for_its_theme():
    later = replace(UNIT, pk=4, units_after=2, shares_theme=True)

    assert reasons(later, UNIT) == [(2, Reason.NEXT_UNIT), (4, Reason.SAME_THEME)]


def test_nearer_stage_goes_before_an_earlier_date():
    further = replace(STAGE, pk=4, stages_after=2, next_at=NOON)

    assert reasons(further, STAGE) == [(3, Reason.NEXT_STAGE), (4, Reason.NEXT_STAGE)]


@pytest.mark.parametrize("stages", [None, 0, -1])
def test_stage_that_does_not_follow_is_no_reason(stages):
    assert reasons(replace(STAGE, stages_after=stages)) == [(3, Reason.SAME_THEME)]


def test_following_stage_on_another_theme_is_no_reason():
    assert reasons(replace(STAGE, shares_theme=False)) == []


def test_sooner_date_goes_first_and_then_the_key():
    later = replace(THEME, pk=9, next_at=NOON + 2 * DAY)
    twin = replace(THEME, pk=8)

    assert [pk for pk, _reason in reasons(later, twin, THEME)] == [1, 8, 9]


def test_four_are_enough():
    assert len(reasons(*(replace(THEME, pk=number) for number in range(9)))) == 4


def test_every_reason_has_its_words():
    assert {reason: str(words) for reason, words in REASON_WORDS.items()} == {
        Reason.NEXT_UNIT: "同じシリーズの次の単元",
        Reason.NEXT_STAGE: "次のステージの講座",
        Reason.SAME_THEME: "同じテーマ",
    }


@pytest.fixture
def theme(db) -> Theme:
    return ThemeFactory()


@pytest.fixture
def stages(db) -> list[Stage]:
    return [StageFactory() for _number in range(3)]


def course_on(theme: Theme, *stages: Stage, days: int | None = 7, **run) -> Course:
    course = CourseFactory()
    course.themes.add(theme)
    course.stages.set(stages)
    if days is not None:
        made = CourseRunFactory(course=course, **run)
        SessionFactory(run=made, starts_at=NOON + days * DAY)
    return course


def named(course: Course) -> list[tuple[Course, Reason]]:
    found = related_courses(
        course,
        stages=list(course.stages.all()),
        themes=list(course.themes.all()),
        units=list(course.units.all()),
        at=NOON,
    )
    return [(one.course, one.reason) for one in found]


def series_of(theme: Theme, *courses: Course) -> None:
    series = Series.objects.create(
        slug="sonae", title="備え", theme=theme, department=DepartmentFactory()
    )
    for position, course in enumerate(courses, start=1):
        SeriesUnit.objects.create(series=series, course=course, position=position)


def test_related_courses_are_found_by_series_stage_and_theme(theme, stages):
    own = course_on(theme, stages[0])
    same = course_on(theme, stages[0])
    following = course_on(theme, stages[1], days=20)
    earlier_unit, next_unit = CourseFactory(), CourseFactory()
    series_of(theme, earlier_unit, own, next_unit)
    SessionFactory(run=CourseRunFactory(course=next_unit))
    course_on(ThemeFactory(), stages[1])

    assert named(own) == [
        (next_unit, Reason.NEXT_UNIT),
        (following, Reason.NEXT_STAGE),
        (same, Reason.SAME_THEME),
    ]


def test_last_unit_has_none_after_it(theme):
    first, last = CourseFactory(), CourseFactory()
    series_of(theme, first, last)

    assert (named(first), named(last)) == ([(last, Reason.NEXT_UNIT)], [])


def test_courses_that_are_not_public_are_not_named(theme):
    own = course_on(theme)
    Course.objects.filter(pk=course_on(theme).pk).update(published_at=None)
    Course.objects.filter(pk=course_on(theme).pk).update(withdrawn_at=NOON)

    assert named(own) == []


@pytest.mark.parametrize(
    ("days", "run"),
    [(-7, {}), (7, {"state": "planned"}), (7, {"state": "cancelled"}), (None, {})],
)
def test_course_with_nothing_to_come_stands_last(theme, days, run):
    own = course_on(theme)
    over = course_on(theme, days=days, **run)
    coming = course_on(theme, days=90)

    assert [course for course, _reason in named(own)] == [coming, over]


@pytest.mark.parametrize("others", [1, 3])
def test_related_courses_take_one_query(theme, others, django_assert_num_queries):
    own = course_on(theme)
    for _number in range(others):
        course_on(theme)

    with django_assert_num_queries(1):
        found = related_courses(own, stages=[], themes=[theme], units=[], at=NOON)

    assert len(found) == others


def test_course_without_theme_and_series_asks_nothing(db, django_assert_num_queries):
    course = CourseFactory()

    with django_assert_num_queries(0):
        assert related_courses(course, stages=[], themes=[], units=[], at=NOON) == []
