"""空いた席のゆずり: what becomes of places that one audience has not filled."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import PoolKind
from courses.models.run import CourseRun


class SwapRule(models.Model):
    """`keeps` places stay free with the giver. Once `done_at` is set, `moved` places have
    gone over and the rule does nothing more; `done_by` none: at the stated time."""

    run = models.OneToOneField(
        CourseRun, on_delete=models.CASCADE, related_name="swap_rule"
    )
    giver = models.CharField(_("ゆずる枠"), max_length=12, choices=PoolKind)
    taker = models.CharField(_("受け取る枠"), max_length=12, choices=PoolKind)
    at = models.DateTimeField(_("ゆずる日時"))
    keeps = models.PositiveSmallIntegerField(_("残しておく席"), default=0)
    done_at = models.DateTimeField(_("実行日時"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    moved = models.PositiveIntegerField(_("移した席"), default=0)
    why = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("空いた席のゆずり")
        verbose_name_plural = _("空いた席のゆずり")
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("taker")), name="courses_swaprule_two_pools"
            ),
            models.CheckConstraint(
                condition=Q(giver__in=PoolKind.values, taker__in=PoolKind.values),
                name="courses_swaprule_kinds_known",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(moved=0),
                name="courses_swaprule_moves_when_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.get_giver_display()}→{self.get_taker_display()}"
