from learning_paths.models.following import EarnedStep, GroupPath
from learning_paths.models.group import Group, Membership, StageRecord
from learning_paths.models.path import Path, PathVersion, Step

__all__ = [
    "EarnedStep",
    "Group",
    "GroupPath",
    "Membership",
    "Path",
    "PathVersion",
    "StageRecord",
    "Step",
]
