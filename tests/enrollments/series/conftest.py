"""川を学ぶ: two units, each with a run that takes applications."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import CourseRun, Series
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory
from tests.learning_paths.series import series_of


def open_runs(series: Series, *, capacity: int = 1) -> list[CourseRun]:
    """One a unit, a week after each other."""
    runs = []
    for unit in series.units.order_by("position"):
        run = CourseRunFactory(course=unit.course)
        SeatPoolFactory(run=run, capacity=capacity)
        first = SessionFactory(run=run, number=1)
        first.starts_at += timedelta(days=7 * unit.position)
        first.ends_at += timedelta(days=7 * unit.position)
        first.save()
        runs.append(run)
    return runs


@pytest.fixture
def series(db: None) -> Series:
    return series_of(2)


@pytest.fixture
def runs(series: Series) -> list[CourseRun]:
    return open_runs(series)


@pytest.fixture
def address(series: Series, time_machine, now) -> str:
    """Of the form, at a moment at which both take applications."""
    time_machine.move_to(now, tick=False)
    return reverse("series_apply", args=[series.slug])
