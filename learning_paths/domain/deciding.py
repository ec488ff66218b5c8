"""Staff who keep the register answer what groups ask; whoever asked is told by mail."""

from datetime import datetime

from django.db import transaction

from accounts.domain.contact import tidy_text
from accounts.domain.refusal import given
from accounts.models import User
from learning_paths.domain.group_states import move_group
from learning_paths.domain.locking import lock_group
from learning_paths.domain.membership import require_register_keeper
from learning_paths.domain.refusals import NothingToDecide, ReasonMissing
from learning_paths.domain.registration_year import registered_until
from learning_paths.domain.telling import tell_organisers
from learning_paths.enums import Decision, GroupState
from learning_paths.models import Group
from learning_paths.models.register import Wish

LONGEST = 300


def approve_registration(*, group: Group, by: User, at: datetime) -> Group:
    """From now on the group is public, until the end of its fiscal year.

    Raises: NotAnOrganiser (not staff), NothingToDecide.
    """
    require_register_keeper(by)
    with transaction.atomic():
        fresh = _waiting(group)
        move_group(fresh, GroupState.REGISTERED, by=by, at=at)
        fresh.registered_at = at
        fresh.registered_until = registered_until(at)
        fresh.save(update_fields=["registered_at", "registered_until"])
        tell_organisers(fresh, "group_registered", at=at)
    return fresh


def decline_registration(*, group: Group, why: str, by: User, at: datetime) -> Group:
    """Raises: NotAnOrganiser (not staff), ReasonMissing, NothingToDecide."""
    require_register_keeper(by)
    why = require_reason(why)
    with transaction.atomic():
        fresh = _waiting(group)
        move_group(fresh, GroupState.DECLINED, by=by, at=at, why=why)
        tell_organisers(fresh, "group_declined", at=at, why=why)
    return fresh


def require_reason(why: str) -> str:
    """As one line, as it is kept. Raises: ReasonMissing."""
    return given(tidy_text(why), ReasonMissing)[:LONGEST]


def settle(wish: Wish, decision: Decision, *, by: User, at: datetime, why: str) -> None:
    """Under the group's lock, on a row read since. Raises: NothingToDecide."""
    if wish.decision != Decision.OPEN:
        raise NothingToDecide
    wish.decision, wish.decided_at, wish.decided_by, wish.why = decision, at, by, why
    wish.save(update_fields=["decision", "decided_at", "decided_by", "why"])


def _waiting(group: Group) -> Group:
    fresh = lock_group(group.pk)
    if fresh.state != GroupState.APPLIED:
        raise NothingToDecide
    return fresh
