"""The table of groups stands for all: they differ in their states and words only."""

from datetime import UTC, datetime

import pytest

from learning_paths.domain.group_states import TABLE
from learning_paths.domain.refusals import NoSuchMove
from learning_paths.enums import GroupState as State
from learning_paths.models import GroupMove
from tests.factories import GroupFactory

AT = datetime(2026, 11, 22, tzinfo=UTC)
LONGEST = 300

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return GroupFactory(state=State.APPLIED)


def test_step_of_the_table_is_taken_with_its_line_and_facts(group):
    line = TABLE.move(group, State.REGISTERED, by=None, at=AT, registered_at=AT)

    assert line == GroupMove.objects.get(group=group)
    assert (line.from_state, line.to_state, line.at, line.by) == (
        State.APPLIED,
        State.REGISTERED,
        AT,
        None,
    )
    group.refresh_from_db()
    assert (group.state, group.registered_at) == (State.REGISTERED, AT)


def test_step_outside_the_table_is_refused_and_leaves_no_line(group):
    with pytest.raises(NoSuchMove):
        TABLE.move(group, State.LAPSED, by=None, at=AT)

    assert not GroupMove.objects.filter(group=group).exists()
    assert group.state == State.APPLIED


def test_first_line_comes_from_no_state(group):
    line = TABLE.begin(group, by=None, at=AT, why="窓口で")

    assert (line.from_state, line.to_state, line.why) == ("", State.APPLIED, "窓口で")


def test_reason_is_cut_to_what_a_line_holds(group):
    line = TABLE.move(group, State.DECLINED, by=None, at=AT, why="書" * (LONGEST + 1))

    assert line.why == "書" * LONGEST
