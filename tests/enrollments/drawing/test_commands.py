"""`manage.py draw`: tries out by default, and does nothing twice."""

import re
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from enrollments.models import Draw
from tests.enrollments.drawing.conftest import SOURCE, VALUE

pytestmark = pytest.mark.django_db


def _draw(*arguments: str) -> str:
    out = StringIO()
    call_command("draw", "2026-0100", *arguments, stdout=out)
    return out.getvalue()


def test_by_default_nothing_is_changed(applications, closed):
    with time_machine.travel(closed, tick=False):
        text = _draw()
    assert "ためし" in text
    counted = re.search(r"waiting (\d) won (\d)", text)
    assert counted
    assert int(counted[1]) + int(counted[2]) == 6
    assert not Draw.objects.exists()


def test_whole_way_and_never_twice(applications, closed, value_day):
    freeze = ("--despite-same-names", "--freeze", SOURCE, "--on", "2026-12-04")
    with time_machine.travel(closed, tick=False):
        assert Draw.objects.count() == 0
        assert "名簿を固定しました" in _draw(*freeze)
        with pytest.raises(CommandError, match="すでに固定"):
            _draw(*freeze)
        with pytest.raises(CommandError, match="公開の値がわかる日"):
            _draw("--hold", VALUE)
    with time_machine.travel(value_day, tick=False):
        _draw("--hold", VALUE)
        with pytest.raises(CommandError, match="抽選はすでに行いました"):
            _draw("--hold", "1")
        _draw("--announce")
        with pytest.raises(CommandError, match="すでに発表"):
            _draw("--announce")
        with pytest.raises(CommandError, match="抽選はすでに行いました"):
            _draw()
    assert Draw.objects.get().state == "announced"


def test_freezing_wants_the_day(applications, closed):
    with time_machine.travel(closed, tick=False), pytest.raises(CommandError, match="--on"):
        _draw("--despite-same-names", "--freeze", SOURCE)


def test_nothing_is_drawn_that_is_not_frozen(applications, closed):
    with time_machine.travel(closed, tick=False), pytest.raises(CommandError):
        _draw("--hold", VALUE)
    with pytest.raises(CommandError, match="ありません"):
        call_command("draw", "nowhere")
