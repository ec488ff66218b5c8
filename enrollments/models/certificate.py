"""修了証: a numbered register. A certificate is replaced or revoked, never changed."""

from secrets import choice

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRun
from enrollments.enums import MilestoneSpan
from enrollments.models.application import DOOR_SIGNS, Participant
from enrollments.models.attendance import Completion


def new_verification_code() -> str:
    """The public address under which a certificate is verified; some 78 bits."""
    return "".join(choice(DOOR_SIGNS) for _sign in range(16))


class Certificate(models.Model):
    """What was printed is kept as it was printed. `serial` counts within `fiscal_year`;
    `replaces` is the one that this was issued again for."""

    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("番号"))
    code = models.CharField(
        max_length=16, unique=True, default=new_verification_code, editable=False
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="certificates"
    )
    completion = models.ForeignKey(
        Completion,
        on_delete=models.SET_NULL,
        null=True,
        related_name="certificates",
    )
    run = models.ForeignKey(
        CourseRun, on_delete=models.PROTECT, related_name="certificates"
    )
    holder = models.CharField(_("氏名"), max_length=130)
    course_title = models.CharField(_("講座名"), max_length=240)
    completed_on = models.DateField(_("修了日"))
    sessions_attended = models.PositiveSmallIntegerField(_("出席回数"), default=0)
    sessions_held = models.PositiveSmallIntegerField(_("開催回数"), default=0)
    issued_on = models.DateField(_("発行日"))
    issued_at = models.DateTimeField(_("発行日時"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    revoked_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revoked_why = models.CharField(_("取り消しの理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("修了証")
        verbose_name_plural = _("修了証")
        ordering = ["-fiscal_year", "-serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "serial"],
                name="enrollments_certificate_number_unique",
            ),
            models.UniqueConstraint(
                fields=["participant", "run"],
                condition=Q(revoked_at=None),
                name="enrollments_certificate_one_valid",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_why="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_why="")),
                name="enrollments_certificate_revoked_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.fiscal_year}-{self.serial:05}"


class Milestone(models.Model):
    """節目: so many sessions attended, in a fiscal year or ever."""

    name = models.CharField(_("名前"), max_length=60)
    name_en = models.CharField(_("名前（英語）"), max_length=80, blank=True)
    span = models.CharField(_("数え方"), max_length=12, choices=MilestoneSpan)
    sessions = models.PositiveSmallIntegerField(_("出席回数"))

    class Meta:
        verbose_name = _("学びの節目")
        verbose_name_plural = _("学びの節目")
        ordering = ["span", "sessions"]
        constraints = [
            models.UniqueConstraint(
                fields=["span", "sessions"], name="enrollments_milestone_once"
            ),
            models.CheckConstraint(
                condition=Q(span__in=MilestoneSpan.values) & Q(sessions__gte=1),
                name="enrollments_milestone_plausible",
            ),
        ]

    def __str__(self) -> str:
        return self.name
