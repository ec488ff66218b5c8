from learning_paths.models.group import Group, Membership, StageRecord
from learning_paths.models.path import GroupPath, Path, Step

__all__ = ["Group", "GroupPath", "Membership", "Path", "StageRecord", "Step"]
