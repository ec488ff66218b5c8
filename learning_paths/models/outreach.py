"""出前講座: what a section brings to groups (the menu), and who asked for it."""

from datetime import time
from uuid import uuid4

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.trace import StateTrace
from courses.models import Course, CourseRun
from enrollments.enums import Channel
from learning_paths.enums import OutreachState
from learning_paths.models.group import Group

MINIMUM_PEOPLE = 10
WITH_RUN = (OutreachState.ACCEPTED, OutreachState.DONE, OutreachState.CANCELLED)


class OutreachEntryQuerySet(models.QuerySet["OutreachEntry"]):
    def offered(self) -> "OutreachEntryQuerySet":
        """Those that everybody sees."""
        return self.filter(
            is_offered=True,
            course__published_at__isnull=False,
            course__withdrawn_at__isnull=True,
        )


class OutreachEntry(models.Model):
    """One line of the menu: how an outreach course is brought to people. `weekdays` are
    digits from 1 (Monday) to 7; whoever asks does so `notice_days` ahead."""

    course = models.OneToOneField(
        Course, on_delete=models.PROTECT, related_name="outreach", verbose_name=_("講座")
    )
    minutes = models.PositiveSmallIntegerField(_("時間（分）"), default=60)
    for_whom = models.CharField(_("対象"), max_length=200, blank=True)
    needs = models.CharField(_("用意していただくもの"), max_length=300, blank=True)
    cost = models.CharField(_("費用"), max_length=120, blank=True)
    minimum_people = models.PositiveSmallIntegerField(
        _("最少人数"), default=MINIMUM_PEOPLE, validators=[MinValueValidator(1)]
    )
    weekdays = models.CharField(
        _("行ける曜日"),
        max_length=7,
        default="12345",
        validators=[
            RegexValidator(r"^[1-7]+$", _("曜日は 1（月）から 7（日）の数字です。"))
        ],
    )
    begins_from = models.TimeField(_("始められる時刻"), default=time(9))
    ends_by = models.TimeField(_("終わりの時刻"), default=time(17))
    notice_days = models.PositiveSmallIntegerField(_("何日前までに申し込むか"), default=20)
    is_offered = models.BooleanField(_("メニューにのせる"), default=True)

    objects = OutreachEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("出前講座メニュー")
        verbose_name_plural = _("出前講座メニュー")
        ordering = ["course__title_kana", "course__title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_people__gte=1)
                & Q(minutes__range=(10, 480))
                & Q(ends_by__gt=F("begins_from")),
                name="learning_paths_outreachentry_plausible",
            )
        ]

    def __str__(self) -> str:
        return str(self.course)

    def get_absolute_url(self) -> str:
        return reverse("outreach_entry", args=[self.pk])


class OutreachRequest(models.Model):
    """One group's request for an entry of the menu. `answer_by` is the section's own
    deadline, `choose_by` the requester's while other dates are proposed. `told_start` is
    the beginning that the requester was told last. `is_proper` says that it serves
    neither profit nor politics nor religion."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    entry = models.ForeignKey(
        OutreachEntry, on_delete=models.PROTECT, related_name="requests"
    )
    state = models.CharField(
        _("状況"), max_length=10, choices=OutreachState, default=OutreachState.RECEIVED
    )
    people = models.PositiveSmallIntegerField(_("参加する人数"))
    purpose = models.CharField(_("集まりの目的"), max_length=300)
    is_proper = models.BooleanField(_("営利・政治・宗教のためではない"))
    group = models.ForeignKey(
        Group,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="outreach_requests",
    )
    group_name = models.CharField(_("団体や集まりの名前"), max_length=120)
    contact_name = models.CharField(_("連絡する方のお名前"), max_length=80, blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    address = models.CharField(_("会場の住所"), max_length=200)
    place = models.CharField(_("会場と部屋"), max_length=120)
    equipment = models.CharField(_("会場にあるもの"), max_length=300, blank=True)
    message = models.TextField(_("伝えたいこと"), max_length=600, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="outreach_requests",
    )
    channel = models.CharField(
        _("受付方法"), max_length=20, choices=Channel, default=Channel.WEB
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    language = models.CharField(max_length=10, default="ja")
    form_key = models.UUIDField(unique=True, default=uuid4, editable=False)
    asked_at = models.DateTimeField(_("受付日時"))
    answer_by = models.DateField(_("回答の期限"))
    choose_by = models.DateTimeField(_("選ぶ期限"), null=True, blank=True)
    answer = models.TextField(_("担当課からのことば"), max_length=600, blank=True)
    run = models.OneToOneField(
        CourseRun,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outreach_request",
        verbose_name=_("開催"),
    )
    told_start = models.DateTimeField(null=True, blank=True)
    people_came = models.PositiveSmallIntegerField(_("参加した人数"), null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("出前講座の申込み")
        verbose_name_plural = _("出前講座の申込み")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OutreachState.values),
                name="learning_paths_outreach_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WITH_RUN, run__isnull=False)
                | ~Q(state__in=WITH_RUN) & Q(run=None),
                name="learning_paths_outreach_accepted_is_a_run",
            ),
            models.CheckConstraint(
                condition=Q(is_proper=True), name="learning_paths_outreach_is_proper"
            ),
            models.CheckConstraint(
                condition=~Q(state=OutreachState.DECLINED) | ~Q(answer=""),
                name="learning_paths_outreach_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=OutreachState.PROPOSED) | Q(choose_by__isnull=False),
                name="learning_paths_outreach_proposed_until",
            ),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email="") | Q(forgotten_at__isnull=False),
                name="learning_paths_outreach_can_be_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.group_name}"

    @property
    def number(self) -> str:
        """受付番号, for the telephone."""
        return f"D-{self.pk:05}"


class OutreachDate(models.Model):
    """A date wished by the requester, or proposed by the section; the newest `round` is
    the one that counts."""

    request = models.ForeignKey(
        OutreachRequest, on_delete=models.CASCADE, related_name="dates"
    )
    round = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(_("開始"))
    ends_at = models.DateTimeField(_("終了"))
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("出前講座の日")
        verbose_name_plural = _("出前講座の日")
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "round", "position"],
                name="learning_paths_outreachdate_once",
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, 3)),
                name="learning_paths_outreachdate_at_most_three",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="learning_paths_outreachdate_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.starts_at:%Y-%m-%d %H:%M}"


class OutreachMove(StateTrace):
    """The trace of a request's state. `by` is none for requesters without an account and
    for what falls due by itself."""

    request = models.ForeignKey(
        OutreachRequest, on_delete=models.CASCADE, related_name="moves"
    )
    from_state = models.CharField(max_length=10, choices=OutreachState, blank=True)
    to_state = models.CharField(max_length=10, choices=OutreachState)
    why = models.TextField(_("理由"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("出前講座の経過")
        verbose_name_plural = _("出前講座の経過")
        ordering = ["pk"]
