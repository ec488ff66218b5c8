"""Rooms and instructors that are in two sessions at once all the same: entered before
the database refused it, or while its guards were lifted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from courses.models import Session, SessionInstructor


@dataclass(frozen=True)
class Use:
    """Of a room or an instructor (`thing`, called `name`) by a session."""

    thing: int
    name: str
    session: int
    starts_at: datetime
    ends_at: datetime


def double_bookings() -> list[str]:
    """One line per pair; two queries, whatever the number of sessions."""
    return [
        *(
            f"部屋 {one.name}: 回 {one.session} と回 {other.session} が同じ時間"
            for one, other in overlaps(_of_rooms())
        ),
        *(
            f"講師 {one.thing}: 回 {one.session} と回 {other.session} が同じ時間"
            for one, other in overlaps(_of_instructors())
        ),
    ]


def overlaps(uses: Iterable[Use]) -> Iterator[tuple[Use, Use]]:
    """Pairs that share a moment; the uses come by thing and beginning."""
    open_uses: list[Use] = []
    for use in uses:
        open_uses = [
            other
            for other in open_uses
            if other.thing == use.thing and other.ends_at > use.starts_at
        ]
        yield from ((other, use) for other in open_uses)
        open_uses.append(use)


def _of_rooms() -> Iterator[Use]:
    rows = (
        Session.objects.taking_place()
        .filter(room__isnull=False)
        .order_by("room", "starts_at", "pk")
        .values_list("room", "room__name", "pk", "starts_at", "ends_at")
    )
    return (Use(*row) for row in rows.iterator())


def _of_instructors() -> Iterator[Use]:
    """By number: the list goes to a log, names do not."""
    rows = (
        SessionInstructor.objects.filter(
            override_reason="", session__in=Session.objects.taking_place()
        )
        .order_by("instructor", "session__starts_at", "session")
        .values_list("instructor", "session", "session__starts_at", "session__ends_at")
    )
    return (Use(row[0], "", *row[1:]) for row in rows.iterator())
