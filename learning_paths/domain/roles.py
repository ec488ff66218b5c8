"""代表 give and take roles, and may hand their own on to a member."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from learning_paths.domain.leaving import present_membership, require_another_leader
from learning_paths.domain.locking import lock_registered_group
from learning_paths.domain.membership import require_leader
from learning_paths.domain.refusals import NoAccountYet, NotYetJoined
from learning_paths.enums import MemberRole, MembershipState
from learning_paths.models import Membership


def change_role(
    *, membership: Membership, role: MemberRole, by: User, at: datetime
) -> Membership:
    """Raises: NotAMember, NotTheLeader, GroupClosed, HasLeft, NotYetJoined, LastLeader."""
    with transaction.atomic():
        group = lock_registered_group(membership.group_id)
        require_leader(by, group)
        fresh = _joined(membership)
        if role != MemberRole.LEADER:
            require_another_leader(fresh)
        return _give(fresh, role)


def hand_over_leadership(*, to: Membership, by: User, at: datetime) -> Membership:
    """`to` becomes 代表 and the one who hands over 会員, in one step.

    Raises: NotAMember, NotTheLeader, GroupClosed, HasLeft, NotYetJoined, NoAccountYet.
    """
    with transaction.atomic():
        group = lock_registered_group(to.group_id)
        own = require_leader(by, group)
        fresh = _joined(to)
        if fresh.pk == own.pk:
            return own
        if not may_succeed(fresh):
            raise NoAccountYet
        successor = _give(fresh, MemberRole.LEADER)
        _give(own, MemberRole.MEMBER)
    return successor


def may_succeed(member: Membership) -> bool:
    """Whoever leads alone has to be able to sign in."""
    return member.user is not None and member.user.is_active


def _joined(membership: Membership) -> Membership:
    fresh = present_membership(membership)
    if fresh.state != MembershipState.ACTIVE:
        raise NotYetJoined
    return fresh


def _give(membership: Membership, role: MemberRole) -> Membership:
    membership.role = role
    membership.save(update_fields=["role"])
    return membership
