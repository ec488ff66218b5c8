"""The trade's words for asking which courses, runs and sessions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from courses.enums import RunState, SelectionMode, SessionState

if TYPE_CHECKING:
    from courses.models import Course, CourseRun, Session, Venue  # noqa: F401

HELD = (SessionState.SCHEDULED, SessionState.MOVED)
CALLED_OFF = (RunState.CANCELLED, RunState.POSTPONED)


class CourseQuerySet(models.QuerySet["Course"]):
    def public(self) -> CourseQuerySet:
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def once_public(self) -> CourseQuerySet:
        return self.filter(published_at__isnull=False)


class CourseRunQuerySet(models.QuerySet["CourseRun"]):
    def announced(self) -> CourseRunQuerySet:
        return self.exclude(state=RunState.PLANNED)

    def public(self) -> CourseRunQuerySet:
        return self.announced().filter(
            course__published_at__isnull=False, course__withdrawn_at__isnull=True
        )

    def open_for_application(self, at: datetime) -> CourseRunQuerySet:
        """Runs inside their application window, full or not."""
        return self.filter(
            Q(applications_open_at__isnull=True) | Q(applications_open_at__lte=at),
            applications_close_at__gt=at,
            state=RunState.ANNOUNCED,
        ).exclude(selection_mode=SelectionMode.OPEN)


class SessionQuerySet(models.QuerySet["Session"]):
    def public(self) -> SessionQuerySet:
        return self.filter(
            run__course__published_at__isnull=False,
            run__course__withdrawn_at__isnull=True,
        ).exclude(run__state=RunState.PLANNED)

    def upcoming(self, at: datetime) -> SessionQuerySet:
        return self.filter(ends_at__gt=at)

    def held(self) -> SessionQuerySet:
        return self.filter(state__in=HELD)

    def taking_place(self) -> SessionQuerySet:
        """Held, in a run that is not called off: these take their room and people."""
        return self.held().exclude(run__state__in=CALLED_OFF)

    def at_venue(self, venue: Venue) -> SessionQuerySet:
        """What is held there: a session's own place goes before its run's."""
        by_run = Q(room=None, venue=None, run__venue=venue)
        return self.filter(Q(room__venue=venue) | Q(room=None, venue=venue) | by_run)
