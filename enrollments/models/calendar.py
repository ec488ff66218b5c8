"""The secret address of a calendar that one person subscribes to, and its trace."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from accounts.models.trace import Trace
from enrollments.enums import CalendarAct, CalendarClient, CalendarScope


class CalendarToken(models.Model):
    """`digest` is the SHA-256 of a 256-bit random token that is shown once. `revision`
    and `revised_at` count the changed choices: what they change must reach programs."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_tokens",
    )
    name = models.CharField(_("使いみち"), max_length=40)
    scope = models.CharField(
        _("予定の種類"),
        max_length=10,
        choices=CalendarScope,
        default=CalendarScope.OWN,
    )
    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    with_waiting = models.BooleanField(_("キャンセル待ちの講座も入れる"), default=True)
    with_link = models.BooleanField(_("オンラインの参加先を入れる"), default=True)
    with_groups = models.BooleanField(_("団体の学びの道すじの講座も入れる"), default=False)
    revision = models.PositiveIntegerField(default=0)
    revised_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("作成日時"))
    revoked_at = models.DateTimeField(_("無効にした日時"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("最後に使われた日時"), null=True, blank=True)
    last_client = models.CharField(
        _("最後に使ったカレンダー"), max_length=20, choices=CalendarClient, blank=True
    )

    class Meta:
        verbose_name = _("カレンダー購読の鍵")
        verbose_name_plural = _("カレンダー購読の鍵")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope__in=[CalendarScope.OWN, CalendarScope.RECOMMENDED],
                    department=None,
                )
                | Q(scope=CalendarScope.SECTION, department__isnull=False),
                name="enrollments_calendartoken_section_named",
            ),
            models.CheckConstraint(
                condition=Q(revision=0, revised_at=None)
                | Q(revision__gt=0, revised_at__isnull=False),
                name="enrollments_calendartoken_revision_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarTokenStep(Trace):
    """Who made, changed, replaced or ended an address, and when."""

    token = models.ForeignKey(CalendarToken, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(_("操作"), max_length=10, choices=CalendarAct)

    class Meta:
        verbose_name = _("カレンダー購読の鍵の記録")
        verbose_name_plural = _("カレンダー購読の鍵の記録")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_act_display()}"
