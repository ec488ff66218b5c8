"""Each mark that came from a door: the trace of an attendance."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Session
from enrollments.enums import AttendanceStatus, MarkOutcome, MarkSource
from enrollments.models.application import Participant


class AttendanceMark(models.Model):
    """What somebody noted, when, over what they saw: the trace of an attendance.

    A blank `status` clears it. `marked_at` is the moment by the device's clock, which may
    be long before `recorded_at` where there was no network; `key` comes from the device,
    so that a mark sent twice counts once.
    """

    key = models.UUIDField(unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="marks")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="marks"
    )
    status = models.CharField(
        _("出席"), max_length=12, choices=AttendanceStatus, blank=True
    )
    seen = models.CharField(
        _("記録する前の出席"), max_length=12, choices=AttendanceStatus, blank=True
    )
    source = models.CharField(_("記録の方法"), max_length=10, choices=MarkSource)
    made_up_in = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("結果"), max_length=10, choices=MarkOutcome)
    marked_at = models.DateTimeField(_("付けた日時"))
    recorded_at = models.DateTimeField(_("記録日時"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("確認日時"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("出席の記録")
        verbose_name_plural = _("出席の記録")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=MarkSource.values)
                & models.Q(outcome__in=MarkOutcome.values)
                & models.Q(status__in=[*AttendanceStatus.values, ""]),
                name="enrollments_attendancemark_words_known",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "outcome"], name="enrollments_mark_by_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.participant} {self.status}"
