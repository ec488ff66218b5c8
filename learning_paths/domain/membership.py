"""Who may do what in a group: members see, 代表 and 担当 act, 代表 decides about roles."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from learning_paths.domain.refusals import NotAMember, NotAnOrganiser, NotTheLeader
from learning_paths.enums import MemberRole, MembershipState
from learning_paths.models import Group, Membership

ORGANISERS = frozenset({MemberRole.LEADER, MemberRole.COORDINATOR})


def membership_of(user: User | AnonymousUser, group: Group) -> Membership | None:
    """The person's place in the group; none before joining and after leaving."""
    if not isinstance(user, User) or not user.is_active:
        return None
    return Membership.objects.filter(
        group=group, user=user, state=MembershipState.ACTIVE
    ).first()


def is_organiser(membership: Membership | None) -> bool:
    return membership is not None and membership.role in ORGANISERS


def require_member(user: User, group: Group) -> Membership:
    """Raises: NotAMember."""
    membership = membership_of(user, group)
    if membership is None:
        raise NotAMember
    return membership


def require_organiser(user: User, group: Group) -> Membership:
    """Raises: NotAMember, NotAnOrganiser."""
    membership = require_member(user, group)
    if not is_organiser(membership):
        raise NotAnOrganiser
    return membership


def require_leader(user: User, group: Group) -> Membership:
    """Raises: NotAMember, NotTheLeader."""
    membership = require_member(user, group)
    if membership.role != MemberRole.LEADER:
        raise NotTheLeader
    return membership


def may_remove(actor: Membership, other: Membership) -> bool:
    """Organisers remove members and invitations; only 代表 remove 代表 or 担当."""
    if actor.role == MemberRole.LEADER:
        return True
    return is_organiser(actor) and (other.role not in ORGANISERS or other.pk == actor.pk)


def may_manage_groups(user: User) -> bool:
    """Staff who look after the register of groups."""
    return user.is_active and user.has_perm("learning_paths.change_group")


def require_register_keeper(user: User) -> None:
    """Raises: NotAnOrganiser."""
    if not may_manage_groups(user):
        raise NotAnOrganiser


def name_among_members(person: User | Membership) -> str:
    """The name shown to fellow members, who must not learn the address."""
    name = person.full_name if isinstance(person, Membership) else person.get_full_name()
    return name or str(_("お名前未登録の方"))
