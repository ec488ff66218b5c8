"""The trade's words for asking which applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from enrollments.enums import ApplicationState as State

if TYPE_CHECKING:
    from enrollments.models import Application

HOLDING = frozenset({State.ACCEPTED, State.OFFERED})
LIVE = HOLDING | {
    State.RECEIVED,
    State.AWAITING_DRAW,
    State.AWAITING_SCREENING,
    State.WAITING,
}


class ApplicationQuerySet(models.QuerySet["Application"]):
    def live(self) -> ApplicationQuerySet:
        """Still in the running: neither ended by the person nor by the organiser."""
        return self.filter(state__in=LIVE)

    def waiting(self) -> ApplicationQuerySet:
        return self.filter(state=State.WAITING).order_by("received_at", "tie")

    def in_front_of(self, application: Application) -> ApplicationQuerySet:
        """Received earlier; within one second the tie decides."""
        earlier = models.Q(received_at__lt=application.received_at)
        same = models.Q(received_at=application.received_at, tie__lt=application.tie)
        return self.filter(earlier | same)
