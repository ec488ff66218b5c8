"""A room is never in two sessions at once; sessions called off leave it free."""

from collections.abc import Iterable
from datetime import datetime

from courses.domain.clashes import in_the_way, room_taken
from courses.models import Room, Session


def lock_rooms(rooms: Iterable[Room | None]) -> None:
    """All rooms of a plan at once and in one order: two officers who want the same
    rooms wait for each other, instead of each holding what the other needs."""
    wanted = {room.pk for room in rooms if room is not None}
    if wanted:
        locked = Room.objects.select_for_update(no_key=True).filter(pk__in=wanted)
        list(locked.order_by("pk"))


def require_free_room(
    room: Room | None,
    starts_at: datetime,
    ends_at: datetime,
    *,
    at: datetime,
    but: Session | None = None,
) -> None:
    """Locks the room's row until the transaction ends, after the caller locked the run.

    Raises: RoomTaken. `but` is the session that moves and does not block itself.
    """
    if room is None:
        return
    lock_rooms([room])
    others = in_the_way(starts_at, ends_at, but).filter(room=room)
    clash = others.select_related("run__course").first()
    if clash is not None:
        raise room_taken(room, clash, at=at)


def too_small(room: Room | None, capacity: int | None) -> bool:
    """Whether more people are invited than the room holds; not known is not too small."""
    if room is None or room.capacity is None or capacity is None:
        return False
    return capacity > room.capacity
