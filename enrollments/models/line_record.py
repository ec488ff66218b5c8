"""What was done to the waiting line by hand, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enrollments.enums import LineAct
from enrollments.models.application import Application


class LineRecord(models.Model):
    """Somebody on the waiting list was passed over or moved, by whom and why."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="line_records"
    )
    act = models.CharField(_("したこと"), max_length=10, choices=LineAct)
    before = models.PositiveIntegerField(_("前の順番"))
    after = models.PositiveIntegerField(_("後の順番"))
    why = models.CharField(_("理由"), max_length=200)
    at = models.DateTimeField(_("日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("順番の記録")
        verbose_name_plural = _("順番の記録")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=LineAct.values), name="enrollments_lineact_known"
            ),
            models.CheckConstraint(
                condition=~Q(why=""), name="enrollments_linerecord_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.before} → {self.after}"
