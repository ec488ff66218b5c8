"""What an officer should know of a run's places: rooms too small for it, and sessions
when the venue is closed. Notices only: the officer may know better."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from courses.domain.clashes import when_words
from courses.domain.opening import opening_notices
from courses.domain.rooms import too_small
from courses.enums import CapacityUnit, PoolKind
from courses.models import ClosingDay, CourseRun, Session


def places_in_rooms(run: CourseRun) -> int | None:
    """How many people the run lets into its room; not known for parties."""
    if run.capacity_unit != CapacityUnit.PERSONS:
        return None
    pools = [pool for pool in run.pools.all() if pool.kind != PoolKind.ONLINE]
    known = [pool.capacity for pool in pools if pool.capacity is not None]
    return sum(known) if known and len(known) == len(pools) else None


def notices_for(run: CourseRun, sessions: Iterable[Session], *, at: datetime) -> list[str]:
    """One sentence each, for sessions to come; they come with venue and room."""
    closings = list(ClosingDay.objects.all())
    capacity = places_in_rooms(run)
    found: list[str] = []
    for session in sessions:
        if not session.is_held or session.ends_at <= at:
            continue
        room = session.room
        if room and too_small(room, capacity):
            words = _("%(room)sは%(size)d人までの部屋です。定員は%(capacity)d人です。")
            size = {"room": room, "size": room.capacity, "capacity": capacity}
            found.append(words % size)
        reasons = opening_notices(
            session.starts_at,
            session.ends_at,
            is_all_day=session.is_all_day,
            venue=room.venue if room else session.venue or run.venue,
            closings=closings,
        )
        when = when_words(session, at=at)
        words = _("第%(number)d回（%(when)s）は、%(reason)sです。")
        found += [
            words % {"number": session.number, "when": when, "reason": reason}
            for reason in reasons
        ]
    return list(dict.fromkeys(found))
