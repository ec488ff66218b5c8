"""A group follows the paths it likes; those of its stage are only suggested first."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from courses.models import Stage
from learning_paths.domain.locking import lock_registered_group
from learning_paths.domain.membership import require_organiser
from learning_paths.domain.refusals import PathNotOpen
from learning_paths.models import Group, GroupPath, Path


def follow_path(*, group: Group, path: Path, by: User, at: datetime) -> GroupPath:
    """Following a path again changes nothing.

    Raises: NotAMember, NotAnOrganiser, GroupClosed, PathNotOpen.
    """
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        require_organiser(by, fresh)
        if not Path.objects.filter(pk=path.pk, is_published=True).exists():
            raise PathNotOpen
        followed, _created = GroupPath.objects.get_or_create(
            group=fresh, path=path, defaults={"started_on": timezone.localdate(at)}
        )
    return followed


def unfollow_path(*, group: Group, path: Path, by: User, at: datetime) -> bool:
    """What members completed stays theirs; false where the path was not followed.

    Raises: NotAMember, NotAnOrganiser, GroupClosed.
    """
    with transaction.atomic():
        fresh = lock_registered_group(group.pk)
        require_organiser(by, fresh)
        deleted, _rows = GroupPath.objects.filter(group=fresh, path=path).delete()
    return bool(deleted)


def paths_of_stage(stage: Stage) -> list[Path]:
    return list(Path.objects.filter(stage=stage, is_published=True).order_by("name", "pk"))
