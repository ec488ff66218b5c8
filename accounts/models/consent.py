"""The purpose of use shown beside a form, in versions, and who was shown which.

Source: 個人情報の保護に関する法律 62条 (state the purpose before collecting).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import ConsentChannel


class PurposeNotice(models.Model):
    key = models.SlugField(_("種類"), max_length=30)
    version = models.PositiveSmallIntegerField(_("版"))
    body = models.TextField(_("利用目的"))
    body_en = models.TextField(_("利用目的（英語）"), blank=True)
    effective_from = models.DateField(_("適用開始日"))

    class Meta:
        verbose_name = _("利用目的")
        verbose_name_plural = _("利用目的")
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], name="accounts_purposenotice_version_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Consent(models.Model):
    """One acknowledgement of one version; `deemed` when given by sending in paper."""

    notice = models.ForeignKey(
        PurposeNotice, on_delete=models.PROTECT, related_name="consents"
    )
    given_at = models.DateTimeField(_("日時"))
    channel = models.CharField(_("方法"), max_length=10, choices=ConsentChannel)
    deemed = models.BooleanField(_("みなし同意"), default=False)

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")

    def __str__(self) -> str:
        return f"{self.notice} {self.given_at:%Y-%m-%d}"
