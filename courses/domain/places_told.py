"""A session that is held elsewhere than was announced says so (会場変更) until it is over:
the place first announced is kept in words, and going back to it undoes that.

To name a room in the building that was announced is no change; nor is a first place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from courses.domain.feeds import once_shown
from courses.domain.wording import ONLINE
from courses.enums import Delivery
from courses.models import Session
from courses.models.querysets import SessionQuerySet


@dataclass(frozen=True)
class Place:
    """Where a session is held: the building and the room by their keys, and in words."""

    venue: int | None
    room: int | None
    words: str


def place_of(session: Session) -> Place:
    """The room's building, else the session's own, else the run's."""
    if session.run.delivery == Delivery.ONLINE:
        return Place(None, None, ONLINE)
    room = session.room
    own = room.venue_id if room else session.venue_id
    return Place(own or session.run.venue_id, session.room_id, session.place)


@contextmanager
def places_told(sessions: SessionQuerySet, *, at: datetime) -> Iterator[None]:
    """Around an act, in its transaction and inside of `revised`: of these sessions, those
    that people know of and that are not over."""
    before = {one.pk: place_of(one) for one in _with_place(once_shown(sessions), at)}
    yield
    changed = []
    for session in _with_place(Session.objects.filter(pk__in=list(before)), at):
        former = former_place_of(session, before[session.pk])
        if former != session.former_place:
            session.former_place = former
            changed.append(session)
    Session.objects.bulk_update(changed, ["former_place"])


def former_place_of(session: Session, was: Place) -> str:
    """What the session is to call its former place, now that it was at `was` before."""
    now = place_of(session)
    if now.words == session.former_place:
        return ""
    if session.former_place or not was.words or now == was:
        return session.former_place
    only_a_room = now.venue is not None and now.venue == was.venue and was.room is None
    return "" if only_a_room else was.words


def _with_place(sessions: SessionQuerySet, at: datetime) -> SessionQuerySet:
    wanted = Session.objects.filter(pk__in=sessions.values("pk")).upcoming(at)
    return wanted.select_related("run__venue", "venue", "room__venue")
