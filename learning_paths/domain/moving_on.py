"""A group moves to the newest version of a path when it likes, after seeing what changes;
the steps that it has done are done there, too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from accounts.models import User
from learning_paths.domain.following import keep_what_is_done
from learning_paths.domain.locking import lock_registered_group
from learning_paths.domain.making import rule_of_step
from learning_paths.domain.membership import require_organiser
from learning_paths.domain.path_refusals import AlreadyNewest, NotFollowed
from learning_paths.domain.queries import members_of
from learning_paths.domain.standings import (
    Members,
    PathStanding,
    StepStanding,
    standing_of,
    standing_on,
)
from learning_paths.domain.step_plans import CoursesOfSteps, steps_loaded
from learning_paths.models import Group, GroupPath, Membership, Path, PathVersion


@dataclass(frozen=True)
class Preview:
    """`now` under the version that is followed, `then` under the newest one."""

    now: PathStanding
    then: PathStanding
    version: PathVersion

    @property
    def gone(self) -> list[StepStanding]:
        """Steps that the newest version has no longer."""
        keys = {one.step.key for one in self.then.steps}
        return [one for one in self.now.steps if one.step.key not in keys]

    @property
    def new(self) -> list[StepStanding]:
        """Steps that it adds."""
        keys = {one.step.key for one in self.now.steps}
        return [one for one in self.then.steps if one.step.key not in keys]

    @property
    def changed(self) -> list[StepStanding]:
        """Steps that ask for something else than before."""
        before = {one.step.key: rule_of_step(one.step) for one in self.now.steps}
        return [
            one
            for one in self.then.steps
            if one.step.key in before and rule_of_step(one.step) != before[one.step.key]
        ]

    @property
    def kept(self) -> list[StepStanding]:
        """Steps that are done, and stay so."""
        done = self.now.progress.keys_done
        return [one for one in self.then.steps if one.step.key in done]


def preview_of(followed: GroupPath, members: Iterable[Membership]) -> Preview:
    """Raises: AlreadyNewest."""
    now = standing_of(followed, members)
    newest = (
        PathVersion.objects.filter(path=followed.path_id, number=now.newest)
        .prefetch_related(Prefetch("steps", steps_loaded()))
        .get()
    )
    if newest.pk == now.followed.version_id:
        raise AlreadyNewest
    then = standing_on(
        now.followed,
        newest,
        CoursesOfSteps(newest.steps.all()),
        Members(members),
        also_kept=now.progress.keys_done,
    )
    return Preview(now, then, newest)


def move_to_newest(*, group: Group, path: Path, by: User, at: datetime) -> GroupPath:
    """Raises: NotAMember, NotAnOrganiser, GroupClosed, NotFollowed, AlreadyNewest."""
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        require_organiser(by, fresh)
        followed = fresh.paths.filter(path=path, stopped_on=None).first()
        if followed is None:
            raise NotFollowed
        preview = preview_of(followed, members_of(fresh))
        keep_what_is_done(preview.now, at=at)
        followed.version = preview.version
        followed.save(update_fields=["version"])
    return followed
