"""A room is never in two sessions at once; sessions called off leave it free."""

from collections.abc import Iterable
from datetime import datetime

from courses.domain.refusals import RoomTaken
from courses.enums import RunState
from courses.models import Room, Session

CALLED_OFF = (RunState.CANCELLED, RunState.POSTPONED)


def lock_rooms(rooms: Iterable[Room | None]) -> None:
    """All rooms of a plan at once and in one order: two officers who want the same
    rooms wait for each other, instead of each holding what the other needs."""
    wanted = {room.pk for room in rooms if room is not None}
    locked = Room.objects.select_for_update(no_key=True).filter(pk__in=wanted)
    list(locked.order_by("pk"))


def require_free_room(
    room: Room | None, starts_at: datetime, ends_at: datetime, but: Session | None = None
) -> None:
    """Locks the room's row until the transaction ends, after the caller locked the run.

    Raises: RoomTaken. `but` is the session that moves and does not block itself.
    """
    if room is None:
        return
    Room.objects.select_for_update(no_key=True).get(pk=room.pk)
    others = Session.objects.held().filter(
        room=room, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exclude(run__state__in=CALLED_OFF).exists():
        raise RoomTaken
