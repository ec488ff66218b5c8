"""Anybody with an account may register a group, and becomes its first 代表."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.domain.contact import tidy_kana, tidy_text
from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_of
from learning_paths.domain.locking import lock_group, lock_registered_group
from learning_paths.domain.membership import may_manage_groups, require_organiser
from learning_paths.domain.refusals import NameIsAnAddress, NameMissing, NotAnOrganiser
from learning_paths.enums import GroupState, MemberRole, MembershipState
from learning_paths.models import Group, Membership

SERIAL_TRIES = 50
ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)


def register_group(
    *, name: str, name_kana: str, activity: str, by: User, at: datetime
) -> Group:
    """The same name again from the same 代表 gives the first group: a form sent twice.

    Raises: NameMissing, NameIsAnAddress (the name goes out in invitations).
    """
    name = group_name(name)
    with transaction.atomic():
        # The founder's row, so that two copies of one form wait for each other.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        first = Group.objects.filter(
            name=name,
            state=GroupState.REGISTERED,
            memberships__user=by,
            memberships__role=MemberRole.LEADER,
            memberships__state=MembershipState.ACTIVE,
        ).first()
        if first is not None:
            return first
        group = Group(
            name=name,
            name_kana=tidy_kana(name_kana),
            activity=activity.strip(),
            registered_at=at,
        )
        insert_with_free_code(group, fiscal_year_of(at))
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


def change_group(
    *, group: Group, name: str, name_kana: str, activity: str, by: User, at: datetime
) -> Group:
    """What the public reads about the group, by its 代表 or 担当.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, NameMissing, NameIsAnAddress.
    """
    name = group_name(name)
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        require_organiser(by, fresh)
        _write_facts(fresh, name, name_kana, activity)
    return fresh


def keep_register(
    *,
    group: Group,
    name: str,
    name_kana: str,
    activity: str,
    state: GroupState,
    by: User,
    at: datetime,
) -> Group:
    """The register as staff keep it; ending and resuming a registration is theirs.

    Raises: NotAnOrganiser for anybody else, NameMissing, NameIsAnAddress.
    """
    if not may_manage_groups(by):
        raise NotAnOrganiser
    name = group_name(name)
    with transaction.atomic():
        fresh = lock_group(group.pk)
        fresh.state = state
        _write_facts(fresh, name, name_kana, activity)
    return fresh


def group_name(name: str) -> str:
    """The name as it is kept. Raises: NameMissing, NameIsAnAddress."""
    tidy = tidy_text(name)
    if not tidy:
        raise NameMissing
    if ADDRESS.search(tidy):
        raise NameIsAnAddress
    return tidy


def _write_facts(group: Group, name: str, name_kana: str, activity: str) -> None:
    group.name = name
    group.name_kana = tidy_kana(name_kana)
    group.activity = activity.strip()
    group.save(update_fields=["name", "name_kana", "activity", "state"])


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
