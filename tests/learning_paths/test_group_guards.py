"""What the database refuses about the register: one forbidden, one allowed act each."""

import pytest
from django.db import IntegrityError, transaction

from learning_paths.domain.group_states import begin
from learning_paths.enums import GroupState
from learning_paths.models import Group, GroupMove, Membership
from tests.factories import NOON
from tests.learning_paths.closing import close

pytestmark = pytest.mark.django_db


def _refused(name: str, act) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def test_state_changes_with_its_trace_only(group):
    rows = Group.objects.filter(pk=group.pk)
    _refused("group_moves_with_its_trace", lambda: rows.update(state=GroupState.CLOSED))

    close(group)
    assert Group.objects.get().state == "closed"


def test_code_is_permanent(group):
    rows = Group.objects.filter(pk=group.pk)
    _refused("group_code_is_permanent", lambda: rows.update(code="other"))
    assert rows.update(name="水の会") == 1


def test_trace_is_neither_rewritten_nor_shortened(group):
    begin(group, by=None, at=NOON)
    close(group)
    _refused("group_trace_is_not_rewritten", lambda: GroupMove.objects.update(why="other"))
    _refused("group_trace_is_kept", GroupMove.objects.last().delete)
    assert GroupMove.objects.update(by=None) == 2


def test_group_that_was_only_entered_may_be_struck_out(group):
    begin(group, by=None, at=NOON)
    group.delete()
    assert GroupMove.objects.count() == 0


def test_merged_group_is_closed(group):
    rows = Group.objects.filter(pk=group.pk)
    _refused("merged_is_closed", lambda: rows.update(merged_into=group))


def test_member_is_somebody(group, member):
    row = Membership.objects.filter(pk=member.pk)
    _refused("active_is_somebody", lambda: row.update(user=None))
    assert row.update(user=None, family_name="山田") == 1


def test_invitation_has_an_address(group, invited):
    _refused("invited_by_mail", lambda: Membership.objects.update(email=""))
