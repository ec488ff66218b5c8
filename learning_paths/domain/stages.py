"""A group's stage is a dated statement: kept for ever, never overwritten, never a gate.

Source: 武蔵野市市民活動促進基本計画 (a stage tells where an activity stands at a
point in time; activities do not climb the stages in order).
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Stage
from learning_paths.domain.locking import lock_registered_group
from learning_paths.domain.membership import may_manage_groups, require_organiser
from learning_paths.domain.refusals import NotAnOrganiser, NotOfTheGroup, StageInFuture
from learning_paths.enums import Assessor
from learning_paths.models import Activity, Group, StageRecord


def record_stage(
    *,
    group: Group,
    stage: Stage,
    as_of: date,
    basis: str,
    by: User,
    at: datetime,
    assessor: Assessor = Assessor.SELF,
    activity: Activity | None = None,
) -> StageRecord:
    """By 代表 or 担当 about their own group, or by staff for themselves or a
    coordinator. The same statement again from the same person is the first one.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, StageInFuture, NotOfTheGroup.
    """
    if activity is not None and activity.group_id != group.pk:
        raise NotOfTheGroup
    if as_of > timezone.localdate(at):
        raise StageInFuture
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        if assessor == Assessor.SELF:
            require_organiser(by, fresh)
        elif not may_manage_groups(by):
            raise NotAnOrganiser
        said = {
            "stage": stage,
            "activity": activity,
            "as_of": as_of,
            "assessor": assessor,
            "basis": basis.strip(),
            "recorded_by": by,
        }
        first = fresh.stage_records.filter(**said).first()
        return first or fresh.stage_records.create(recorded_at=at, **said)


def stage_history(group: Group) -> list[StageRecord]:
    """Latest first; of one day's statements the one written last comes first."""
    return list(group.stage_records.select_related("stage", "activity"))


def current_stage(group: Group) -> StageRecord | None:
    """The statement about the latest day; none while the group has stated nothing. What
    was said of the group as a whole comes before what was said of one activity."""
    return latest_statement(stage_history(group))


def latest_statement(history: Sequence[StageRecord]) -> StageRecord | None:
    """The same, of a history that is known, latest first."""
    whole = [record for record in history if record.activity_id is None]
    return next(iter(whole or history), None)
