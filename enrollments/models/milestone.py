"""学びの節目: what the city honours, as data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.localised import in_english
from enrollments.enums import MilestoneSpan


class Milestone(models.Model):
    """節目: so many sessions attended, in a fiscal year or ever."""

    name = models.CharField(_("名前"), max_length=60)
    name_en = models.CharField(_("名前（英語）"), max_length=80, blank=True)
    span = models.CharField(_("数え方"), max_length=12, choices=MilestoneSpan)
    sessions = models.PositiveSmallIntegerField(_("出席回数"))

    class Meta:
        verbose_name = _("学びの節目")
        verbose_name_plural = _("学びの節目")
        ordering = ["span", "sessions"]
        constraints = [
            models.UniqueConstraint(
                fields=["span", "sessions"], name="enrollments_milestone_once"
            ),
            models.CheckConstraint(
                condition=Q(span__in=MilestoneSpan.values) & Q(sessions__gte=1),
                name="enrollments_milestone_plausible",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        return (in_english() and self.name_en) or self.name
