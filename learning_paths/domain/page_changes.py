"""What a registered group wants to have read about it, staff look at first; before the
registration the whole of it is looked at anyway, so that it is simply written down."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from learning_paths.domain.deciding import require_reason, settle
from learning_paths.domain.facts import GroupFacts, facts_from, facts_of, write_facts
from learning_paths.domain.locking import lock_group, lock_open_group
from learning_paths.domain.membership import require_organiser, require_register_keeper
from learning_paths.domain.telling import tell_organisers
from learning_paths.enums import Decision, GroupState
from learning_paths.models import Group, PageChange


def change_group(
    *, group: Group, facts: GroupFacts, by: User, at: datetime
) -> PageChange | None:
    """By 代表 or 担当: none when nothing waits for staff. A new wish replaces the one
    that staff have not looked at.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, NameMissing, NameIsAnAddress.
    """
    facts = facts.tidied()
    with transaction.atomic():
        fresh = lock_open_group(group.pk)
        require_organiser(by, fresh)
        _replace_open(fresh, by, at)
        if facts == facts_of(fresh):
            return None
        if fresh.state in (GroupState.APPLIED, GroupState.DECLINED):
            write_facts(fresh, facts)
            return None
        return fresh.page_changes.create(facts=facts.plain(), asked_at=at, asked_by=by)


def approve_change(*, change: PageChange, by: User, at: datetime) -> Group:
    """Raises: NotAnOrganiser (not staff), NothingToDecide, GroupClosed, NameMissing,
    NameIsAnAddress."""
    require_register_keeper(by)
    with transaction.atomic():
        group = lock_open_group(change.group_id)
        fresh = PageChange.objects.get(pk=change.pk)
        settle(fresh, Decision.APPROVED, by=by, at=at, why="")
        write_facts(group, facts_from(fresh.facts).tidied())
        tell_organisers(group, "group_change_approved", at=at, about=fresh)
    return group


def decline_change(*, change: PageChange, why: str, by: User, at: datetime) -> None:
    """Raises: NotAnOrganiser (not staff), ReasonMissing, NothingToDecide."""
    require_register_keeper(by)
    why = require_reason(why)
    with transaction.atomic():
        group = lock_group(change.group_id)
        fresh = PageChange.objects.get(pk=change.pk)
        settle(fresh, Decision.DECLINED, by=by, at=at, why=why)
        tell_organisers(group, "group_change_declined", at=at, about=fresh, why=why)


def open_change(group: Group) -> PageChange | None:
    return group.page_changes.filter(decision=Decision.OPEN).first()


def _replace_open(group: Group, by: User, at: datetime) -> None:
    waiting = open_change(group)
    if waiting is not None:
        settle(waiting, Decision.REPLACED, by=by, at=at, why="")
