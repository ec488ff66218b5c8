"""保育・支援: what a run offers those who apply."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import SupportKind
from courses.models.run import CourseRun


class SupportOffer(models.Model):
    """保育 or a support that a run offers. `capacity` counts children, or people with
    this wish; none: no number is set. Ages in months, both ends inclusive. Fees are whole
    yen. Without a `deadline` wishes are taken as long as applications."""

    run = models.ForeignKey(
        CourseRun, on_delete=models.CASCADE, related_name="support_offers"
    )
    kind = models.CharField(_("支援"), max_length=15, choices=SupportKind)
    capacity = models.PositiveSmallIntegerField(_("定員"), null=True, blank=True)
    min_age_months = models.PositiveSmallIntegerField(
        _("何か月から"), null=True, blank=True
    )
    max_age_months = models.PositiveSmallIntegerField(
        _("何か月まで"), null=True, blank=True
    )
    deadline = models.DateTimeField(_("希望の締切"), null=True, blank=True)
    fee = models.PositiveIntegerField(_("費用（円）"), default=0)
    note = models.CharField(_("補足"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("保育・支援")
        verbose_name_plural = _("保育・支援")
        ordering = ["run", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind"], name="courses_supportoffer_kind_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SupportKind.values),
                name="courses_supportoffer_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(min_age_months=None)
                | Q(max_age_months=None)
                | Q(max_age_months__gte=F("min_age_months")),
                name="courses_supportoffer_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.get_kind_display()}"
