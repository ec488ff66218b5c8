"""Whoever changes who belongs to a group, or what it follows, first locks its row."""

from accounts.domain.locking import require_transaction
from learning_paths.domain.refusals import (
    GroupClosed,
    NotYetRegistered,
    RegistrationLapsed,
)
from learning_paths.enums import GroupState
from learning_paths.models import Group


def lock_group(group_pk: int) -> Group:
    """The group, read again under a lock held until the transaction ends.

    PostgreSQL locks the row (leaving it open to foreign keys); SQLite ignores
    the clause, and is safe because its transactions begin IMMEDIATE.

    Raises: TransactionManagementError outside a transaction.
    """
    require_transaction("lock_group")
    return Group.objects.select_for_update(no_key=True).get(pk=group_pk)


def lock_registered_group(group_pk: int) -> Group:
    """As above. Raises: NotYetRegistered, RegistrationLapsed, GroupClosed."""
    group = lock_group(group_pk)
    if group.state in (GroupState.APPLIED, GroupState.DECLINED):
        raise NotYetRegistered
    if group.state == GroupState.LAPSED:
        raise RegistrationLapsed
    if group.state != GroupState.REGISTERED:
        raise GroupClosed
    return group


def lock_open_group(group_pk: int) -> Group:
    """As above, in any state in which the group still speaks for itself.

    Raises: GroupClosed.
    """
    group = lock_group(group_pk)
    if group.state == GroupState.CLOSED:
        raise GroupClosed
    return group
