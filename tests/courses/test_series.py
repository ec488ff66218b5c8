"""Where a series stands: units in order, the next one, those that were held."""

from datetime import timedelta

import pytest

from courses.domain.series import standings_of
from courses.models import Series, SeriesUnit, Theme
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def series():
    return make_series("disaster")


def make_series(slug: str) -> Series:
    return Series.objects.create(
        slug=slug,
        title=slug,
        theme=Theme.objects.get(key="disaster"),
        department=DepartmentFactory(),
    )


def add_unit(series: Series, position: int, *days: int, run=None, session=None, **course):
    made = CourseFactory(**course)
    SeriesUnit.objects.create(series=series, course=made, position=position)
    if days:
        offered = CourseRunFactory(course=made, **(run or {}))
        for day in days:
            SessionFactory(run=offered, starts_at=NOON + day * DAY, **(session or {}))
    return made


def standing(series: Series):
    return [
        (unit.unit.position, unit.next_at, unit.held)
        for unit in standings_of([series], at=NOON)[0].units
    ]


def test_units_stand_in_order_with_their_next_session(series):
    add_unit(series, 2, 9, 5)
    add_unit(series, 1, -30, -20)
    add_unit(series, 3)

    assert standing(series) == [
        (1, None, True),
        (2, NOON + 5 * DAY, False),
        (3, None, False),
    ]


def test_next_unit_is_the_one_with_the_soonest_session(series):
    add_unit(series, 1, 20)
    add_unit(series, 2, 5)

    assert standings_of([series], at=NOON)[0].next_unit.unit.position == 2


def test_series_without_dates_has_no_next_unit(series):
    add_unit(series, 1)

    assert standings_of([series], at=NOON)[0].next_unit is None


@pytest.mark.parametrize(
    ("run", "session"),
    [
        ({"state": "planned"}, {}),
        ({"state": "cancelled"}, {}),
        ({}, {"state": "cancelled"}),
    ],
)
def test_what_is_not_held_counts_for_nothing(series, run, session):
    add_unit(series, 1, -5, 5, run=run, session=session)

    assert standing(series) == [(1, None, False)]


def test_drafts_and_withdrawn_courses_are_left_out(series):
    add_unit(series, 1, 5, published_at=None)
    add_unit(series, 2, 5, withdrawn_at=NOON)
    add_unit(series, 3, 5)

    assert [position for position, _next, _held in standing(series)] == [3]


@pytest.mark.parametrize("number", [1, 3])
def test_standings_take_one_query(django_assert_num_queries, number):
    for at in range(number):
        add_unit(make_series(f"series-{at}"), 1, 5)
    every = list(Series.objects.all())

    with django_assert_num_queries(1):
        assert len(standings_of(every, at=NOON)) == number
