"""A message's own words, as the back office puts them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enrollments.enums import MessageKind


class MessageTemplate(models.Model):
    """The city's own wording of a message; without one the product's is used."""

    kind = models.CharField(_("種類"), max_length=20, choices=MessageKind)
    language = models.CharField(_("言語"), max_length=5, default="ja")
    subject = models.CharField(_("件名"), max_length=200)
    body = models.TextField(_("本文"))
    changed_at = models.DateTimeField(_("変更日時"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("お知らせの文面")
        verbose_name_plural = _("お知らせの文面")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"], name="enrollments_messagetemplate_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.language}"
