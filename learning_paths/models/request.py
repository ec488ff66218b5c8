"""学びたい: what residents and groups want to learn, who else wants it, and what the city
answered."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from accounts.models.trace import StateTrace
from courses.models import Audience, Course, CourseRun, Theme
from enrollments.enums import Channel
from learning_paths.enums import RequestState
from learning_paths.models.group import Group

PUBLIC_STATES = (
    RequestState.OPEN,
    RequestState.CONSIDERING,
    RequestState.PLANNED,
    RequestState.NOT_POSSIBLE,
)


class LearningRequestQuerySet(models.QuerySet["LearningRequest"]):
    def public(self) -> "LearningRequestQuerySet":
        return self.filter(state__in=PUBLIC_STATES)

    def with_voices(self) -> "LearningRequestQuerySet":
        """`wanted_by` counts those whose address is known to be theirs."""
        confirmed = Q(voices__confirmed_at__isnull=False)
        return self.annotate(wanted_by=Count("voices", filter=confirmed))


class LearningRequest(models.Model):
    """`suits` lists `SuitableTime` values. `department` is the section that has taken it
    up; `course` is begun from it, and public with the answer 「講座になりました」 only.
    `answer` are the section's own words. Nothing here names a person."""

    title = models.CharField(_("学びたいこと"), max_length=80)
    detail = models.TextField(_("くわしく"), max_length=1000, blank=True)
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("テーマ"),
    )
    audience = models.ForeignKey(
        Audience,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("だれのため"),
    )
    area = models.CharField(_("地区"), max_length=40, blank=True)
    people = models.PositiveSmallIntegerField(
        _("いっしょに学ぶ人数"), null=True, blank=True
    )
    suits = models.JSONField(_("都合のよいとき"), default=list, blank=True)
    group = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    state = models.CharField(
        _("状況"), max_length=12, choices=RequestState, default=RequestState.RECEIVED
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("検討する課"),
    )
    course = models.ForeignKey(
        Course, on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    run = models.ForeignKey(
        CourseRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    answer = models.TextField(_("市からの答え"), max_length=600, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    form_key = models.UUIDField(unique=True, default=uuid4, editable=False)
    asked_at = models.DateTimeField(_("受付日時"))

    objects = LearningRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("学びたい")
        verbose_name_plural = _("学びたい")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values),
                name="learning_paths_request_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.NOT_POSSIBLE, RequestState.DECLINED])
                | ~Q(answer=""),
                name="learning_paths_request_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.MERGED, merged_into__isnull=False)
                | ~Q(state=RequestState.MERGED) & Q(merged_into=None),
                name="learning_paths_request_merged_into_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning_request", args=[self.pk])


class LearningVoice(models.Model):
    """わたしも: one person who wants it. Counted in public, never named. It goes with the
    account, and when its owner says so. Whoever has no internet has a name and telephone.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    request = models.ForeignKey(
        LearningRequest, on_delete=models.CASCADE, related_name="voices"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="learning_voices",
    )
    email = models.EmailField(_("メールアドレス"), blank=True)
    name = models.CharField(_("お名前"), max_length=80, blank=True)
    phone = models.CharField(_("電話番号"), max_length=20, blank=True)
    channel = models.CharField(
        _("受付方法"), max_length=20, choices=Channel, default=Channel.WEB
    )
    language = models.CharField(max_length=10, default="ja")
    began_it = models.BooleanField(_("はじめに書いた人"), default=False)
    asked_at = models.DateTimeField(_("受付日時"))
    confirmed_at = models.DateTimeField(_("確認日時"), null=True)

    class Meta:
        verbose_name = _("わたしも")
        verbose_name_plural = _("わたしも")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "email"],
                condition=~Q(email=""),
                name="learning_paths_voice_once_an_address",
            ),
            models.UniqueConstraint(
                fields=["request", "user"], name="learning_paths_voice_once_an_account"
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="learning_paths_voice_can_be_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.pk}"


class RequestMove(StateTrace):
    """The trace of a request's state; an answer given again is a line of its own."""

    request = models.ForeignKey(
        LearningRequest, on_delete=models.CASCADE, related_name="moves"
    )
    from_state = models.CharField(max_length=12, choices=RequestState, blank=True)
    to_state = models.CharField(max_length=12, choices=RequestState)
    why = models.TextField(_("答え"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("学びたいの経過")
        verbose_name_plural = _("学びたいの経過")
        ordering = ["pk"]
