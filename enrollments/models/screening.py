"""選考: what those who decide think of somebody who applied."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enrollments.enums import ScreeningVerdict
from enrollments.models.application import Application


class ScreeningNote(models.Model):
    """What one member of the deciding section thinks; seen by that section only."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="screening_notes"
    )
    verdict = models.CharField(
        _("判断"), max_length=10, choices=ScreeningVerdict, blank=True
    )
    note = models.TextField(_("所見"), blank=True, max_length=1000)
    at = models.DateTimeField(_("日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("選考の所見")
        verbose_name_plural = _("選考の所見")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["", *ScreeningVerdict.values]),
                name="enrollments_screeningnote_verdict_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.get_verdict_display()}"
