"""A run with five places and more people than places."""

import pytest

from courses.models import CourseRun, SeatPool
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory

PLACES = 5


@pytest.fixture
def run(transactional_db: None) -> CourseRun:
    run = CourseRunFactory()
    SeatPoolFactory(run=run, capacity=PLACES)
    SessionFactory(run=run, number=1)
    return run


@pytest.fixture
def pool(run: CourseRun) -> SeatPool:
    return run.pools.get()
