"""出席 per participant and session, as it stands."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Session
from enrollments.enums import AttendanceStatus, MarkSource
from enrollments.models.application import Participant


class Attendance(models.Model):
    """How it stands now; `made_up_in` is the session of another run that somebody went
    to instead."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="attendances"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="attendances"
    )
    status = models.CharField(_("出席"), max_length=12, choices=AttendanceStatus)
    source = models.CharField(
        _("記録の方法"), max_length=10, choices=MarkSource, default=MarkSource.LIST
    )
    made_up_in = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("振替で出席した回"),
    )
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
            models.CheckConstraint(
                condition=models.Q(made_up_in=None)
                | models.Q(status=AttendanceStatus.MADE_UP),
                name="enrollments_attendance_made_up_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.participant}"
