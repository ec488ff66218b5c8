"""学びの道すじ: a path has versions, a version has steps, a group follows one version."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import Competency, Course, Series, Stage, Theme
from courses.models.localised import LocalisedName, in_english
from learning_paths.enums import MemberRole, PathRole, StepKind


class Path(LocalisedName):
    """For groups at a stage or, without one, for those in a role."""

    slug = models.SlugField(_("アドレス名"), max_length=80, unique=True)
    stage = models.ForeignKey(
        Stage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="paths",
        verbose_name=_("ステージ"),
    )
    role = models.CharField(_("役割"), max_length=12, choices=PathRole, blank=True)
    is_published = models.BooleanField(_("公開する"), default=True)

    class Meta:
        verbose_name = _("学びの道すじ")
        verbose_name_plural = _("学びの道すじ")
        ordering = ["stage__sort_order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=None) | Q(role=""),
                name="learning_paths_path_for_a_stage_or_a_role",
                violation_error_message=_(
                    "ステージか役割の、どちらか一つを選んでください。"
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("path", args=[self.slug])


class PathVersion(models.Model):
    """What the path asked for from a day on. The last one is in force; groups go on with
    the one that they began, until they choose to move."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版"), default=1)
    needed_optional = models.PositiveSmallIntegerField(
        _("任意のステップのうち必要な数"), default=0
    )
    note = models.CharField(_("変わったこと"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("作成日時"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("道すじの版")
        verbose_name_plural = _("道すじの版")
        ordering = ["path", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "number"], name="learning_paths_pathversion_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.number}"


class Step(models.Model):
    """Done as `learning_paths.domain.progress` says. `key` is the same in every version
    that has this step; the units of a series are written down in `courses`, so that a
    version asks for the same ones always."""

    version = models.ForeignKey(PathVersion, on_delete=models.CASCADE, related_name="steps")
    key = models.UUIDField(default=uuid4, editable=False)
    position = models.PositiveSmallIntegerField(_("順番"))
    name = models.CharField(_("ステップ名"), max_length=120)
    name_en = models.CharField(_("ステップ名（英語）"), max_length=160, blank=True)
    kind = models.CharField(
        _("何を受けるか"), max_length=10, choices=StepKind, default=StepKind.COURSES
    )
    courses = models.ManyToManyField(
        Course, blank=True, related_name="steps", verbose_name=_("講座")
    )
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("テーマ"),
    )
    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("シリーズ"),
    )
    needed_courses = models.PositiveSmallIntegerField(_("必要な講座の数"), default=1)
    needed_members = models.PositiveSmallIntegerField(_("必要な人数"), default=1)
    needed_role = models.CharField(
        _("だれの修了を数えるか"), max_length=12, choices=MemberRole, blank=True
    )
    is_required = models.BooleanField(_("必須"), default=True)
    fresh_months = models.PositiveSmallIntegerField(
        _("始める何か月前からの修了を数えるか"), null=True, blank=True
    )
    within_months = models.PositiveSmallIntegerField(
        _("始めてから何か月以内の修了を数えるか"), null=True, blank=True
    )
    after = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="before",
        verbose_name=_("先に終えるステップ"),
    )
    competencies = models.ManyToManyField(
        Competency, blank=True, related_name="steps", verbose_name=_("身につく力量")
    )

    class Meta:
        verbose_name = _("ステップ")
        verbose_name_plural = _("ステップ")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="learning_paths_step_position_once"
            ),
            models.UniqueConstraint(
                fields=["version", "key"], name="learning_paths_step_key_once"
            ),
            models.CheckConstraint(
                condition=Q(needed_courses__gte=1) & Q(needed_members__gte=1),
                name="learning_paths_step_needs_something",
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.THEME, theme__isnull=False, series=None)
                | Q(kind=StepKind.SERIES, theme=None, series__isnull=False)
                | Q(kind__in=[StepKind.COURSES, StepKind.JOINT], theme=None, series=None),
                name="learning_paths_step_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.position}. {self.name}"

    @property
    def label(self) -> str:
        """The name in the reader's language, in Japanese where there is no other."""
        return (in_english() and self.name_en) or self.name
