"""枠: the places set aside in a run, or in one session of it that is chosen by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import PoolKind
from courses.models.run import CourseRun
from courses.models.session import Session


class SeatPool(models.Model):
    """A number of places; `seats_taken` is held by accepted and offered applications.

    The check constraint is the last guard against overselling: the update that
    takes the last seat twice is refused by the database. `capacity` none means
    that no number was set. `session` is set where people choose one session of the run
    (`CourseRun.chooses_session`).
    """

    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="pools")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="pools"
    )
    kind = models.CharField(
        _("枠"), max_length=12, choices=PoolKind, default=PoolKind.GENERAL
    )
    capacity = models.PositiveIntegerField(_("定員"), null=True, blank=True)
    seats_taken = models.PositiveIntegerField(_("決定済み"), default=0, editable=False)

    class Meta:
        verbose_name = _("枠")
        verbose_name_plural = _("枠")
        ordering = ["run", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind"],
                condition=models.Q(session=None),
                name="courses_seatpool_kind_unique_in_run",
            ),
            models.UniqueConstraint(
                fields=["session", "kind"],
                condition=models.Q(session__isnull=False),
                name="courses_seatpool_kind_unique_in_session",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True)
                | models.Q(seats_taken__lte=models.F("capacity")),
                name="courses_seatpool_never_oversold",
                violation_error_message=_(
                    "すでに決まっている人数より定員を小さくすることはできません。"
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=PoolKind.values),
                name="courses_seatpool_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.get_kind_display()}"

    @property
    def seats_left(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.seats_taken
