"""Anybody with an account may apply for a group's registration and becomes its first
代表; staff look at it, and then the group is public."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_of
from learning_paths.domain.facts import GroupFacts, write_facts
from learning_paths.domain.group_states import begin, move_group
from learning_paths.domain.locking import lock_group
from learning_paths.domain.membership import require_leader
from learning_paths.enums import GroupState, MemberRole, MembershipState
from learning_paths.models import Group, Membership

SERIAL_TRIES = 50
UNDER_WAY = (GroupState.APPLIED, GroupState.REGISTERED)


def apply_for_registration(*, facts: GroupFacts, by: User, at: datetime) -> Group:
    """The same name again from the same 代表 gives the first group: a form sent twice.

    Raises: NameMissing, NameIsAnAddress.
    """
    facts = facts.tidied()
    with transaction.atomic():
        # The founder's row, so that two copies of one form wait for each other.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        first = Group.objects.filter(
            name=facts.name,
            state__in=UNDER_WAY,
            memberships__user=by,
            memberships__role=MemberRole.LEADER,
            memberships__state=MembershipState.ACTIVE,
        ).first()
        if first is not None:
            return first
        group = Group(name=facts.name, state=GroupState.APPLIED, registered_at=at)
        insert_with_free_code(group, fiscal_year_of(at))
        write_facts(group, facts)
        begin(group, by=by, at=at)
        Membership.objects.create(
            group=group,
            user=by,
            email=by.email,
            role=MemberRole.LEADER,
            state=MembershipState.ACTIVE,
            invited_at=at,
            joined_at=at,
        )
    return group


def apply_again(*, group: Group, by: User, at: datetime) -> Group:
    """After staff declined, once the 代表 has mended what was missing.

    Raises: NotAMember, NotTheLeader, NoSuchMove.
    """
    with transaction.atomic():
        fresh = lock_group(group.pk)
        require_leader(by, fresh)
        move_group(fresh, GroupState.APPLIED, by=by, at=at)
    return fresh


def insert_with_free_code(group: Group, fiscal_year: int) -> None:
    """Founders do not lock each other, so two may want the same number."""
    for attempt in range(SERIAL_TRIES):
        group.code = next_code(fiscal_year)
        try:
            with transaction.atomic():
                group.save(force_insert=True)
        except IntegrityError:
            taken = Group.objects.filter(code=group.code)
            if attempt + 1 == SERIAL_TRIES or not taken.exists():
                raise
        else:
            return


def next_code(fiscal_year: int) -> str:
    """`2026-0001`: the fiscal year of registration and a number within it."""
    own = Group.objects.filter(code__regex=rf"^{fiscal_year}-[0-9]{{4}}$")
    last = own.aggregate(last=Max("code"))["last"]
    serial = int(last.rpartition("-")[2]) + 1 if last else 1
    return f"{fiscal_year}-{serial:04}"
