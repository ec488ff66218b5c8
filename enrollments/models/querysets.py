"""The trade's words for asking which applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from enrollments.enums import ApplicationState as State

if TYPE_CHECKING:
    from enrollments.models import Application  # noqa: F401

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

    def holding_a_seat(self) -> ApplicationQuerySet:
        return self.filter(state__in=HOLDING)

    def waiting(self) -> ApplicationQuerySet:
        return self.filter(state=State.WAITING).order_by("received_at", "tie")
