"""Stages, themes and competencies: the city's own data, never a fixed number."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import ThemeBranch
from courses.models.localised import LocalisedName

hex_colour = RegexValidator(r"^#[0-9a-f]{6}$", _("色は #1a7f37 のように入力してください。"))


class Stage(LocalisedName):
    """市民活動のステージ: where an activity stands at a point in time.

    A recommendation only: it never blocks an application, and nobody has to
    climb the stages in order (武蔵野市市民活動促進基本計画).
    """

    key = models.SlugField(_("キー"), max_length=40, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("順番"), unique=True)
    furigana = models.CharField(_("ふりがな"), max_length=120, blank=True)
    colour = models.CharField(
        _("色"), max_length=7, default="#0017c1", validators=[hex_colour]
    )
    is_autonomous = models.BooleanField(_("自律・自立のステージ"), default=False)
    name_is_provisional = models.BooleanField(_("暫定の名称"), default=False)

    class Meta:
        verbose_name = _("市民活動のステージ")
        verbose_name_plural = _("市民活動のステージ")
        ordering = ["sort_order"]


class Theme(LocalisedName):
    """テーマ: a leaf or a branch of three trees (local issues, two kinds of skill)."""

    key = models.SlugField(_("キー"), max_length=40, unique=True)
    branch = models.CharField(_("分野"), max_length=20, choices=ThemeBranch)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上位のテーマ"),
    )
    sort_order = models.PositiveSmallIntegerField(_("順番"), default=0)

    class Meta:
        verbose_name = _("テーマ")
        verbose_name_plural = _("テーマ")
        ordering = ["branch", "sort_order", "key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(branch__in=ThemeBranch.values),
                name="courses_theme_branch_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")),
                name="courses_theme_not_own_parent",
            ),
        ]


class Competency(LocalisedName):
    """力量: one of the abilities a coordinator needs."""

    key = models.SlugField(_("キー"), max_length=40, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("順番"), default=0)

    class Meta:
        verbose_name = _("力量")
        verbose_name_plural = _("力量")
        ordering = ["sort_order", "key"]


class Audience(LocalisedName):
    """対象: for whom a course is meant, as residents look for it. The exact wording
    and the rules stand on the run."""

    key = models.SlugField(_("キー"), max_length=40, unique=True)
    sort_order = models.PositiveSmallIntegerField(_("順番"), default=0)

    class Meta:
        verbose_name = _("対象の区分")
        verbose_name_plural = _("対象の区分")
        ordering = ["sort_order", "key"]
