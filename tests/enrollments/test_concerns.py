"""Which runs an officer has to look at now."""

from datetime import timedelta

import pytest

from courses.enums import ReceptionStatus
from courses.models import CourseRun
from enrollments.domain.concerns import concerns
from enrollments.enums import Concern
from tests.factories import NOON

DAY = timedelta(days=1)


def _of(*, days: float = 10, mode: str = "first_come", **said) -> list[Concern]:
    closes_at = NOON + days * DAY
    run = CourseRun(applications_close_at=closes_at, selection_mode=mode)
    facts = {"status": ReceptionStatus.OPEN, "taken": 0, "capacity": 20, "applied": 10}
    return concerns(run, at=NOON, **(facts | said))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"days": 7}, [Concern.CLOSING]),
        ({"days": 7.1}, []),
        ({"taken": 20, "applied": 20}, [Concern.FULL]),
        ({"taken": 20, "applied": 20, "days": 3}, [Concern.CLOSING, Concern.FULL]),
        ({"applied": 0}, [Concern.EMPTY]),
        ({"applied": 0, "days": 15}, []),
        ({"applied": 0, "days": 2}, [Concern.CLOSING, Concern.EMPTY]),
        ({"applied": 6}, [Concern.FEW]),
        ({"applied": 7}, []),
        ({"applied": 6, "days": 15}, []),
        ({"applied": 1, "capacity": None}, []),
        ({"applied": 40, "taken": 20, "mode": "lottery"}, []),
    ],
)
def test_concerns_follow_days_and_numbers(said, found):
    assert _of(**said) == found


@pytest.mark.parametrize("status", ["not_yet", "not_needed", "closed", "cancelled"])
def test_run_that_takes_no_applications_is_no_concern(status):
    assert _of(status=ReceptionStatus(status), applied=0, days=1) == []
