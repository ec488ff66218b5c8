from learning_paths.models.following import EarnedStep, GroupPath
from learning_paths.models.group import Group, Membership, StageRecord
from learning_paths.models.path import Path, PathVersion, Step
from learning_paths.models.register import GroupMove, PageChange, Renewal

__all__ = [
    "EarnedStep",
    "Group",
    "GroupMove",
    "GroupPath",
    "Membership",
    "PageChange",
    "Path",
    "PathVersion",
    "Renewal",
    "StageRecord",
    "Step",
]
