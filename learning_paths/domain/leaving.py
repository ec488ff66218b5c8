"""Members go as they came, one by one; a group never loses its last 代表."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from learning_paths.domain.locking import lock_group
from learning_paths.domain.membership import (
    may_remove,
    require_member,
    require_organiser,
)
from learning_paths.domain.refusals import HasLeft, LastLeader, NotTheLeader
from learning_paths.enums import MemberRole, MembershipState
from learning_paths.models import Group, Membership


def leave_group(*, group: Group, by: User, at: datetime) -> Membership:
    """Raises: NotAMember, LastLeader."""
    with transaction.atomic():
        lock_group(group.pk)
        membership = require_member(by, group)
        require_another_leader(membership)
        return _end(membership, at)


def remove_member(*, membership: Membership, by: User, at: datetime) -> Membership:
    """A member, or an invitation that was not taken up. Only 代表 remove 代表 or 担当.

    Raises: NotAMember, NotAnOrganiser, NotTheLeader, HasLeft, LastLeader.
    """
    with transaction.atomic():
        group = lock_group(membership.group_id)
        own = require_organiser(by, group)
        fresh = present_membership(membership)
        if not may_remove(own, fresh):
            raise NotTheLeader
        require_another_leader(fresh)
        return _end(fresh, at)


def present_membership(membership: Membership) -> Membership:
    """The row as it is now. Raises: HasLeft."""
    fresh = Membership.objects.get(pk=membership.pk)
    if fresh.state == MembershipState.LEFT:
        raise HasLeft
    return fresh


def require_another_leader(membership: Membership) -> None:
    """Under the group's lock. Raises: LastLeader."""
    if membership.role != MemberRole.LEADER:
        return
    others = Membership.objects.filter(
        group=membership.group_id,
        role=MemberRole.LEADER,
        state=MembershipState.ACTIVE,
        user__is_active=True,
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise LastLeader


def _end(membership: Membership, at: datetime) -> Membership:
    membership.state = MembershipState.LEFT
    membership.left_at = at
    membership.save(update_fields=["state", "left_at"])
    return membership
