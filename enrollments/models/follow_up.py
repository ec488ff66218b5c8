"""6か月後のアンケート: whether, when and with which survey a run is asked about again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun
from enrollments.models.survey import Survey


class FollowUp(models.Model):
    """Where there is none, both sides of a joint session are asked six months after its
    last session. `due_on` none: that day. `survey` is made and sent once."""

    run = models.OneToOneField(
        CourseRun, on_delete=models.PROTECT, related_name="follow_up"
    )
    is_wanted = models.BooleanField(_("6か月後にたずねる"), default=True)
    due_on = models.DateField(_("たずねる日"), null=True, blank=True)
    survey = models.OneToOneField(
        Survey,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="follow_up",
        verbose_name=_("アンケート"),
    )
    asked_at = models.DateTimeField(_("たずねた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("6か月後のアンケート")
        verbose_name_plural = _("6か月後のアンケート")

    def __str__(self) -> str:
        return str(self.run)
