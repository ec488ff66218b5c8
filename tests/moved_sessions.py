"""Sessions at another time or place, as the run's form changes them."""

from dataclasses import replace
from datetime import datetime

from accounts.models import User
from courses.domain.session_plans import plan_of
from courses.domain.sessions import edit_session
from courses.models import Room, Session, Venue


def move_session(
    *, session: Session, starts_at: datetime, ends_at: datetime, by: User, at: datetime
) -> Session:
    """Another time at the same place. Raises as edit_session."""
    plan = replace(plan_of(session), starts_at=starts_at, ends_at=ends_at)
    return edit_session(session=session, plan=plan, by=by, at=at)


def change_place(
    *, session: Session, venue: Venue | None, room: Room | None, by: User, at: datetime
) -> Session:
    """Another place at the same time; no venue means the run's. Raises as edit_session."""
    plan = replace(plan_of(session), venue=venue, room=room)
    return edit_session(session=session, plan=plan, by=by, at=at)
