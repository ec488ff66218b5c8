"""A group names what it does; each activity has stages of its own, and none blocks any."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from accounts.domain.refusal import Refusal
from accounts.models import User
from learning_paths.domain.locking import lock_registered_group
from learning_paths.domain.membership import require_organiser
from learning_paths.models import Activity, Group, StageRecord


class ActivityNameless(Refusal):
    sentence = _("活動の名前を入力してください。")


@dataclass(frozen=True)
class Lane:
    """The statements about one activity, or about the group as a whole; latest first."""

    activity: Activity | None
    records: list[StageRecord]

    @property
    def current(self) -> StageRecord | None:
        return self.records[0] if self.records else None

    @property
    def oldest_first(self) -> list[StageRecord]:
        return list(reversed(self.records))


def begin_activity(*, group: Group, name: str, by: User, at: datetime) -> Activity:
    """The same name again is the same activity, which goes on.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, ActivityNameless.
    """
    tidy = tidy_text(name)
    if not tidy:
        raise ActivityNameless
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        require_organiser(by, fresh)
        activity, _made = Activity.objects.get_or_create(
            group=fresh, name=tidy, defaults={"begun_at": at}
        )
        if activity.ended_on is not None:
            activity.ended_on = None
            activity.save(update_fields=["ended_on"])
    return activity


def end_activity(*, activity: Activity, by: User, at: datetime) -> Activity:
    """Its history stays. Raises: NotAMember, NotAnOrganiser, GroupClosed."""
    with transaction.atomic():
        fresh = lock_registered_group(activity.group_id)
        require_organiser(by, fresh)
        activity.ended_on = timezone.localdate(at)
        activity.save(update_fields=["ended_on"])
    return activity


def lanes_of(group: Group, history: Iterable[StageRecord]) -> list[Lane]:
    """The group as a whole first, then its activities; `history` latest first. Activities
    that have ended come last, those without a word are shown too."""
    said = list(history)
    activities = sorted(
        group.activities.all(), key=lambda one: (one.ended_on is not None, one.pk)
    )
    whole = Lane(None, [one for one in said if one.activity_id is None])
    own = [
        Lane(one, [record for record in said if record.activity_id == one.pk])
        for one in activities
    ]
    return [whole, *own]
