"""The trace of every change of state: who, when, why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enrollments.enums import ApplicationState
from enrollments.models.application import Application


class Transition(models.Model):
    """`by` is none where the person acted without an account or the system acted."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="transitions"
    )
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, choices=ApplicationState)
    at = models.DateTimeField(_("日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    why = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("状態の記録")
        verbose_name_plural = _("状態の記録")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(from_state=models.F("to_state")),
                name="enrollments_transition_changes_state",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
