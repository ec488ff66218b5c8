"""A joint session that collects questions: a citizen and an employee have places."""

from datetime import timedelta

import pytest

from courses.enums import PoolKind
from enrollments.domain.advance_questions.asking import ask_beforehand
from enrollments.domain.advance_questions.calling import collect_questions
from enrollments.domain.applying import apply_for_seat
from tests.enrollments.requests import KEIKO, TARO, request_by
from tests.factories import SeatPoolFactory

WEEK = timedelta(days=7)


@pytest.fixture
def call(run, officer, now):
    run.pools.update(kind=PoolKind.CITIZENS)
    SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=5)
    return collect_questions(
        run=run, closes_at=now + WEEK, prompt="何を話しますか", by=officer, at=now
    )


@pytest.fixture
def citizen(call, run, now):
    return apply_for_seat(
        run=run, request=request_by(KEIKO), by=None, at=now, pool_kind=PoolKind.CITIZENS
    )


@pytest.fixture
def employee(call, run, officer, now):
    return apply_for_seat(
        run=run, request=request_by(TARO), by=officer, at=now, pool_kind=PoolKind.STAFF
    )


@pytest.fixture
def waste(citizen, now):
    return ask_beforehand(application=citizen, text="ごみの分け方は変わりますか", at=now)


@pytest.fixture
def waste_too(employee, now):
    return ask_beforehand(application=employee, text="ごみの分け方は変わるのですか", at=now)
