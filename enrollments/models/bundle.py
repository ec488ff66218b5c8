"""Applications for units of a series that were sent with one form."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Series


class Bundle(models.Model):
    """What its applications have in common. `public_id` follows from the form and the
    person, so the same form sent again finds it; `together`: all of the units or none."""

    public_id = models.UUIDField(unique=True, editable=False)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, related_name="bundles", verbose_name=_("シリーズ")
    )
    together = models.BooleanField(_("すべての単元がそろうときだけ"), default=False)
    made_at = models.DateTimeField(_("申込日時"), default=timezone.now)

    class Meta:
        verbose_name = _("シリーズの申込み")
        verbose_name_plural = _("シリーズの申込み")

    def __str__(self) -> str:
        return str(self.series)
