"""修了 per participant, with its trace."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.trace import Trace
from enrollments.enums import CompletionAct
from enrollments.models.application import Participant


class Completion(models.Model):
    """`needed` and `reckoning` keep by which rule and from what it was counted, as a
    rule may change later; see `enrollments.domain.completion`."""

    participant = models.OneToOneField(
        Participant, on_delete=models.PROTECT, related_name="completion"
    )
    completed_on = models.DateField(_("修了日"))
    sessions_attended = models.PositiveSmallIntegerField(_("出席回数"), default=0)
    needed = models.PositiveSmallIntegerField(_("必要な回数"), null=True, blank=True)
    reckoning = models.JSONField(_("数え方"), default=dict, blank=True)
    recorded_at = models.DateTimeField(_("記録日時"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("修了")
        verbose_name_plural = _("修了")
        permissions = [("view_training", _("職員の研修の記録を見て、出力できる"))]

    def __str__(self) -> str:
        return f"{self.participant} {self.completed_on}"


class CompletionTrace(Trace):
    """Who gave or took back a completion, when, and why where the rule said otherwise."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="completion_traces"
    )
    act = models.CharField(_("操作"), max_length=12, choices=CompletionAct)
    why = models.CharField(_("理由"), max_length=200, blank=True)
    reckoning = models.JSONField(_("数え方"), default=dict, blank=True)

    class Meta:
        verbose_name = _("修了の経過")
        verbose_name_plural = _("修了の経過")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act=CompletionAct.GIVEN)
                | (models.Q(act=CompletionAct.TAKEN_BACK) & ~models.Q(why="")),
                name="enrollments_completion_taken_back_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} {self.get_act_display()}"
