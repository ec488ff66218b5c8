"""What clerks keep besides the states: drafts of forms, refunds, exchanged people."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import NamedPerson
from courses.models import CourseRun, Series
from enrollments.models.application import Application, Participant


class ApplicationDraft(models.Model):
    """A form that was begun, of a run or of a series, for whoever holds its cookie, until
    `expires_at`. `key` is the SHA-256 of a 256-bit random token (hex); `fields` is what
    was typed."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    run = models.ForeignKey(
        CourseRun, on_delete=models.CASCADE, null=True, related_name="+"
    )
    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, null=True, related_name="+"
    )
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("入力の途中の申込み")
        verbose_name_plural = _("入力の途中の申込み")
        constraints = [
            models.CheckConstraint(
                condition=Q(run=None, series__isnull=False)
                | Q(run__isnull=False, series=None),
                name="enrollments_draft_of_a_run_or_a_series",
            )
        ]

    def __str__(self) -> str:
        return f"{self.run_id or self.series_id} {self.saved_at:%Y-%m-%d}"


class Refund(models.Model):
    """返金: noted for the clerk, who pays it elsewhere. Whole yen."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="refunds"
    )
    amount = models.PositiveIntegerField(_("金額（円）"))
    why = models.CharField(_("理由"), max_length=200)
    noted_at = models.DateTimeField(_("記録日時"))
    settled_at = models.DateTimeField(_("返金した日時"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("返金")
        verbose_name_plural = _("返金")
        ordering = ["noted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(settled_at=None),
                name="enrollments_refund_one_open",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="enrollments_refund_is_money"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.amount}"


class ParticipantChange(NamedPerson):
    """Another person comes in somebody's place, or nobody (`has_left`); the name is of
    whoever was to come. It outlives the row of a participant who left."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="participant_changes"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="changes"
    )
    has_left = models.BooleanField(_("参加をやめた"), default=False)
    at = models.DateTimeField(_("日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("参加者の変更")
        verbose_name_plural = _("参加者の変更")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.full_name
