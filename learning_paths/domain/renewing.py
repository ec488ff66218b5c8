"""更新: a group asks for one more year, staff agree; who does not ask lapses, loses
nothing, and may come back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain.fiscal_year import fiscal_year_of
from learning_paths.domain.deciding import require_reason, settle
from learning_paths.domain.group_states import move_group
from learning_paths.domain.locking import lock_group, lock_open_group
from learning_paths.domain.membership import require_organiser, require_register_keeper
from learning_paths.domain.refusals import GroupClosed, NothingToDecide, NotYetTime
from learning_paths.domain.registration_year import last_day_of, may_renew, next_year
from learning_paths.domain.telling import tell_organisers
from learning_paths.enums import Decision, GroupState
from learning_paths.models import Group, Renewal

REGISTERED_ONCE = (GroupState.REGISTERED, GroupState.LAPSED)


def year_to_renew(group: Group, *, at: datetime) -> int | None:
    """The fiscal year for which the group may ask now: the one after its registration
    ends, or the present one where it ended earlier."""
    if group.state not in REGISTERED_ONCE or not may_renew(group.registered_until, at=at):
        return None
    assert group.registered_until is not None
    return max(next_year(group.registered_until), fiscal_year_of(at))


def ask_renewal(*, group: Group, by: User, at: datetime) -> Renewal:
    """Asking again for the same year changes nothing.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, NotYetTime.
    """
    with transaction.atomic():
        fresh = lock_open_group(group.pk)
        require_organiser(by, fresh)
        year = year_to_renew(fresh, at=at)
        if year is None:
            raise NotYetTime
        asked = open_renewal(fresh)
        if asked is not None:
            return asked
        return fresh.renewals.create(fiscal_year=year, asked_at=at, asked_by=by)


def approve_renewal(*, renewal: Renewal, by: User, at: datetime) -> Group:
    """A group that had lapsed is registered again.

    Raises: NotAnOrganiser (not staff), NothingToDecide, GroupClosed.
    """
    require_register_keeper(by)
    with transaction.atomic():
        group = lock_open_group(renewal.group_id)
        fresh = Renewal.objects.get(pk=renewal.pk)
        settle(fresh, Decision.APPROVED, by=by, at=at, why="")
        group.registered_until = last_day_of(fresh.fiscal_year)
        group.renewal_reminders = 0
        group.save(update_fields=["registered_until", "renewal_reminders"])
        move_group(group, GroupState.REGISTERED, by=by, at=at)
        tell_organisers(group, "group_renewed", at=at, about=fresh)
    return group


def approve_renewals(*, renewals: Iterable[Renewal], by: User, at: datetime) -> int:
    """Each by itself: what a colleague answered meanwhile, or a group that ended, holds up
    nobody else. How many were approved. Raises: NotAnOrganiser (not staff)."""
    approved = 0
    for renewal in renewals:
        try:
            approve_renewal(renewal=renewal, by=by, at=at)
        except (NothingToDecide, GroupClosed):
            continue
        approved += 1
    return approved


def decline_renewal(*, renewal: Renewal, why: str, by: User, at: datetime) -> None:
    """Raises: NotAnOrganiser (not staff), ReasonMissing, NothingToDecide."""
    require_register_keeper(by)
    why = require_reason(why)
    with transaction.atomic():
        group = lock_group(renewal.group_id)
        fresh = Renewal.objects.get(pk=renewal.pk)
        settle(fresh, Decision.DECLINED, by=by, at=at, why=why)
        tell_organisers(group, "group_renewal_declined", at=at, about=fresh, why=why)


def open_renewal(group: Group) -> Renewal | None:
    return group.renewals.filter(decision=Decision.OPEN).first()
