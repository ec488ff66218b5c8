"""What a run asks of those who apply, and what it offers them: 条件, 質問, 保育・支援."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import QuestionKind, RequirementKind, SchoolYear, SupportKind
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


class RunQuestion(models.Model):
    """`options` has one choice a line. A question that was answered is not deleted but
    ended (`is_asked` false), so that the answers keep their meaning."""

    run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("順番"), default=1)
    kind = models.CharField(_("答えかた"), max_length=10, choices=QuestionKind)
    label = models.CharField(_("質問"), max_length=120)
    label_en = models.CharField(_("質問（英語）"), max_length=200, blank=True)
    why = models.CharField(_("たずねる理由"), max_length=120, blank=True)
    options = models.TextField(_("選択肢"), blank=True)
    is_required = models.BooleanField(_("必須"), default=False)
    is_asked = models.BooleanField(_("たずねる"), default=True)

    class Meta:
        verbose_name = _("質問")
        verbose_name_plural = _("質問")
        ordering = ["run", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values),
                name="courses_runquestion_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.label


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
