"""A group ends: its 代表 dissolves it, staff end its registration or merge it into another.
What its members completed stays theirs, and its page goes on to be read by them."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from learning_paths.domain.deciding import require_reason
from learning_paths.domain.following import keep_what_is_done
from learning_paths.domain.group_states import move_group
from learning_paths.domain.locking import lock_group, lock_open_group
from learning_paths.domain.membership import require_leader, require_register_keeper
from learning_paths.domain.queries import members_of
from learning_paths.domain.refusals import SameGroup
from learning_paths.domain.sent_members import places_become_own
from learning_paths.domain.standings import standings_on_paths
from learning_paths.domain.telling import tell_organisers
from learning_paths.enums import GroupState, MemberRole, MembershipState
from learning_paths.models import Group, GroupPath, Membership


def dissolve_group(*, group: Group, why: str, by: User, at: datetime) -> Group:
    """Raises: NotAMember, NotTheLeader, GroupClosed, ReasonMissing."""
    why = require_reason(why)
    with transaction.atomic():
        fresh = lock_open_group(group.pk)
        require_leader(by, fresh)
        move_group(fresh, GroupState.CLOSED, by=by, at=at, why=why)
        tell_organisers(fresh, "group_dissolved", at=at, why=why)
    return fresh


def end_registration(*, group: Group, why: str, by: User, at: datetime) -> Group:
    """By the city, in whatever state the group still is; 代表 and 担当 read why.

    Raises: NotAnOrganiser (not staff), GroupClosed, ReasonMissing.
    """
    require_register_keeper(by)
    why = require_reason(why)
    with transaction.atomic():
        fresh = lock_open_group(group.pk)
        move_group(fresh, GroupState.CLOSED, by=by, at=at, why=why)
        tell_organisers(fresh, "group_ended", at=at, why=why)
    return fresh


def merge_groups(*, group: Group, into: Group, why: str, by: User, at: datetime) -> Group:
    """`group` ends and its members belong to `into`, which also follows its paths; in
    both, somebody keeps the more responsible role. Stages stay where they were stated;
    steps that either group has done are done for `into`.

    Raises: NotAnOrganiser (not staff), ReasonMissing, SameGroup, NoSuchMove.
    """
    require_register_keeper(by)
    why = require_reason(why)
    if group.pk == into.pk:
        raise SameGroup
    with transaction.atomic():
        locked = {pk: lock_group(pk) for pk in sorted((group.pk, into.pk))}
        ended, kept = locked[group.pk], locked[into.pk]
        if kept.state != GroupState.REGISTERED:
            raise SameGroup
        move_group(ended, GroupState.CLOSED, by=by, at=at, why=why)
        ended.merged_into = kept
        ended.save(update_fields=["merged_into"])
        # A group that was merged into the one that ends goes on with it.
        ended.merged.update(merged_into=kept)
        # Before the members go: what they have done, they have done for the old group.
        for standing in standings_on_paths(ended, members_of(ended)):
            keep_what_is_done(standing, at=at)
        _move_members(ended, kept, at)
        _move_paths(ended, kept)
        tell_organisers(kept, "group_merged", at=at, occasion=ended.code, ended=ended)
    return kept


def _move_members(ended: Group, kept: Group, at: datetime) -> None:
    present = list(kept.memberships.exclude(state=MembershipState.LEFT))
    users: dict[int | None, Membership] = {
        one.user_id: one for one in present if one.user_id
    }
    addresses = {one.email: one for one in present if one.email}
    for member in ended.memberships.exclude(state=MembershipState.LEFT):
        known = users.get(member.user_id) or addresses.get(member.email)
        if known is None:
            _copy(member, kept, at)
        else:
            _bring_together(member, known, at)
        _leave(member, at)


def _bring_together(member: Membership, known: Membership, at: datetime) -> None:
    """Whom the other group knows, too, by account or address."""
    if known.state == MembershipState.INVITED and member.state == MembershipState.ACTIVE:
        # Who is a member need not take up the invitation of the other group.
        member.role = _more_responsible(member, known)
        _leave(known, at)
        _copy(member, known.group, at)
    elif member.user_id and known.user_id not in (None, member.user_id):
        # Two people took up invitations that had been sent to one address.
        _copy(member, known.group, at, email="")
    else:
        known.role = _more_responsible(member, known)
        is_new_here = known.user_id is None and member.user_id is not None
        known.user_id = known.user_id or member.user_id
        known.save(update_fields=["role", "user"])
        if is_new_here:
            places_become_own(known)


def _more_responsible(one: Membership, other: Membership) -> MemberRole:
    """Roles are told in that order."""
    return min(MemberRole(one.role), MemberRole(other.role), key=list(MemberRole).index)


def _leave(membership: Membership, at: datetime) -> None:
    membership.state, membership.left_at = MembershipState.LEFT, at
    membership.save(update_fields=["state", "left_at"])


def _copy(member: Membership, kept: Group, at: datetime, **changed: str) -> None:
    """The old row stays: it says since when somebody belonged to the old group."""
    copied = Membership.objects.get(pk=member.pk)
    copied.pk, copied._state.adding = None, True
    # The places that the old group asked for know the person by the key.
    member.key = uuid4()
    member.save(update_fields=["key"])
    copied.group, copied.invited_at, copied.role = kept, at, member.role
    for name, value in changed.items():
        setattr(copied, name, value)
    if copied.state == MembershipState.ACTIVE:
        copied.joined_at = at
    copied.save(force_insert=True)


def _move_paths(ended: Group, kept: Group) -> None:
    own = {one.path_id: one for one in kept.paths.all()}
    for followed in ended.paths.all():
        if followed.path_id in own:
            _follow_on(followed, own[followed.path_id])
        else:
            followed.group = kept
            followed.save(update_fields=["group"])


def _follow_on(followed: GroupPath, here: GroupPath) -> None:
    """Steps that either has earned stay done, and one that goes on goes on."""
    known = list(here.earned_steps.values_list("key", flat=True))
    followed.earned_steps.exclude(key__in=known).update(followed=here)
    if here.stopped_on is not None and followed.stopped_on is None:
        here.version, here.started_on = followed.version, followed.started_on
        here.stopped_on = None
        here.save(update_fields=["version", "started_on", "stopped_on"])
