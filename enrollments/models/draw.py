"""抽選: the frozen list, the rule, the source of chance, and the result."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun, SeatPool
from enrollments.enums import DrawOutcome, DrawState
from enrollments.models.application import Application


class Draw(models.Model):
    """`round` 0 is the draw at the deadline, later ones are re-draws among those who wait.

    `record` is the public list and rule as canonical JSON, `fingerprint` the SHA-256 of
    its bytes (hex). `secret` (32 bytes, hex) is told only when the draw is held;
    `commitment` is the SHA-256 of its bytes and public from the start, as are `source`
    and `source_on`: which public value, known on which day, is mixed with it.
    `result` is the outcome as canonical JSON.

    A draw is written with an empty record, gets its entries, and is closed by record
    and fingerprint, all in one transaction; from then on the guards keep both.
    """

    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="draws")
    round = models.PositiveSmallIntegerField(_("回次"), default=0)
    state = models.CharField(
        _("状態"), max_length=10, choices=DrawState, default=DrawState.FROZEN
    )
    record = models.TextField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    secret = models.CharField(max_length=64, editable=False)
    commitment = models.CharField(max_length=64, editable=False)
    source = models.CharField(_("使う公開の値"), max_length=200)
    source_on = models.DateField(_("値がわかる日"))
    public_value = models.CharField(_("公開の値"), max_length=200, blank=True)
    result = models.TextField(blank=True, editable=False)
    frozen_at = models.DateTimeField(_("名簿を固定した日時"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    held_at = models.DateTimeField(_("抽選した日時"), null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    announced_at = models.DateTimeField(_("発表した日時"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("固定を取り消した日時"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    taken_back_why = models.CharField(_("固定を取り消した理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("抽選")
        verbose_name_plural = _("抽選")
        ordering = ["run", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "round"],
                condition=~Q(state=DrawState.TAKEN_BACK),
                name="enrollments_draw_held_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DrawState.values), name="enrollments_draw_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[DrawState.FROZEN, DrawState.TAKEN_BACK],
                    held_at=None,
                    result="",
                )
                | (
                    Q(state__in=[DrawState.HELD, DrawState.ANNOUNCED])
                    & Q(held_at__isnull=False)
                    & ~Q(result="")
                ),
                name="enrollments_draw_held_with_its_result",
            ),
            models.CheckConstraint(
                condition=(Q(state=DrawState.TAKEN_BACK) & ~Q(taken_back_why=""))
                | (~Q(state=DrawState.TAKEN_BACK) & Q(taken_back_why="")),
                name="enrollments_draw_taken_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.round}"


class DrawEntry(models.Model):
    """One application on the frozen list. `number` is its receipt number, `tier` 0 is
    drawn first; `rank` (1 is first of its pool) and `outcome` come with the result."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="entries")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="draw_entries"
    )
    pool = models.ForeignKey(SeatPool, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("受付番号"), max_length=20)
    seats = models.PositiveSmallIntegerField(_("人数"))
    tier = models.PositiveSmallIntegerField(_("優先の区分"), default=0)
    rank = models.PositiveIntegerField(_("順位"), null=True, blank=True)
    outcome = models.CharField(_("結果"), max_length=10, choices=DrawOutcome, blank=True)
    line = models.PositiveIntegerField(_("キャンセル待ちの順番"), null=True, blank=True)

    class Meta:
        verbose_name = _("抽選の名簿")
        verbose_name_plural = _("抽選の名簿")
        ordering = ["draw", "pool", "rank", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["draw", "application"], name="enrollments_drawentry_once"
            ),
            models.UniqueConstraint(
                fields=["draw", "pool", "rank"], name="enrollments_drawentry_rank_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *DrawOutcome.values]),
                name="enrollments_drawentry_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return self.number
