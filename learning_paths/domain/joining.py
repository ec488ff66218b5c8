"""An invitation is taken up once, by one person, with any account."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.domain.addresses import verified_addresses
from accounts.models import User
from learning_paths.domain.locking import lock_group
from learning_paths.domain.membership import membership_of
from learning_paths.domain.refusals import (
    AlreadyMember,
    GroupClosed,
    InvitationOver,
    InvitationUsed,
)
from learning_paths.domain.sent_members import places_become_own
from learning_paths.enums import GroupState, MembershipState
from learning_paths.models import Membership

INVITATION_LASTS = timedelta(days=30)


def accept_invitation(*, membership: Membership, user: User, at: datetime) -> Membership:
    """Accepting again by the same person changes nothing.

    Raises: GroupClosed, InvitationUsed, InvitationOver (cancelled, declined, expired
    or sent anew), AlreadyMember (through another invitation).
    """
    with transaction.atomic():
        lock_group(membership.group_id)
        fresh = _still_there(membership)
        if fresh.state == MembershipState.ACTIVE and fresh.user_id == user.pk:
            return fresh
        require_open_for(user, fresh, at=at)
        fresh.user = user
        fresh.state = MembershipState.ACTIVE
        # Somebody whom staff had entered has belonged to the group since then.
        fresh.joined_at = fresh.joined_at or at
        fresh.save(update_fields=["user", "state", "joined_at"])
        places_become_own(fresh)
    return fresh


def decline_invitation(*, membership: Membership, at: datetime) -> Membership:
    """By whoever holds the link, signed in or not; the group is not told why.

    Raises: InvitationUsed, InvitationOver.
    """
    with transaction.atomic():
        lock_group(membership.group_id)
        fresh = _still_there(membership)
        require_usable(fresh, at=at)
        if fresh.state == MembershipState.ACTIVE:
            # A member on paper stays one; only the link is used up.
            fresh.invited_at = at
            fresh.save(update_fields=["invited_at"])
            return fresh
        fresh.state = MembershipState.LEFT
        fresh.left_at = at
        fresh.save(update_fields=["state", "left_at"])
    return fresh


def require_open_for(user: User | None, membership: Membership, *, at: datetime) -> None:
    """Whether accepting would succeed now; the page asks before anybody decides.

    Raises: as accept_invitation.
    """
    if membership.group.state != GroupState.REGISTERED:
        raise GroupClosed
    require_usable(membership, at=at)
    if user is not None and membership_of(user, membership.group) is not None:
        raise AlreadyMember


def require_usable(membership: Membership, *, at: datetime) -> None:
    """Raises: InvitationUsed, InvitationOver."""
    if membership.state == MembershipState.ACTIVE and membership.user_id is not None:
        raise InvitationUsed
    if membership.state == MembershipState.LEFT:
        raise InvitationOver
    if at - membership.invited_at > INVITATION_LASTS:
        raise InvitationOver


def is_addressed_to(membership: Membership, user: User) -> bool:
    """Whether the invitation went to an address that is known to be the person's."""
    return membership.email in verified_addresses(user)


def invitations_for(user: User, *, at: datetime) -> list[Membership]:
    """Open invitations sent to the person's confirmed addresses, newest first."""
    return list(
        Membership.objects.filter(
            email__in=verified_addresses(user),
            state=MembershipState.INVITED,
            invited_at__gte=at - INVITATION_LASTS,
            group__state=GroupState.REGISTERED,
        )
        .exclude(
            group__memberships__in=user.memberships.filter(state=MembershipState.ACTIVE)
        )
        .select_related("group")
        .order_by("-invited_at", "-pk")
    )


def _still_there(membership: Membership) -> Membership:
    """The row as it is now; an invitation sent anew since is not this one any more."""
    fresh = Membership.objects.select_related("group").get(pk=membership.pk)
    if fresh.user_id is None and fresh.invited_at != membership.invited_at:
        raise InvitationOver
    return fresh
