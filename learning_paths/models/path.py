"""学びの道すじ: steps made of courses, followed by a group."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Stage
from courses.models.localised import LocalisedName, in_english
from learning_paths.models.group import Group


class Path(LocalisedName):
    slug = models.SlugField(_("アドレス名"), max_length=80, unique=True)
    stage = models.ForeignKey(
        Stage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="paths",
        verbose_name=_("ステージ"),
    )
    is_published = models.BooleanField(_("公開する"), default=True)

    class Meta:
        verbose_name = _("学びの道すじ")
        verbose_name_plural = _("学びの道すじ")
        ordering = ["stage__sort_order", "name"]

    def get_absolute_url(self) -> str:
        return reverse("path", args=[self.slug])


class Step(models.Model):
    """Done when `needed_courses` of its courses were each completed by at least
    `needed_members` members (not necessarily the same ones)."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("順番"))
    name = models.CharField(_("ステップ名"), max_length=120)
    name_en = models.CharField(_("ステップ名（英語）"), max_length=160, blank=True)
    courses = models.ManyToManyField(Course, related_name="steps", verbose_name=_("講座"))
    needed_courses = models.PositiveSmallIntegerField(_("必要な講座の数"), default=1)
    needed_members = models.PositiveSmallIntegerField(_("必要な人数"), default=1)
    is_required = models.BooleanField(_("必須"), default=True)

    class Meta:
        verbose_name = _("ステップ")
        verbose_name_plural = _("ステップ")
        ordering = ["path", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "position"], name="learning_paths_step_position_unique"
            ),
            models.CheckConstraint(
                condition=Q(needed_courses__gte=1) & Q(needed_members__gte=1),
                name="learning_paths_step_needs_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.position}. {self.name}"

    @property
    def label(self) -> str:
        """The name in the reader's language, in Japanese where there is no other."""
        return (in_english() and self.name_en) or self.name


class GroupPath(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="paths")
    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="followers")
    started_on = models.DateField(_("開始日"))

    class Meta:
        verbose_name = _("団体の道すじ")
        verbose_name_plural = _("団体の道すじ")
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "path"], name="learning_paths_grouppath_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.path}"
