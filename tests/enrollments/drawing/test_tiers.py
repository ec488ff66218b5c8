"""Who is drawn before the others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollments.domain.drawing.tiers import tiers_of
from enrollments.domain.moving import move
from enrollments.enums import ApplicationState as State
from tests.enrollments.drawing.conftest import apply
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db


def _run(course, closes, mode="lottery"):
    found = CourseRunFactory(
        course=course,
        selection_mode=mode,
        applications_open_at=closes - timedelta(days=20),
        applications_close_at=closes,
    )
    SeatPoolFactory(run=found, capacity=4)
    SessionFactory(run=found, number=1, starts_at=closes + timedelta(days=20))
    return found


def _earlier(run, number, to, *, days=60, mode="lottery", course=None):
    """What became of person `number` in an earlier run."""
    closes = run.applications_close_at - timedelta(days=days)
    course = course or run.course
    earlier = course.runs.filter(applications_close_at=closes).first()
    earlier = earlier or _run(course, closes, mode)
    application = apply(earlier, number, at=closes - timedelta(days=1))
    if application.state != to:
        move(application=application, to=to, by=None, at=closes)
    return earlier


def _tiers(run, *numbers, tiers, **wishes) -> list[int]:
    run.draw_tiers = tiers
    found = [apply(run, n, at=run.applications_open_at, **wishes) for n in numbers]
    result = tiers_of(run, found)
    return [result[one.pk] for one in found]


def test_without_priorities_all_are_alike(run):
    assert _tiers(run, 1, 2, tiers=[]) == [0, 0]


def test_residents_come_first(run):
    assert _tiers(run, 1, tiers=["residents"], residency="resident") == [0]
    assert _tiers(run, 2, tiers=["residents"], residency="worker") == [1]
    assert _tiers(run, 3, tiers=["residents"]) == [1]


def test_whoever_had_a_place_before_does_not_come_for_the_first_time(run):
    _earlier(run, 1, State.ACCEPTED)
    _earlier(run, 2, State.LOST)
    _earlier(run, 3, State.WITHDRAWN)
    assert _tiers(run, 1, 2, 3, 4, tiers=["first_time"]) == [1, 0, 0, 0]


def test_a_place_in_another_course_is_none_in_this(run):
    from tests.factories import CourseFactory

    _earlier(run, 1, State.ACCEPTED, course=CourseFactory())
    assert _tiers(run, 1, tiers=["first_time"]) == [0]


def test_whoever_lost_the_last_draw_comes_first(run):
    _earlier(run, 1, State.LOST)
    _earlier(run, 2, State.WAITING)
    _earlier(run, 3, State.ACCEPTED)
    assert _tiers(run, 1, 2, 3, 4, tiers=["lost_before"]) == [0, 0, 1, 1]


def test_only_the_last_draw_counts(run):
    _earlier(run, 1, State.LOST, days=400)
    _earlier(run, 2, State.LOST, days=60)
    assert _tiers(run, 1, 2, tiers=["lost_before"]) == [1, 0]


def test_a_later_run_is_no_earlier_one(run):
    _earlier(run, 1, State.ACCEPTED, days=-60)
    assert _tiers(run, 1, tiers=["first_time"]) == [0]


def test_first_priority_that_is_met_decides(run):
    _earlier(run, 2, State.LOST)
    order = ["residents", "lost_before"]
    assert _tiers(run, 1, tiers=order, residency="resident") == [0]
    assert _tiers(run, 2, tiers=order, residency="other") == [1]
    assert _tiers(run, 3, tiers=order, residency="other") == [2]


def test_questions_do_not_grow_with_the_people(run):
    _earlier(run, 1, State.LOST)
    run.draw_tiers = ["residents", "first_time", "lost_before"]

    def queries(people) -> int:
        with CaptureQueriesContext(connection) as seen:
            tiers_of(run, people)
        return len(seen)

    people = [apply(run, n, at=run.applications_open_at) for n in (1, 2, 3)]
    assert queries(people[:1]) == queries(people) == 4
