"""地域課題シリーズ: an ordered curriculum about one local issue."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from courses.models.course import Course
from courses.models.people import Partner
from courses.models.taxonomy import Theme


class Series(models.Model):
    slug = models.SlugField(
        _("アドレス名"), max_length=100, unique=True, allow_unicode=True
    )
    title = models.CharField(_("シリーズ名"), max_length=160)
    title_en = models.CharField(_("シリーズ名（英語）"), max_length=200, blank=True)
    goal = models.TextField(_("ねらい"), blank=True)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="series", verbose_name=_("テーマ")
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        related_name="series",
        verbose_name=_("担当課"),
    )
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="series", verbose_name=_("主催・共催など")
    )
    needed_units = models.PositiveSmallIntegerField(
        _("修了に必要な単元の数"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("空欄のときは、すべての単元です。"),
    )
    gives_certificate = models.BooleanField(_("シリーズの修了証を出す"), default=True)
    courses = models.ManyToManyField(
        Course, through="SeriesUnit", related_name="series_set"
    )

    class Meta:
        verbose_name = _("地域課題シリーズ")
        verbose_name_plural = _("地域課題シリーズ")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(needed_units=None) | models.Q(needed_units__gte=1),
                name="courses_series_needs_a_unit",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SeriesUnit(models.Model):
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="units")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="units")
    position = models.PositiveSmallIntegerField(_("順番"))
    builds_on = models.CharField(_("前の単元とのつながり"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("単元")
        verbose_name_plural = _("単元")
        ordering = ["series", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "position"], name="courses_seriesunit_position_unique"
            ),
            models.UniqueConstraint(
                fields=["series", "course"], name="courses_seriesunit_course_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.position}"
