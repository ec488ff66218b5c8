"""入り方: how staff or groups come to their own places, where it differs from residents."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import PoolKind
from courses.models.run import CourseRun

# Residents apply in the window of the run itself, which every public page shows.
OTHER_AUDIENCES = (PoolKind.STAFF, PoolKind.GROUPS)


class WayIn(models.Model):
    """One audience of a run besides the residents. A moment that is none is the run's.

    It stands apart from `SeatPool`, whose rows change with every application: what is
    said here is kept with the other facts of the run.
    """

    run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="ways_in")
    kind = models.CharField(_("枠"), max_length=12, choices=PoolKind)
    opens_at = models.DateTimeField(_("受付開始"), null=True, blank=True)
    closes_at = models.DateTimeField(_("受付締切"), null=True, blank=True)

    takes_own = models.BooleanField(_("本人の申込みを受け付ける"), default=True)
    needs_approval = models.BooleanField(
        _("本人の申込みは、所属する課の課長が承認する"), default=False
    )
    takes_nominations = models.BooleanField(_("課の推薦を受け付ける"), default=False)

    class Meta:
        verbose_name = _("枠の受付")
        verbose_name_plural = _("枠の受付")
        ordering = ["run", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind"], name="courses_wayin_once_per_audience"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OTHER_AUDIENCES), name="courses_wayin_not_residents"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="courses_wayin_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(kind=PoolKind.STAFF)
                | Q(takes_own=True, needs_approval=False, takes_nominations=False),
                name="courses_wayin_sections_send_staff",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.get_kind_display()}"
