"""What staff put right in an application: a wrong number, a reading taken down wrongly."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enrollments.models.application import Application


class Correction(models.Model):
    """`fields` is a list of `[column, before, after]`. Personal data: it is shown only
    where the application itself is."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="corrections"
    )
    fields = models.JSONField(_("直した項目"), default=list)
    at = models.DateTimeField(_("日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("した人"),
    )

    class Meta:
        verbose_name = _("申込みの訂正")
        verbose_name_plural = _("申込みの訂正")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.at:%Y-%m-%d}"
