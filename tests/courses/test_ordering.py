"""In which order courses are shown: joinable first, newest, closing soonest, nearest."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from courses.domain.nearness import UNKNOWN, Distance
from courses.domain.offered_runs import Meeting, OfferedRun
from courses.domain.ordering import by_rank, in_order, nearest_first
from courses.enums import CatalogueOrder
from courses.enums import ReceptionStatus as Status
from tests.factories import NOON

DAY = timedelta(days=1)


def run(
    course: int,
    *days: int,
    status: Status = Status.OPEN,
    closes: int | None = None,
    coming: bool = True,
    pk: int | None = None,
) -> OfferedRun:
    def meeting(start: datetime) -> Meeting:
        return Meeting(1, start, start + timedelta(hours=2), False, None, {})

    return OfferedRun(
        run=SimpleNamespace(
            pk=pk or course,
            course_id=course,
            applications_close_at=None if closes is None else NOON + closes * DAY,
        ),
        status=status,
        is_coming=coming,
        facts={},
        meetings=[meeting(NOON + day * DAY) for day in days],
    )


def ordered(*runs: OfferedRun, order=CatalogueOrder.SOONEST) -> list[int]:
    found: dict[int, list[OfferedRun]] = {}
    for one in runs:
        found.setdefault(one.course, []).append(one)
    return in_order(found, order, at=NOON)


def test_what_can_be_joined_comes_first_each_by_its_next_meeting():
    assert ordered(
        run(1, 1, status=Status.CLOSED),
        run(2, 9),
        run(3, 5, status=Status.WAITING_LIST),
        run(4, 3, status=Status.NOT_NEEDED),
        run(5, 2, status=Status.CANCELLED),
        run(6, 2, status=Status.NOT_YET),
    ) == [4, 2, 3, 1, 6, 5]


def test_undated_runs_come_last_of_their_kind_and_what_is_over_behind_all():
    assert ordered(
        run(1, -3, status=Status.ENDED, coming=False),
        run(2),
        run(3, 8),
        run(4, -1, status=Status.ENDED, coming=False),
        run(5, 4, status=Status.POSTPONED),
    ) == [3, 2, 5, 4, 1]


def test_a_course_stands_where_the_best_of_its_runs_does():
    assert ordered(
        run(1, 1, status=Status.CLOSED, pk=10), run(1, 20, pk=11), run(2, 9)
    ) == [2, 1]


def test_meetings_that_are_over_do_not_bring_a_course_forward():
    assert ordered(run(1, -5, 9), run(2, 4)) == [2, 1]


def test_closing_soonest_counts_only_what_takes_applications():
    assert ordered(
        run(1, 3, closes=2),
        run(2, 20, closes=1),
        run(3, 2, closes=-1, status=Status.CLOSED),
        run(4, 1, status=Status.NOT_NEEDED),
        run(5, 9, closes=1, status=Status.WAITING_LIST),
        order=CatalogueOrder.CLOSING,
    ) == [2, 5, 1, 4, 3]


def test_newest_is_the_course_whose_run_was_entered_last():
    assert ordered(
        run(1, 3, pk=30),
        run(2, 9, pk=31),
        run(1, 12, pk=32),
        run(3, -1, pk=40, coming=False, status=Status.ENDED),
        order=CatalogueOrder.NEWEST,
    ) == [1, 2, 3]


def test_words_are_answered_by_rank_with_what_is_over_at_the_end():
    found = {1: [run(1, -3, coming=False)], 2: [run(2, 3)], 3: [], 4: [run(4, 9)]}

    assert by_rank(found, [1, 4, 9, 2, 3]) == [4, 2, 1, 3]


def test_nearest_first_keeps_the_order_of_what_is_as_near():
    near, far, here = Distance(km=1.0), Distance(km=5.0), Distance(same_area=True, km=9.0)
    distances = {1: far, 2: near, 3: UNKNOWN, 4: here, 5: near}
    found = {course: [run(course, 3)] for course in distances}

    assert nearest_first([5, 3, 1, 2, 4], distances, found) == [4, 5, 2, 1, 3]


def test_what_one_cannot_come_to_stands_behind_what_is_farther():
    distances = {course: Distance(km=float(course)) for course in (1, 2, 3)}
    found = {
        1: [run(1, 3, status=Status.CLOSED)],
        2: [run(2, 3, status=Status.CLOSED, pk=20), run(2, 9, status=Status.NOT_YET)],
        3: [run(3, 3, status=Status.WAITING_LIST)],
    }

    assert nearest_first([1, 2, 3], distances, found) == [2, 3, 1]


@pytest.mark.parametrize("order", list(CatalogueOrder))
def test_nothing_found_is_in_order(order):
    assert ordered(order=order) == []
