"""What falls due in the register without anybody asking: groups are reminded to renew,
and a registration that nobody renewed lapses."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from learning_paths.domain.group_states import move_group
from learning_paths.domain.locking import lock_group
from learning_paths.domain.registration_year import GRACE, OPENS, REMINDS, has_lapsed
from learning_paths.domain.renewing import open_renewal
from learning_paths.domain.telling import tell_organisers
from learning_paths.enums import Decision, GroupState
from learning_paths.models import Group


def remind_to_renew(*, at: datetime) -> int:
    """When the time begins, and once more before it ends; each group once for each."""
    today = timezone.localdate(at)
    asked = Group.objects.filter(renewals__decision=Decision.OPEN)
    due = Group.objects.filter(
        state=GroupState.REGISTERED, registered_until__gte=today
    ).exclude(pk__in=asked.values("pk"))
    first = due.filter(registered_until__lte=today + OPENS, renewal_reminders=0)
    second = due.filter(registered_until__lte=today + REMINDS, renewal_reminders=1)
    waiting = [*first.values_list("pk", flat=True), *second.values_list("pk", flat=True)]
    return sum(_remind(pk, at) for pk in waiting)


def _remind(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        group = lock_group(pk)
        if group.state != GroupState.REGISTERED or open_renewal(group) is not None:
            return False
        group.renewal_reminders += 1
        group.save(update_fields=["renewal_reminders"])
        occasion = f"{group.registered_until}:{group.renewal_reminders}"
        tell_organisers(group, "group_renew", at=at, occasion=occasion)
    return True


def lapse_due(*, at: datetime) -> int:
    """A wish that staff have not answered keeps the group registered."""
    due = Group.objects.filter(
        state=GroupState.REGISTERED, registered_until__lt=timezone.localdate(at) - GRACE
    )
    return sum(_lapse(pk, at) for pk in due.values_list("pk", flat=True))


def _lapse(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        group = lock_group(pk)
        still = group.state == GroupState.REGISTERED
        if not still or not has_lapsed(group.registered_until, at=at):
            return False
        if open_renewal(group) is not None:
            return False
        move_group(group, GroupState.LAPSED, by=None, at=at)
        tell_organisers(group, "group_lapsed", at=at, occasion=f"{group.registered_until}")
    return True
