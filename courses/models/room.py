"""部屋 of a venue."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.venue import Venue


class Room(models.Model):
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("会場")
    )
    name = models.CharField(_("部屋名"), max_length=80)
    capacity = models.PositiveIntegerField(_("収容人数"), null=True, blank=True)
    equipment = models.CharField(_("設備"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("部屋")
        verbose_name_plural = _("部屋")
        ordering = ["venue", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name"], name="courses_room_name_unique_in_venue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.name}"
