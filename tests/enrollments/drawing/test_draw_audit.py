"""The audit computes each draw again, and finds what was planted."""

import pytest
from django.db.models import F

from accounts import guarding
from enrollments.domain.drawing.announcing import announce
from enrollments.domain.drawing.audit import draw_differences
from enrollments.domain.leaving import withdraw
from enrollments.models import Application, Draw, DrawEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(held, officer, value_day) -> Draw:
    return announce(draw=held, by=officer, at=value_day)


@pytest.fixture
def unguarded(db):
    with guarding.lifted():
        yield


def test_right_draws_are_found_right(announced, frozen, value_day):
    assert draw_differences() == []
    winner = announced.entries.filter(outcome="won").first().application
    withdraw(application=winner, by=None, at=value_day)
    assert draw_differences() == []


def test_whoever_left_between_draw_and_news_is_no_difference(held, officer, value_day):
    winner = held.entries.filter(outcome="won").first().application
    withdraw(application=winner, by=None, at=value_day.replace(hour=1))
    announce(draw=held, by=officer, at=value_day)
    assert draw_differences() == []


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize(
    ("planted", "found"),
    [
        (lambda d: Draw.objects.update(public_value="1"), "再現できない"),
        (lambda d: Draw.objects.update(secret="00" * 32), "秘密の値"),
        (lambda d: Draw.objects.update(record=d.record + " "), "指紋と合わない"),
        (lambda d: DrawEntry.objects.update(tier=F("tier") + 1), "記録と合わない"),
        (lambda d: d.entries.filter(rank=1).update(outcome="lost"), "再現できない"),
        (
            lambda d: (
                d.entries.get(rank=1)
                .application.transitions.filter(to_state="accepted")
                .update(to_state="lost")
            ),
            "結果（won）のとおりでない",
        ),
    ],
)
def test_planted_faults_are_found(announced, planted, found):
    assert Application.objects.exists()
    planted(announced)
    assert [line for line in draw_differences() if found in line]
