"""A closed lottery run with four places and six applications, two of them for two."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from courses.models import CourseRun
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.drawing.holding import hold
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.models import Application, Draw
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

SECRET = bytes(range(32))
SOURCE = "日経平均株価の終値（12月4日）"
VALUE = "39,276.39"
KANA = "アイウエオカキクケコサシスセソ"


@pytest.fixture
def department(db):
    return DepartmentFactory(name="市民活動推進課", phone="0420-00-0000")


@pytest.fixture
def officer(department):
    return StaffProfileFactory(department=department).user


@pytest.fixture
def run(department) -> CourseRun:
    """Closes at NOON plus ten days: 1 December, noon."""
    run = CourseRunFactory(
        code="2026-0100",
        course=CourseFactory(title="防災入門", department=department),
        selection_mode="lottery",
        max_participants=3,
    )
    SeatPoolFactory(run=run, capacity=4)
    SessionFactory(run=run, number=1, starts_at=run.applications_close_at + timedelta(20))
    return run


def apply(run, number: int, *, at, people: int = 1, **wishes) -> Application:
    """Person `number`, with as many companions as make `people`."""
    name = PersonName("山田", "花子", "ヤマダ", KANA[number % 15] * (1 + number // 15))
    companions = tuple(
        PersonName("山田", f"子{n}", "ヤマダ", "コ" * (n + 1)) for n in range(1, people)
    )
    wishes.setdefault("email", f"p{number}@example.jp")
    request = SeatRequest(
        applicant=name, companions=companions, submission_key=uuid4(), **wishes
    )
    return apply_for_seat(run=run, request=request, by=None, at=at)


@pytest.fixture
def applications(run, now) -> list[Application]:
    sizes = [1, 2, 1, 1, 2, 1]
    return [
        apply(run, number, at=now + timedelta(minutes=number), people=people)
        for number, people in enumerate(sizes)
    ]


@pytest.fixture
def closed(run):
    """The day after the deadline, 2 December."""
    return run.applications_close_at + timedelta(days=1)


@pytest.fixture
def value_day(closed):
    """Two days later, 4 December."""
    return closed + timedelta(days=2)


@pytest.fixture
def frozen(run, applications, officer, closed) -> Draw:
    return freeze(
        despite_same_names=True,
        run=run,
        secret=SECRET,
        source=SOURCE,
        source_on=date(2026, 12, 4),
        by=officer,
        at=closed,
    )


@pytest.fixture
def held(frozen, officer, value_day) -> Draw:
    return hold(draw=frozen, public_value=VALUE, by=officer, at=value_day)
