"""条件: who may take part in a run."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import RequirementKind, SchoolYear
from courses.models.course import Course
from courses.models.run import CourseRun


class Requirement(models.Model):
    """One condition for taking part. Those of one `group` are alternatives (or); of every
    group one has to hold (and). Ages in whole years, both ends inclusive, on `age_on`
    (none: the day of the first session). `everybody`: companions have to meet it too.
    """

    run = models.ForeignKey(
        CourseRun, on_delete=models.CASCADE, related_name="requirements"
    )
    group = models.PositiveSmallIntegerField(_("条件の番号"), default=1)
    kind = models.CharField(_("条件"), max_length=12, choices=RequirementKind)
    residencies = models.JSONField(_("在住・在勤・在学"), default=list, blank=True)
    min_age = models.PositiveSmallIntegerField(_("何歳から"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("何歳まで"), null=True, blank=True)
    age_on = models.DateField(_("年齢を数える日"), null=True, blank=True)
    min_school_year = models.PositiveSmallIntegerField(
        _("どの学年から"), choices=SchoolYear, null=True, blank=True
    )
    max_school_year = models.PositiveSmallIntegerField(
        _("どの学年まで"), choices=SchoolYear, null=True, blank=True
    )
    completed_course = models.ForeignKey(
        Course,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("修了している講座"),
    )
    words = models.CharField(_("条件の文"), max_length=120, blank=True)
    everybody = models.BooleanField(_("いっしょに来る方も"), default=False)

    class Meta:
        verbose_name = _("対象の条件")
        verbose_name_plural = _("対象の条件")
        ordering = ["run", "group", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RequirementKind.values),
                name="courses_requirement_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(min_age=None) | Q(max_age=None) | Q(max_age__gte=F("min_age")),
                name="courses_requirement_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(min_school_year=None)
                | Q(max_school_year=None)
                | Q(max_school_year__gte=F("min_school_year")),
                name="courses_requirement_school_years_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.words or self.get_kind_display()
