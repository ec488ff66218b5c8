"""A small site at noon on a Saturday, and courses published on it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from cms.models import HomePage
from courses.models import Course, CourseRun, Venue
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)
from tests.pages import build_site, publish_page


@pytest.fixture
def noon() -> Iterator[Any]:
    """The clock stands still; `shift` it where time has to pass."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def site(db, noon) -> HomePage:
    return build_site()


@pytest.fixture
def offer(site) -> Callable[..., CourseRun]:
    """A published course with one run, one session and a pool of places."""

    def make(
        title: str,
        *,
        days: int = 14,
        places: int | None = 20,
        taken: int = 0,
        course: dict[str, Any] | None = None,
        session: dict[str, Any] | None = None,
        page: dict[str, Any] | None = None,
        **run: Any,
    ) -> CourseRun:
        made: Course = CourseFactory(
            title=title, slug=title, published_at=None, **(course or {})
        )
        offered: CourseRun = CourseRunFactory(course=made, **run)
        SeatPoolFactory(run=offered, capacity=places, seats_taken=taken)
        starts_at = NOON + timedelta(days=days)
        SessionFactory(run=offered, number=1, starts_at=starts_at, **(session or {}))
        publish_page(made, **(page or {}))
        return offered

    return make


@pytest.fixture
def north(db) -> Venue:
    return VenueFactory(
        code="north", name="北会館", area="北", latitude="35.100000", longitude="139.0"
    )


@pytest.fixture
def south(db) -> Venue:
    return VenueFactory(
        code="south", name="南会館", area="南", latitude="35.000000", longitude="139.0"
    )
