"""休館日: days on which a venue is closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.venue import Venue


class ClosingDay(models.Model):
    """Days on which the city holds no courses, or a venue is closed. `is_yearly` days
    come back every year (年末年始 from 12/29 to 1/3); the year then means nothing."""

    name = models.CharField(_("名称"), max_length=60)
    first_day = models.DateField(_("最初の日"))
    last_day = models.DateField(_("最後の日"))
    is_yearly = models.BooleanField(_("毎年"), default=False)
    venue = models.ForeignKey(
        Venue,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="closing_days",
        verbose_name=_("会場"),
        help_text=_("空けておくと、すべての会場の休みになります。"),
    )

    class Meta:
        verbose_name = _("休館日・休業日")
        verbose_name_plural = _("休館日・休業日")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="courses_closingday_in_order",
                violation_error_message=_("最後の日は最初の日以後にしてください。"),
            )
        ]

    def __str__(self) -> str:
        return self.name
