"""A group follows the paths it likes, each in the version that was in force when it began;
those of its stage are only suggested first. What it has done stays done when it stops."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Stage
from learning_paths.domain.locking import lock_registered_group
from learning_paths.domain.membership import require_organiser
from learning_paths.domain.path_refusals import PathHasNoSteps, PathNotOpen
from learning_paths.domain.queries import members_of
from learning_paths.domain.standings import PathStanding, standing_of
from learning_paths.domain.versions import current_version
from learning_paths.models import EarnedStep, Group, GroupPath, Path


def follow_path(*, group: Group, path: Path, by: User, at: datetime) -> GroupPath:
    """Following a path again changes nothing; beginning anew is in its newest version.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, PathNotOpen, PathHasNoSteps.
    """
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        require_organiser(by, fresh)
        if not Path.objects.filter(pk=path.pk, is_published=True).exists():
            raise PathNotOpen
        version = current_version(path)
        if version is None:
            raise PathHasNoSteps
        today = timezone.localdate(at)
        followed, _created = GroupPath.objects.get_or_create(
            group=fresh, path=path, defaults={"version": version, "started_on": today}
        )
        if followed.stopped_on is not None:
            followed.version, followed.started_on = version, today
            followed.stopped_on = None
            followed.save(update_fields=["version", "started_on", "stopped_on"])
    return followed


def unfollow_path(*, group: Group, path: Path, by: User, at: datetime) -> bool:
    """What members completed stays theirs, and the steps done stay done should the group
    begin again; false where the path was not followed.

    Raises: NotAMember, NotAnOrganiser, GroupClosed.
    """
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        require_organiser(by, fresh)
        followed = fresh.paths.filter(path=path, stopped_on=None).first()
        if followed is None:
            return False
        keep_what_is_done(standing_of(followed, members_of(fresh)), at=at)
        followed.stopped_on = timezone.localdate(at)
        followed.save(update_fields=["stopped_on"])
    return True


def keep_what_is_done(standing: PathStanding, *, at: datetime) -> list[EarnedStep]:
    """The steps done under the version that is followed now are written down for good."""
    followed = standing.followed
    written = [
        EarnedStep(
            followed=followed,
            version=followed.version,
            key=one.step.key,
            name=one.step.name,
            kept_on=timezone.localdate(at),
        )
        for one in standing.steps
        if one.progress.is_done and one.kept is None
    ]
    return EarnedStep.objects.bulk_create(written)


def paths_of_stage(stage: Stage) -> list[Path]:
    return list(Path.objects.filter(stage=stage, is_published=True).order_by("name", "pk"))
