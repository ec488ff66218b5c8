"""受付: what a session's door needs besides the marks."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Session


class DoorKey(models.Model):
    """While it is open, a number on the wall lets participants note themselves present.
    The number changes with the clock and is reckoned from `secret`; it is stored nowhere.
    """

    session = models.OneToOneField(
        Session, on_delete=models.PROTECT, related_name="door_key"
    )
    secret = models.CharField(max_length=64, editable=False)
    opened_at = models.DateTimeField(_("開いた日時"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("閉じた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("会場の番号")
        verbose_name_plural = _("会場の番号")

    def __str__(self) -> str:
        return str(self.session)


class HeadCount(models.Model):
    """How many came, where nobody applies (申込不要)."""

    session = models.OneToOneField(
        Session, on_delete=models.PROTECT, related_name="head_count"
    )
    number = models.PositiveIntegerField(_("来場者数"))
    recorded_at = models.DateTimeField(_("記録日時"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("来場者数")
        verbose_name_plural = _("来場者数")

    def __str__(self) -> str:
        return f"{self.session} {self.number}"
