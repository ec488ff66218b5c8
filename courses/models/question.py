"""What a run asks of those who apply besides who they are."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.enums import QuestionKind
from courses.models.run import CourseRun


class RunQuestion(models.Model):
    """`options` has one choice a line. A question that was answered is not deleted but
    ended (`is_asked` false), so that the answers keep their meaning."""

    run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("順番"), default=1)
    kind = models.CharField(_("答えかた"), max_length=10, choices=QuestionKind)
    label = models.CharField(_("質問"), max_length=120)
    label_en = models.CharField(_("質問（英語）"), max_length=200, blank=True)
    why = models.CharField(_("たずねる理由"), max_length=120, blank=True)
    options = models.TextField(_("選択肢"), blank=True)
    is_required = models.BooleanField(_("必須"), default=False)
    is_asked = models.BooleanField(_("たずねる"), default=True)

    class Meta:
        verbose_name = _("質問")
        verbose_name_plural = _("質問")
        ordering = ["run", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values),
                name="courses_runquestion_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.label
