"""ひな形: what a new course of a kind begins with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from courses.enums import CourseKind


class CourseTemplate(models.Model):
    """`values` are those of the fields of the form for a new course, by name; dates are
    never among them. A template without a section is everybody's."""

    name = models.CharField(_("ひな形の名前"), max_length=80)
    kind = models.CharField(_("種別"), max_length=20, choices=CourseKind)
    department = models.ForeignKey(
        Department,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="course_templates",
        verbose_name=_("担当課"),
    )
    values = models.JSONField(_("内容"), default=dict)
    sort_order = models.PositiveSmallIntegerField(_("順番"), default=0)

    class Meta:
        verbose_name = _("講座のひな形")
        verbose_name_plural = _("講座のひな形")
        ordering = ["sort_order", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=CourseKind.values),
                name="courses_coursetemplate_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.name
