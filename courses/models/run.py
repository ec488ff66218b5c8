"""開催: one offering of a course."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import (
    CapacityUnit,
    Delivery,
    PaperRule,
    RunState,
    SelectionMode,
    WaitingPolicy,
)
from courses.models.course import Course
from courses.models.querysets import CourseRunQuerySet
from courses.models.venue import Venue


class CourseRun(models.Model):
    """`applications_*` bound the window in which residents may apply (close exclusive);
    `paper_deadline` is the last day for what comes by post, by `paper_rule`.

    `chooses_session`: whoever applies comes to one of the sessions only (1人1回のみ),
    and each session has pools of its own. `draw_tiers` lists `DrawTier` values, the
    first to be drawn first. `offer_hours` is the time to answer an offered place; in the
    last `immediate_days` before the first session places are given without asking.

    Fees are whole yen. To complete the run somebody attends `completion_sessions` of its
    sessions, or `completion_percent` of those held (rounded up), and every session that
    is required; without any of these, completion is left to the officer. `counts_partly`
    lets late comers and those who left early count.
    """

    code = models.SlugField(_("開催番号"), max_length=20, unique=True)
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="runs", verbose_name=_("講座")
    )
    label = models.CharField(_("開催の呼び名"), max_length=60, blank=True)
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(
        _("開催状況"), max_length=12, choices=RunState, default=RunState.ANNOUNCED
    )
    state_note = models.CharField(_("中止・延期の理由"), max_length=200, blank=True)
    selection_mode = models.CharField(
        _("決め方"),
        max_length=20,
        choices=SelectionMode,
        default=SelectionMode.FIRST_COME,
    )
    applications_open_at = models.DateTimeField(_("申込開始"), null=True, blank=True)
    applications_close_at = models.DateTimeField(_("申込締切"), null=True, blank=True)
    paper_deadline = models.DateField(_("はがきなどの締切日"), null=True, blank=True)
    paper_rule = models.CharField(
        _("締切日の数え方"),
        max_length=10,
        choices=PaperRule,
        default=PaperRule.ARRIVAL,
    )
    withdraw_until = models.DateTimeField(_("取り消しの期限"), null=True, blank=True)
    minimum_to_hold = models.PositiveSmallIntegerField(
        _("開催に必要な人数"), null=True, blank=True
    )
    decide_on = models.DateField(_("開催を決める日"), null=True, blank=True)
    waiting_list = models.BooleanField(_("キャンセル待ちを受け付ける"), default=True)
    waiting_policy = models.CharField(
        _("キャンセル待ちの順番"),
        max_length=10,
        choices=WaitingPolicy,
        default=WaitingPolicy.ORDER,
    )
    offer_hours = models.PositiveSmallIntegerField(_("繰上げの回答を待つ時間"), default=48)
    immediate_days = models.PositiveSmallIntegerField(
        _("回答を待たずに繰り上げる日数"), default=3
    )
    results_at = models.DateTimeField(_("結果を知らせる日時"), null=True, blank=True)
    tells_losers = models.BooleanField(_("落選した方にも知らせる"), default=True)
    draw_tiers = models.JSONField(_("抽選の優先"), default=list, blank=True)
    screening_criteria = models.TextField(_("選考の基準"), blank=True)
    reminder_days = models.PositiveSmallIntegerField(
        _("何日前にお知らせを送るか"), null=True, blank=True, default=1
    )
    chooses_session = models.BooleanField(_("1人1回のみ"), default=False)
    asks_address = models.BooleanField(_("住所をたずねる"), default=False)
    asks_terms = models.BooleanField(_("受講規約への同意を求める"), default=False)
    capacity_unit = models.CharField(
        _("定員の単位"), max_length=10, choices=CapacityUnit, default=CapacityUnit.PERSONS
    )
    capacity_note = models.CharField(_("定員の補足"), max_length=120, blank=True)
    max_participants = models.PositiveSmallIntegerField(
        _("1回の申込みの人数の上限"), default=1
    )
    audience = models.CharField(_("対象"), max_length=300, blank=True)
    delivery = models.CharField(
        _("開催方法"), max_length=10, choices=Delivery, default=Delivery.VENUE
    )
    venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("会場"),
    )
    has_childcare = models.BooleanField(_("保育あり"), default=False)
    childcare_note = models.CharField(_("保育の補足"), max_length=200, blank=True)
    has_sign_language = models.BooleanField(_("手話通訳あり"), default=False)
    has_captioning = models.BooleanField(_("要約筆記あり"), default=False)
    fee = models.PositiveIntegerField(_("費用（円）"), default=0)
    fee_note = models.CharField(_("費用の補足"), max_length=200, blank=True)
    bring = models.CharField(_("持ち物"), max_length=200, blank=True)
    how_to_apply = models.TextField(_("申込方法"), blank=True)
    note = models.TextField(_("そのほか"), blank=True)
    contact_name = models.CharField(_("問い合わせ先"), max_length=80, blank=True)
    contact_phone = models.CharField(_("問い合わせ先の電話"), max_length=40, blank=True)
    contact_email = models.EmailField(_("問い合わせ先のメール"), blank=True)
    source_url = models.URLField(_("詳しいページ"), max_length=500, blank=True)
    completion_sessions = models.PositiveSmallIntegerField(
        _("修了に必要な出席回数"), null=True, blank=True
    )
    completion_percent = models.PositiveSmallIntegerField(
        _("修了に必要な出席の割合（%）"), null=True, blank=True
    )
    counts_partly = models.BooleanField(_("遅刻・早退も出席に数える"), default=True)
    gives_certificate = models.BooleanField(_("修了証を出す"), default=True)
    import_key = models.CharField(
        _("取込みの目印"), max_length=120, null=True, blank=True, unique=True
    )
    created_at = models.DateTimeField(_("作成日時"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = CourseRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("開催")
        verbose_name_plural = _("開催")
        ordering = ["-fiscal_year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(applications_open_at__isnull=True)
                | models.Q(applications_close_at__isnull=True)
                | models.Q(applications_close_at__gt=models.F("applications_open_at")),
                name="courses_run_window_in_order",
                violation_error_message=_("申込締切は申込開始より後にしてください。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values)
                & models.Q(selection_mode__in=SelectionMode.values)
                & models.Q(capacity_unit__in=CapacityUnit.values)
                & models.Q(delivery__in=Delivery.values),
                name="courses_run_words_known",
            ),
            models.CheckConstraint(
                condition=models.Q(paper_rule__in=PaperRule.values)
                & models.Q(waiting_policy__in=WaitingPolicy.values),
                name="courses_run_applying_words_known",
            ),
            models.CheckConstraint(
                condition=models.Q(offer_hours__range=(1, 720)),
                name="courses_run_offer_hours_plausible",
            ),
            models.CheckConstraint(
                condition=models.Q(max_participants__gte=1),
                name="courses_run_max_participants_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(completion_sessions=None)
                | models.Q(completion_percent=None),
                name="courses_run_completes_in_one_way",
                violation_error_message=_(
                    "修了の条件は、回数か割合のどちらか一つにしてください。"
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(completion_percent=None)
                | models.Q(completion_percent__range=(1, 100)),
                name="courses_run_completion_percent_plausible",
            ),
            models.CheckConstraint(
                condition=models.Q(fiscal_year__range=(1990, 2200)),
                name="courses_run_fiscal_year_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.label}".strip()

    def get_absolute_url(self) -> str:
        return f"{self.course.get_absolute_url()}#run-{self.code}"
