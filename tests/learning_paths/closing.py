"""A group whose registration has ended."""

from learning_paths.domain.group_states import move_group
from learning_paths.enums import GroupState
from learning_paths.models import Group
from tests.factories import NOON


def close(group: Group) -> None:
    move_group(group, GroupState.CLOSED, by=None, at=NOON)
