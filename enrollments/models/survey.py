"""アンケート: what is asked, who was asked, and what was answered without saying by whom.

A ticket proves that somebody may answer and is used up by answering; an answer sheet has
no key of the ticket, no time of day and a random key, so the two cannot be joined.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from courses.models import CourseRun, Session
from enrollments.enums import AnswerKind, SurveyAudience
from enrollments.models.application import Participant


class SurveyTemplate(models.Model):
    """Questions to begin from: of a `kind` of occasion, of a section or of everybody."""

    name = models.CharField(_("ひな形の名前"), max_length=60)
    department = models.ForeignKey(
        Department,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("担当課"),
    )
    for_joint_sessions = models.BooleanField(_("市民と職員の合同の回に使う"), default=False)
    after_each_session = models.BooleanField(_("回ごとに使う"), default=False)
    intro = models.TextField(_("はじめの文"), blank=True)

    class Meta:
        verbose_name = _("アンケートのひな形")
        verbose_name_plural = _("アンケートのひな形")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Survey(models.Model):
    """Of a run, or of one `session` of it. `named` ones say by whom an answer is, and say
    so before anything is answered; that cannot be changed once somebody has answered."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="surveys")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="surveys"
    )
    title = models.CharField(_("題名"), max_length=120)
    intro = models.TextField(_("はじめの文"), blank=True)
    audience = models.CharField(
        _("答える人"),
        max_length=10,
        choices=SurveyAudience,
        default=SurveyAudience.EVERYBODY,
    )
    named = models.BooleanField(_("記名"), default=False)
    opens_at = models.DateTimeField(_("始まり"), null=True, blank=True)
    closes_at = models.DateTimeField(_("締切"), null=True, blank=True)
    asked_at = models.DateTimeField(_("お願いを送った日時"), null=True, blank=True)
    created_at = models.DateTimeField(_("作成日時"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("アンケート")
        verbose_name_plural = _("アンケート")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None)
                | Q(closes_at=None)
                | Q(closes_at__gt=models.F("opens_at")),
                name="enrollments_survey_open_before_closed",
                violation_error_message=_("締切は始まりより後にしてください。"),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=SurveyAudience.values),
                name="enrollments_survey_audience_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyQuestion(models.Model):
    """Of a survey or of a template. `key` is the same for the same question in every
    survey, so that runs can be compared. `options` are lines of text, in order."""

    survey = models.ForeignKey(
        Survey, on_delete=models.CASCADE, null=True, related_name="questions"
    )
    template = models.ForeignKey(
        SurveyTemplate, on_delete=models.CASCADE, null=True, related_name="questions"
    )
    position = models.PositiveSmallIntegerField(_("順番"))
    key = models.SlugField(max_length=40)
    kind = models.CharField(_("答え方"), max_length=10, choices=AnswerKind)
    label = models.CharField(_("質問"), max_length=200)
    label_en = models.CharField(_("質問（英語）"), max_length=240, blank=True)
    help_text = models.CharField(_("補足"), max_length=200, blank=True)
    options = models.JSONField(_("選択肢"), default=list, blank=True)
    required = models.BooleanField(_("必須"), default=False)

    class Meta:
        verbose_name = _("アンケートの質問")
        verbose_name_plural = _("アンケートの質問")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(survey=None, template__isnull=False)
                | Q(survey__isnull=False, template=None),
                name="enrollments_surveyquestion_has_one_home",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AnswerKind.values),
                name="enrollments_surveyquestion_kind_known",
            ),
            models.UniqueConstraint(
                fields=["survey", "key"], name="enrollments_surveyquestion_once"
            ),
            models.UniqueConstraint(
                fields=["template", "key"],
                name="enrollments_surveyquestion_once_in_template",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SurveyTicket(models.Model):
    """Somebody's right to answer once. `digest` is the SHA-256 of a 256-bit token; when
    it was used is not kept, only that it was."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="tickets")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    is_used = models.BooleanField(_("回答済み"), default=False)

    class Meta:
        verbose_name = _("アンケートの回答券")
        verbose_name_plural = _("アンケートの回答券")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "participant"], name="enrollments_surveyticket_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}"


class AnswerSheet(models.Model):
    """One person's answers. `participant` is known only where the survey is named."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="sheets")
    side = models.CharField(_("立場"), max_length=10, choices=SurveyAudience)
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_on = models.DateField(_("回答日"))
    on_paper = models.BooleanField(_("紙の回答"), default=False)

    class Meta:
        verbose_name = _("回答")
        verbose_name_plural = _("回答")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=SurveyAudience.values),
                name="enrollments_answersheet_side_known",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SurveyAnswer(models.Model):
    """`chosen` are the texts of the options that were ticked."""

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        SurveyQuestion, on_delete=models.PROTECT, related_name="answers"
    )
    chosen = models.JSONField(_("選んだもの"), default=list, blank=True)
    number = models.DecimalField(
        _("数"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    text = models.TextField(_("自由記述"), blank=True)

    class Meta:
        verbose_name = _("アンケートの答え")
        verbose_name_plural = _("アンケートの答え")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "question"], name="enrollments_surveyanswer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.question_id}"
