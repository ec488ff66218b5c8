"""Which version of a path a group follows, and what it has earned on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning_paths.models.group import Group
from learning_paths.models.path import Path, PathVersion


class GroupPath(models.Model):
    """`stopped_on` is set while the group does not go on with it."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="paths")
    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="followers")
    version = models.ForeignKey(
        PathVersion, on_delete=models.PROTECT, related_name="followers"
    )
    started_on = models.DateField(_("開始日"))
    stopped_on = models.DateField(_("やめた日"), null=True, blank=True)

    class Meta:
        verbose_name = _("団体の道すじ")
        verbose_name_plural = _("団体の道すじ")
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "path"], name="learning_paths_grouppath_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.path}"


class EarnedStep(models.Model):
    """A step that was done when the group left a version, or stopped: it stays done in
    every version that has the step of this key. `name` is what it was called."""

    followed = models.ForeignKey(
        GroupPath, on_delete=models.CASCADE, related_name="earned_steps"
    )
    version = models.ForeignKey(PathVersion, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    name = models.CharField(_("ステップ名"), max_length=120)
    kept_on = models.DateField(_("引き継いだ日"))

    class Meta:
        verbose_name = _("達成したステップ")
        verbose_name_plural = _("達成したステップ")
        ordering = ["kept_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["followed", "key"], name="learning_paths_earnedstep_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.followed} {self.name}"
