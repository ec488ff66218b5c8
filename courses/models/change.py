"""変更の記録: who changed which facts of a course, when, from what to what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import ChangedThing
from courses.models.course import Course
from courses.models.run import CourseRun
from courses.models.session import Session


class ChangeRecord(models.Model):
    """`fields` is a list of `[column, before, after]`, each in words fit for a screen;
    empty where the act says it all. A record outlives what it speaks of: `subject`
    keeps its name."""

    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="change_records"
    )
    run = models.ForeignKey(
        CourseRun, on_delete=models.SET_NULL, null=True, related_name="change_records"
    )
    session = models.ForeignKey(
        Session, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    thing = models.CharField(_("何を"), max_length=10, choices=ChangedThing)
    subject = models.CharField(_("対象"), max_length=200)
    act = models.CharField(_("したこと"), max_length=30)
    fields = models.JSONField(_("変わった項目"), default=list)
    at = models.DateTimeField(_("日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("した人"),
    )

    class Meta:
        verbose_name = _("変更の記録")
        verbose_name_plural = _("変更の記録")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["course", "-at"], name="courses_change_course_at")]

    def __str__(self) -> str:
        return f"{self.subject} {self.act}"
