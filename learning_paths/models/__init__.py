from learning_paths.models.activity import Activity
from learning_paths.models.check import (
    AnswerWeight,
    CheckAnswer,
    CheckQuestion,
    CheckResult,
    StageCheck,
)
from learning_paths.models.following import EarnedStep, GroupPath
from learning_paths.models.group import Group, Membership, StageRecord
from learning_paths.models.path import Path, PathVersion, Step
from learning_paths.models.register import GroupMove, PageChange, Renewal

__all__ = [
    "Activity",
    "AnswerWeight",
    "CheckAnswer",
    "CheckQuestion",
    "CheckResult",
    "EarnedStep",
    "Group",
    "GroupMove",
    "GroupPath",
    "Membership",
    "PageChange",
    "Path",
    "PathVersion",
    "Renewal",
    "StageCheck",
    "StageRecord",
    "Step",
]
