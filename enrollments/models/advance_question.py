"""事前の質問: what participants want to be talked about, sent before the day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.trace import StateTrace
from courses.models import CourseRun
from enrollments.enums import QuestionState, SurveyAudience
from enrollments.models.application import Application

SIDES = (SurveyAudience.CITIZENS, SurveyAudience.STAFF)


class QuestionCall(models.Model):
    """That a run collects questions, until when, and what it asks for."""

    run = models.OneToOneField(
        CourseRun, on_delete=models.CASCADE, related_name="question_call"
    )
    closes_at = models.DateTimeField(_("受付の締切"))
    prompt = models.CharField(_("聞きたいこと"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("作成日時"))

    class Meta:
        verbose_name = _("事前の質問の受付")
        verbose_name_plural = _("事前の質問の受付")

    def __str__(self) -> str:
        return str(self.run)


class AdvanceQuestion(models.Model):
    """`application` lets its senders find it again and goes with it; officers are shown
    the `side` only. Without one, staff wrote down what they were told. `text` is as it
    was sent, `public_words` as the section puts it for everybody."""

    call = models.ForeignKey(
        QuestionCall, on_delete=models.CASCADE, related_name="questions"
    )
    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="advance_questions",
    )
    side = models.CharField(_("立場"), max_length=10, choices=SurveyAudience)
    text = models.TextField(_("質問・話したいこと"), max_length=400, blank=True)
    topic = models.CharField(_("話題"), max_length=40, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    public_words = models.CharField(_("公開する言葉"), max_length=300, blank=True)
    state = models.CharField(
        _("状態"),
        max_length=10,
        choices=QuestionState,
        default=QuestionState.RECEIVED,
    )
    sent_at = models.DateTimeField(_("届いた日時"))

    class Meta:
        verbose_name = _("事前の質問")
        verbose_name_plural = _("事前の質問")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=QuestionState.values, side__in=SIDES),
                name="enrollments_advancequestion_words_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.PUBLISHED) | ~Q(public_words=""),
                name="enrollments_advancequestion_public_in_words",
            ),
            models.CheckConstraint(
                condition=Q(state=QuestionState.WITHDRAWN, text="", public_words="")
                | (~Q(state=QuestionState.WITHDRAWN) & ~Q(text="")),
                name="enrollments_advancequestion_withdrawn_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(state=QuestionState.MERGED, merged_into__isnull=False)
                | (~Q(state=QuestionState.MERGED) & Q(merged_into=None)),
                name="enrollments_advancequestion_merged_into_one",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")),
                name="enrollments_advancequestion_not_into_itself",
            ),
            models.UniqueConstraint(
                fields=["application", "text"],
                condition=~Q(state=QuestionState.WITHDRAWN),
                name="enrollments_advancequestion_sent_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class QuestionMove(StateTrace):
    """The trace. `by` is empty where somebody came by a secret link."""

    question = models.ForeignKey(
        AdvanceQuestion, on_delete=models.CASCADE, related_name="moves"
    )
    from_state = models.CharField(max_length=10, choices=QuestionState)
    to_state = models.CharField(max_length=10, choices=QuestionState)
    why = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("事前の質問の記録")
        verbose_name_plural = _("事前の質問の記録")
        ordering = ["at", "pk"]
