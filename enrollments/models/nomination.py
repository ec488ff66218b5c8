"""推薦: an employee's place that the section asked for, not the person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enrollments.models.application import Application


class Nomination(models.Model):
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="nomination"
    )
    staff_number = models.CharField(_("職員番号"), max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("推薦の日時"))

    class Meta:
        verbose_name = _("課の推薦")
        verbose_name_plural = _("課の推薦")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.application)
