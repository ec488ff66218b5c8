"""A copied run keeps its windows and its rule for unfilled places."""

from datetime import timedelta

import pytest

from accounts.domain.refusal import NotAllowed
from courses.domain.copying_ways import copy_ways
from courses.models import SwapRule, WayIn
from tests.factories import (
    NOON,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
YEAR, DAY = timedelta(weeks=52), timedelta(days=1)


def _run(course=None, *, starts_at=NOON + 14 * DAY, later=timedelta(), kinds=None):
    wishes = {"course": course} if course else {}
    run = CourseRunFactory(
        applications_open_at=NOON - 10 * DAY + later,
        applications_close_at=NOON + 10 * DAY + later,
        **wishes,
    )
    for kind in kinds or ("citizens", "staff"):
        SeatPoolFactory(run=run, kind=kind, capacity=5)
    SessionFactory(run=run, number=1, starts_at=starts_at)
    return run


@pytest.fixture
def source():
    """Staff are named until five days after NOON; they give places the day after."""
    run = _run()
    WayIn.objects.create(
        run=run, kind="staff", closes_at=NOON + 5 * DAY, takes_nominations=True
    )
    SwapRule.objects.create(
        run=run, giver="staff", taker="citizens", at=NOON + 6 * DAY, keeps=1
    )
    return run


@pytest.fixture
def officer(source):
    return StaffProfileFactory(department=source.course.department).user


def test_ways_keep_their_distance_and_are_copied_once(source, officer):
    run = _run(source.course, starts_at=NOON + 14 * DAY + YEAR, later=YEAR)
    for _again in range(2):
        copy_ways(source=source, run=run, by=officer, at=NOON)

    way = run.ways_in.get()
    assert (way.opens_at, way.closes_at) == (None, NOON + 5 * DAY + YEAR)
    assert way.takes_nominations
    rule = SwapRule.objects.get(run=run)
    assert (rule.at, rule.keeps, rule.done_at) == (NOON + 6 * DAY + YEAR, 1, None)


def test_a_moment_that_does_not_fit_is_left_to_the_officer(source, officer):
    # Applications open later than the staff's window would close.
    run = _run(source.course, starts_at=NOON + 14 * DAY + YEAR, later=YEAR + 20 * DAY)
    copy_ways(source=source, run=run, by=officer, at=NOON)

    assert run.ways_in.get().closes_at is None


def test_without_places_for_staff_nothing_is_copied(source, officer):
    run = _run(source.course, starts_at=NOON + 14 * DAY + YEAR, kinds=["citizens"])
    copy_ways(source=source, run=run, by=officer, at=NOON)

    assert not run.ways_in.exists()
    assert not SwapRule.objects.filter(run=run).exists()


def test_what_the_copy_says_itself_stays(source, officer):
    run = _run(source.course, starts_at=NOON + 14 * DAY + YEAR, later=YEAR)
    own = WayIn.objects.create(run=run, kind="staff", needs_approval=True)
    copy_ways(source=source, run=run, by=officer, at=NOON)

    own.refresh_from_db()
    assert (own.closes_at, own.takes_nominations) == (None, False)


def test_a_rule_already_carried_out_is_copied_as_a_rule(source, officer):
    SwapRule.objects.update(done_at=NOON, moved=3)
    run = _run(source.course, starts_at=NOON + 14 * DAY + YEAR, later=YEAR)
    copy_ways(source=source, run=run, by=officer, at=NOON)

    assert SwapRule.objects.get(run=run).done_at is None


def test_another_section_copies_nothing(source):
    run = _run(source.course, starts_at=NOON + 14 * DAY + YEAR, later=YEAR)
    with pytest.raises(NotAllowed):
        copy_ways(source=source, run=run, by=StaffProfileFactory().user, at=NOON)
