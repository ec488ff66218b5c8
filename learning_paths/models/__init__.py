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
from learning_paths.models.instructor_request import (
    InstructorRequest,
    InstructorRequestMove,
)
from learning_paths.models.outreach import (
    OutreachDate,
    OutreachEntry,
    OutreachMove,
    OutreachRequest,
)
from learning_paths.models.path import Path, PathVersion, Step
from learning_paths.models.register import GroupMove, PageChange, Renewal
from learning_paths.models.request import LearningRequest, LearningVoice, RequestMove

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
    "InstructorRequest",
    "InstructorRequestMove",
    "LearningRequest",
    "LearningVoice",
    "Membership",
    "OutreachDate",
    "OutreachEntry",
    "OutreachMove",
    "OutreachRequest",
    "PageChange",
    "Path",
    "PathVersion",
    "Renewal",
    "RequestMove",
    "StageCheck",
    "StageRecord",
    "Step",
]
