"""The trade's words for asking which applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from enrollments.enums import ApplicationState as State

if TYPE_CHECKING:
    from courses.models import SeatPool
    from enrollments.models import Application

HOLDING = frozenset({State.ACCEPTED, State.OFFERED})
LIVE = HOLDING | {
    State.RECEIVED,
    State.AWAITING_APPROVAL,
    State.AWAITING_DRAW,
    State.AWAITING_SCREENING,
    State.WAITING,
}

IN_LINE = (models.F("place_in_line").asc(nulls_last=True), "received_at", "tie")


class ApplicationQuerySet(models.QuerySet["Application"]):
    def live(self) -> ApplicationQuerySet:
        """Still in the running: neither ended by the person nor by the organiser."""
        return self.filter(state__in=LIVE)

    def waiting(self) -> ApplicationQuerySet:
        """In line: those with a place in it first, then by receipt."""
        return self.filter(state=State.WAITING).order_by(*IN_LINE)

    def waiting_in(self, pool: SeatPool) -> ApplicationQuerySet:
        """In line for the places of this pool. The run is named as well, because its
        index leads to those who wait without looking at those who have a place."""
        return self.filter(run=pool.run_id, pool=pool.pk).waiting()

    def in_front_of(self, application: Application) -> ApplicationQuerySet:
        """Before this one in line; within one second of receipt the tie decides."""
        place = application.place_in_line
        earlier = models.Q(received_at__lt=application.received_at)
        same = models.Q(received_at=application.received_at, tie__lt=application.tie)
        by_receipt = models.Q(place_in_line=place) & (earlier | same)
        if place is None:
            return self.filter(models.Q(place_in_line__isnull=False) | by_receipt)
        return self.filter(models.Q(place_in_line__lt=place) | by_receipt)
