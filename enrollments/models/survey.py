"""アンケート: what is asked, who was asked, and what was answered without saying by whom.

A ticket proves that somebody may answer and is used up by answering; an answer sheet has
no key of the ticket, no time and a random key, so the two cannot be joined (ADR 30).
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from courses.models import CourseRun, Session
from courses.models.localised import in_english
from enrollments.enums import SheetOrigin, SurveyAudience, SurveyOccasion
from enrollments.models.application import Participant


class SurveyWords(models.Model):
    """What is said before the questions, with an English counterpart."""

    title = models.CharField(_("題名"), max_length=120)
    title_en = models.CharField(_("題名（英語）"), max_length=160, blank=True)
    intro = models.TextField(_("はじめの文"), blank=True, max_length=1000)
    intro_en = models.TextField(_("はじめの文（英語）"), blank=True, max_length=1500)

    class Meta:
        abstract = True

    @property
    def heading(self) -> str:
        """The title in the reader's language, in Japanese where there is no other."""
        return (in_english() and self.title_en) or self.title

    @property
    def opening(self) -> str:
        return (in_english() and self.intro_en) or self.intro


class SurveyTemplate(SurveyWords):
    """Questions to begin from: of everybody, or of one section. `questions` are those of
    `enrollments.domain.surveys.questions`, in order."""

    name = models.CharField(_("ひな形の名前"), max_length=60)
    department = models.ForeignKey(
        Department,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("担当課"),
    )
    occasion = models.CharField(
        _("使うとき"),
        max_length=10,
        choices=SurveyOccasion,
        default=SurveyOccasion.RUN,
    )
    questions = models.JSONField(_("質問"), default=list)

    class Meta:
        verbose_name = _("アンケートのひな形")
        verbose_name_plural = _("アンケートのひな形")
        ordering = ["department", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion__in=SurveyOccasion.values),
                name="enrollments_surveytemplate_occasion_known",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Survey(SurveyWords):
    """Of a run, or of one `session` of it. `named` ones say by whom an answer is, and say
    so before anything is answered. Neither that nor the `questions` (see
    `enrollments.domain.surveys.questions`) change once somebody has answered.

    `room_code` is the short address for the room; without one only those who were asked
    by mail can answer. Once `settled_at` is set nothing is added any more, and other
    sections may see the numbers. `for_public`: whoever answers is told that the results
    are for everybody; from `published_at` they are, with the `published_texts`, each a
    question's key and what was written, which say nothing of their sheets.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="surveys")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="surveys"
    )
    questions = models.JSONField(_("質問"), default=list)
    audience = models.CharField(
        _("答える人"),
        max_length=10,
        choices=SurveyAudience,
        default=SurveyAudience.EVERYBODY,
    )
    named = models.BooleanField(_("記名"), default=False)
    room_code = models.CharField(
        max_length=8, unique=True, null=True, blank=True, editable=False
    )
    opens_at = models.DateTimeField(_("始まり"), null=True, blank=True)
    closes_at = models.DateTimeField(_("締切"), null=True, blank=True)
    ask_at = models.DateTimeField(_("お願いを送る日時"), null=True, blank=True)
    asked_at = models.DateTimeField(_("お願いを送った日時"), null=True, blank=True)
    remind_at = models.DateTimeField(_("もう一度お願いする日時"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("もう一度お願いした日時"), null=True, blank=True)
    settled_at = models.DateTimeField(_("集計を確定した日時"), null=True, blank=True)
    for_public = models.BooleanField(_("結果を公表する"), default=False)
    published_at = models.DateTimeField(_("結果を公表した日時"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_texts = models.JSONField(_("公表する自由記述"), default=list)
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
                | Q(closes_at__gt=F("opens_at")),
                name="enrollments_survey_open_before_closed",
                violation_error_message=_("締切は始まりより後にしてください。"),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=SurveyAudience.values),
                name="enrollments_survey_audience_known",
            ),
            models.CheckConstraint(
                condition=Q(named=False) | Q(room_code=None),
                name="enrollments_survey_named_has_no_room",
            ),
            models.CheckConstraint(
                condition=Q(named=False) | Q(for_public=False),
                name="enrollments_survey_named_stays_inside",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | Q(for_public=True, settled_at__isnull=False),
                name="enrollments_survey_public_once_settled",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyTicket(models.Model):
    """Somebody's right to answer once. `digest` is the SHA-256 of a 256-bit token, and
    `second_digest` that of the link in the reminder; when it was used is not kept, only
    that it was. Without a participant it stands for a form that was sent from the room
    or typed in from paper, so that it counts once."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="tickets")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    second_digest = models.CharField(  # noqa: DJ001 (unique, but for those without)
        max_length=64, unique=True, null=True, editable=False
    )
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
    """One person's answers: `answers` by the keys of the questions. `participant` is
    known only where the survey is named."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="sheets")
    side = models.CharField(_("立場"), max_length=10, choices=SurveyAudience)
    origin = models.CharField(
        _("答え方"), max_length=10, choices=SheetOrigin, default=SheetOrigin.MAIL
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answers = models.JSONField(_("答え"), default=dict)

    class Meta:
        verbose_name = _("回答")
        verbose_name_plural = _("回答")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=SurveyAudience.values)
                & Q(origin__in=SheetOrigin.values),
                name="enrollments_answersheet_words_known",
            ),
            models.UniqueConstraint(
                fields=["survey", "participant"], name="enrollments_answersheet_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
