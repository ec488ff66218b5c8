from datetime import date, timedelta

import pytest

from learning_paths.domain.refusals import (
    GroupClosed,
    NotAMember,
    NotAnOrganiser,
    StageInFuture,
)
from learning_paths.domain.stages import current_stage, record_stage, stage_history
from learning_paths.enums import Assessor
from learning_paths.models import Group, StageRecord
from tests.factories import StageFactory
from tests.learning_paths.closing import close

TODAY = date(2026, 11, 21)


@pytest.fixture
def seeds(db):
    return StageFactory(key="test-seeds", name="芽生え")


@pytest.fixture
def growth(db):
    return StageFactory(key="test-growth", name="育ち")


def _record(group, stage, by, at, as_of=TODAY, **kwargs):
    kwargs.setdefault("basis", "会員が増えた")
    return record_stage(group=group, stage=stage, as_of=as_of, by=by, at=at, **kwargs)


@pytest.mark.usefixtures("leader")
def test_leader_states_the_stage(group, seeds, keiko, now):
    record = _record(group, seeds, keiko, now)

    assert (record.stage, record.as_of, record.basis) == (seeds, TODAY, "会員が増えた")
    assert (record.assessor, record.recorded_by, record.recorded_at) == (
        "self",
        keiko,
        now,
    )
    assert current_stage(group) == record


def test_group_without_statement_has_no_stage(group):
    assert current_stage(group) is None
    assert stage_history(group) == []


@pytest.mark.usefixtures("leader", "coordinator")
def test_current_stage_is_of_the_latest_day_not_the_latest_entry(
    group, seeds, growth, keiko, jiro, now
):
    latest = _record(group, growth, keiko, now)
    _record(group, seeds, jiro, now + timedelta(hours=1), as_of=date(2025, 4, 1))

    assert current_stage(group) == latest
    assert [record.stage for record in stage_history(group)] == [growth, seeds]


@pytest.mark.usefixtures("leader")
def test_of_one_day_the_entry_written_last_counts(group, seeds, growth, keiko, now):
    _record(group, growth, keiko, now)
    _record(group, seeds, keiko, now + timedelta(hours=1))

    assert current_stage(group).stage == seeds
    assert StageRecord.objects.count() == 2


@pytest.mark.usefixtures("leader")
def test_form_sent_twice_makes_one_record(group, seeds, keiko, now):
    first = _record(group, seeds, keiko, now)
    again = _record(group, seeds, keiko, now + timedelta(seconds=2))

    assert again == first
    assert StageRecord.objects.get().recorded_at == now


@pytest.mark.usefixtures("leader")
def test_day_to_come_is_refused(group, seeds, keiko, now):
    with pytest.raises(StageInFuture):
        _record(group, seeds, keiko, now, as_of=TODAY + timedelta(days=1))
    assert StageRecord.objects.count() == 0


@pytest.mark.usefixtures("leader")
def test_today_is_counted_in_tokyo(group, seeds, keiko, now):
    just_after_midnight = now.replace(hour=0, minute=5)

    assert _record(group, seeds, keiko, just_after_midnight).as_of == TODAY


@pytest.mark.usefixtures("leader", "member")
def test_members_and_outsiders_state_no_stage(group, seeds, hanako, taro, now):
    with pytest.raises(NotAnOrganiser):
        _record(group, seeds, hanako, now)
    with pytest.raises(NotAMember):
        _record(group, seeds, taro, now)


@pytest.mark.usefixtures("leader")
def test_closed_group_states_no_stage(group, seeds, keiko, now):
    close(Group.objects.get())
    with pytest.raises(GroupClosed):
        _record(group, seeds, keiko, now)


@pytest.mark.parametrize("assessor", [Assessor.STAFF, Assessor.COORDINATOR])
def test_staff_state_a_stage_without_being_members(assessor, group, seeds, officer, now):
    record = _record(group, seeds, officer, now, assessor=assessor)

    assert (record.assessor, record.recorded_by) == (assessor, officer)


@pytest.mark.usefixtures("leader")
def test_leader_does_not_speak_for_staff(group, seeds, keiko, now):
    with pytest.raises(NotAnOrganiser):
        _record(group, seeds, keiko, now, assessor=Assessor.STAFF)


def test_staff_do_not_speak_for_the_group(group, seeds, officer, now):
    with pytest.raises(NotAMember):
        _record(group, seeds, officer, now)
