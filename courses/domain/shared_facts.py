"""A section, venue, room, stage or theme shows in the calendars of many sessions: whoever
changes or removes one revises those whose events say something else afterwards."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from django.db.models import Model

from accounts.domain import around_changes
from accounts.models import Department
from courses.domain.revision import revised
from courses.models import Room, Session, Stage, Theme, Venue
from courses.models.querysets import SessionQuerySet


def revise_what_names(row: Model, at: datetime) -> AbstractContextManager[None]:
    """To be put around the change of a row of one of the plain lists."""
    sessions = _sessions_naming(row)
    return nullcontext() if sessions is None else revised(sessions, at=at)


def put_around_changes() -> None:
    around_changes.register(revise_what_names)


def _sessions_naming(row: Model) -> SessionQuerySet | None:
    sessions = Session.objects.all()
    if isinstance(row, Venue):
        return sessions.at_venue(row)
    if isinstance(row, Room):
        return sessions.filter(room=row)
    if isinstance(row, Department):
        return sessions.filter(run__course__department=row)
    if isinstance(row, Stage):
        return sessions.filter(run__course__stages=row)
    if isinstance(row, Theme):
        return sessions.filter(run__course__themes=row)
    return None
