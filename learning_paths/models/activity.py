"""活動: what a group does; one group may do several things, each at its own stage."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning_paths.models.group import Group


class Activity(models.Model):
    """Named by the group; it ends, and its history stays."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="activities")
    name = models.CharField(_("活動の名前"), max_length=80)
    begun_at = models.DateTimeField(_("登録日時"))
    ended_on = models.DateField(_("終わった日"), null=True, blank=True)

    class Meta:
        verbose_name = _("活動")
        verbose_name_plural = _("活動")
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name"], name="learning_paths_activity_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
