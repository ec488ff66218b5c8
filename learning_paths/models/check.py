"""自己診断: questions whose answers speak for stages; a version that was published stays
as it was, so that an old result still explains itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Stage
from courses.models.localised import in_english
from learning_paths.models.activity import Activity
from learning_paths.models.group import Group


class StageCheck(models.Model):
    """The newest published one is in force; one without a moment is still a draft."""

    number = models.PositiveSmallIntegerField(_("版"), unique=True)
    intro = models.TextField(_("はじめの言葉"), blank=True, max_length=600)
    intro_en = models.TextField(_("はじめの言葉（英語）"), blank=True, max_length=600)
    made_at = models.DateTimeField(_("作成日時"))
    published_at = models.DateTimeField(_("公開日時"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("ステージの自己診断")
        verbose_name_plural = _("ステージの自己診断")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(_("第%(number)s版") % {"number": self.number})

    @property
    def introduction(self) -> str:
        return (in_english() and self.intro_en) or self.intro


class Worded(models.Model):
    """A sentence in Japanese, with an English one where the city wrote it."""

    position = models.PositiveSmallIntegerField(_("順番"))
    text = models.CharField(_("文"), max_length=160)
    text_en = models.CharField(_("文（英語）"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return (in_english() and self.text_en) or self.text


class CheckQuestion(Worded):
    check_version = models.ForeignKey(
        StageCheck, on_delete=models.CASCADE, related_name="questions"
    )

    class Meta:
        verbose_name = _("質問")
        verbose_name_plural = _("質問")
        ordering = ["check_version", "position"]


class CheckAnswer(Worded):
    question = models.ForeignKey(
        CheckQuestion, on_delete=models.CASCADE, related_name="answers"
    )

    class Meta:
        verbose_name = _("答え")
        verbose_name_plural = _("答え")
        ordering = ["question", "position"]


class AnswerWeight(models.Model):
    """How strongly an answer speaks for a stage, from 1 to 9."""

    answer = models.ForeignKey(
        CheckAnswer, on_delete=models.CASCADE, related_name="weights"
    )
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(_("強さ"))

    class Meta:
        verbose_name = _("答えの強さ")
        verbose_name_plural = _("答えの強さ")
        ordering = ["answer", "stage__sort_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "stage"], name="learning_paths_answerweight_once"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=9),
                name="learning_paths_answerweight_from_1_to_9",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.stage_id} {self.weight}"


class CheckResult(models.Model):
    """What an organiser chose to record: the answers given, and the stage suggested."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="check_results")
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, related_name="check_results"
    )
    check_version = models.ForeignKey(
        StageCheck, on_delete=models.PROTECT, related_name="results"
    )
    answers = models.ManyToManyField(CheckAnswer, related_name="+")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("記録日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("自己診断の結果")
        verbose_name_plural = _("自己診断の結果")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.group} {self.stage}"
