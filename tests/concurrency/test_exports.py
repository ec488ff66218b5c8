"""The button of a long list pressed twice in the same moment is one work."""

from functools import partial

import pytest
from django.utils import timezone

from cms.enums import ExportFormat
from cms.exports.jobs import ask_for, make_due
from cms.exports.kinds import KINDS
from cms.exports.making import Wanted
from cms.models import ExportJob
from courses.exchange.exports.source import Scope
from tests.concurrency.together import together
from tests.factories import StaffProfileFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
PRESSES = 4


def test_button_pressed_at_once_is_one_work(run):
    officer = StaffProfileFactory(department=run.course.department).user
    now = timezone.now()
    wanted = Wanted(
        kind=KINDS["applications"],
        scope=Scope(at=now, run=run),
        columns=["full_name"],
        format=ExportFormat.XLSX,
        reason="名簿をつくる",
    )
    press = partial(ask_for, wanted=wanted, rows=6000, by=officer, at=now)

    answers = together([press for _each in range(PRESSES)])

    assert {one.pk for one in answers} == {ExportJob.objects.get().pk}


def test_two_workers_make_a_list_once(run):
    test_button_pressed_at_once_is_one_work(run)
    at = timezone.now()

    made = together([partial(make_due, at=at) for _each in range(2)])

    assert sorted(made) == [0, 1]
