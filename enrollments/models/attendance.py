"""出席 per participant and session, 修了 per participant."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Session
from enrollments.enums import AttendanceStatus
from enrollments.models.application import Participant


class Attendance(models.Model):
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="attendances"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="attendances"
    )
    status = models.CharField(_("出席"), max_length=12, choices=AttendanceStatus)
    recorded_at = models.DateTimeField(_("記録日時"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("出席")
        verbose_name_plural = _("出席")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"],
                name="enrollments_attendance_once_per_session",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=AttendanceStatus.values),
                name="enrollments_attendance_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.participant}"


class Completion(models.Model):
    participant = models.OneToOneField(
        Participant, on_delete=models.PROTECT, related_name="completion"
    )
    completed_on = models.DateField(_("修了日"))
    sessions_attended = models.PositiveSmallIntegerField(_("出席回数"), default=0)
    recorded_at = models.DateTimeField(_("記録日時"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("修了")
        verbose_name_plural = _("修了")

    def __str__(self) -> str:
        return f"{self.participant} {self.completed_on}"
