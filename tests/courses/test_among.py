import pytest

from courses.models import CourseRun, SeatPool
from tests.factories import CourseRunFactory, SeatPoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs():
    runs = [CourseRunFactory() for _number in range(3)]
    for run in runs:
        SeatPoolFactory(run=run)
    return runs


def test_rows_with_one_of_the_keys_are_found(runs):
    keys = [runs[0].pk, runs[2].pk, 10**12]
    assert set(CourseRun.objects.filter(pk__among=keys)) == {runs[0], runs[2]}
    assert {pool.run for pool in SeatPool.objects.filter(run__among=set(keys))} == {
        runs[0],
        runs[2],
    }


def test_keys_can_be_excluded(runs):
    assert list(CourseRun.objects.exclude(pk__among=[runs[1].pk, runs[2].pk])) == [runs[0]]


def test_without_keys_nothing_is_asked(runs, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(SeatPool.objects.filter(run__among=[])) == []


def test_keys_are_one_parameter(runs):
    _sql, parameters = CourseRun.objects.filter(
        pk__among=range(500)
    ).query.sql_with_params()
    assert len(parameters) == 1
