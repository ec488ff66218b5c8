"""What somebody answered who was asked when applying."""

from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.enums import QuestionKind
from courses.models import RunQuestion
from enrollments.models.application import Application


class Answer(models.Model):
    """What somebody answered to a question of the run, as text (dates as YYYY-MM-DD,
    several choices one a line)."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(
        RunQuestion, on_delete=models.PROTECT, related_name="answers"
    )
    value = models.TextField(_("答え"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("質問の答え")
        verbose_name_plural = _("質問の答え")
        ordering = ["question__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="enrollments_answer_once"
            )
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def in_words(self) -> str:
        """A date as people write it; anything else as it was typed."""
        if self.question.kind != QuestionKind.DATE:
            return self.value
        try:
            day = date.fromisoformat(self.value)
        except ValueError:
            return self.value
        parts = {"year": day.year, "month": day.month, "day": day.day}
        return gettext("%(year)s年%(month)s月%(day)s日") % parts
