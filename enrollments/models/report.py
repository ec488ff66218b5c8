"""実施報告書: what the officer writes of a run; the numbers are counted when it is read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun


class RunReport(models.Model):
    """`version` grows with every change, so that an old form undoes no newer words."""

    run = models.OneToOneField(CourseRun, on_delete=models.PROTECT, related_name="report")
    reflections = models.TextField(_("成果とふりかえり"), blank=True, max_length=4000)
    next_time = models.TextField(_("次回に向けて"), blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=0, editable=False)
    written_at = models.DateTimeField(_("記入日時"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("実施報告書")
        verbose_name_plural = _("実施報告書")

    def __str__(self) -> str:
        return str(self.run)
