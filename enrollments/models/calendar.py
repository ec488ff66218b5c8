"""The secret address of one person's calendar."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarToken(models.Model):
    """`digest` is the SHA-256 of a 256-bit random token that is shown once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_tokens",
    )
    name = models.CharField(_("使いみち"), max_length=40)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("作成日時"))
    revoked_at = models.DateTimeField(_("無効にした日時"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("最後に使われた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("カレンダー購読の鍵")
        verbose_name_plural = _("カレンダー購読の鍵")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name
