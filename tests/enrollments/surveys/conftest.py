"""A survey of a run with eight people, two days after its session."""

from datetime import timedelta

import pytest

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import PersonName
from enrollments.domain.surveys.making import SurveyPlan, make_survey
from enrollments.domain.surveys.questions import Question
from enrollments.enums import AnswerKind
from tests.enrollments.requests import request_by
from tests.factories import NOON

QUESTIONS = (
    Question("satisfaction", AnswerKind.SCALE, "満足度", required=True),
    Question("length", AnswerKind.ONE, "長さ", options=("短い", "ちょうど", "長い")),
    Question("heard", AnswerKind.SEVERAL, "知ったきっかけ", options=("市報", "知人")),
    Question("times", AnswerKind.NUMBER, "何回目"),
    Question("good", AnswerKind.TEXT, "よかったこと"),
)
LATER = NOON + timedelta(days=16)
PEOPLE = 8


@pytest.fixture
def people(run, pool, now):
    pool.capacity = PEOPLE
    pool.save()
    for number in range(PEOPLE):
        name = PersonName("佐藤", f"{number}子", "サトウ", "アイウエオカキク"[number])
        request = request_by(name, email=f"p{number}@example.jp")
        apply_for_seat(run=run, request=request, by=None, at=now)
    return [one.participants.get() for one in run.applications.order_by("pk")]


@pytest.fixture
def plan():
    return SurveyPlan(
        title="講座のアンケート",
        questions=QUESTIONS,
        room_code="ABC234",
        closes_at=LATER + timedelta(days=10),
    )


@pytest.fixture
def survey(run, people, officer, plan):
    return make_survey(run=run, plan=plan, by=officer, at=NOON)
