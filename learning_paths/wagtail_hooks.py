"""Groups and paths in the back office."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from learning_paths.models import Group, Path
from learning_paths.viewsets import GroupsAndPaths
from learning_paths.viewsets.policies import NeverDeleted, OnlyKept

register_permission_policy(Group, OnlyKept(Group))
register_permission_policy(Path, NeverDeleted(Path))


@hooks.register("register_admin_viewset")
def groups_and_paths() -> GroupsAndPaths:
    return GroupsAndPaths()
