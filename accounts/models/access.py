"""Who looked at or took out personal data: what, when, how many people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import AccessKind


class AccessLog(models.Model):
    """An export says why it was made, and which `columns` (names, by line) it holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accesses"
    )
    at = models.DateTimeField(_("日時"))
    kind = models.CharField(_("種類"), max_length=10, choices=AccessKind)
    subject = models.CharField(_("対象"), max_length=120)
    people = models.PositiveIntegerField(_("人数"), default=0)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    columns = models.TextField(_("項目"), blank=True)

    class Meta:
        verbose_name = _("個人情報の閲覧記録")
        verbose_name_plural = _("個人情報の閲覧記録")
        ordering = ["-at", "-pk"]
        permissions = [
            ("export_sensitive", _("生年月日・住所・職員のメモを出力できる")),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.subject}"
