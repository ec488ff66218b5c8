"""What the page of an application says of coming: the code for the door, the number on
the wall while it counts, absences to tell, and how one is marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.models import Session
from enrollments.domain.absences import absences_told
from enrollments.domain.door_numbers import is_near
from enrollments.domain.own_record import own_record
from enrollments.enums import ApplicationState
from enrollments.models import Application, DoorKey


@dataclass(frozen=True)
class OwnSession:
    """`is_now`: the wall's number would be taken. `absent` are participants' rows."""

    session: Session
    is_now: bool
    is_coming: bool
    absent: frozenset[int]


def attendance_of(
    application: Application, sessions: Iterable[Session], *, at: datetime, marked: bool
) -> dict[str, Any]:
    """In two queries at most, however many sessions; `marked` where there is a mark."""
    record = own_record([application]) if marked else []
    if application.state != ApplicationState.ACCEPTED:
        return {"record": record}
    told = absences_told(record)
    held = [one for one in sessions if one.is_held]
    shown = _numbers_shown(held, at)
    lines = [
        OwnSession(
            session=one,
            is_now=one.pk in shown,
            is_coming=at < one.starts_at,
            absent=frozenset(told.get(one.pk, ())),
        )
        for one in held
    ]
    return {
        "record": record,
        "own_sessions": lines,
        "absences": any(line.is_coming for line in lines),
        "shows_door_codes": any(line.session.ends_at > at for line in lines),
    }


def _numbers_shown(sessions: Iterable[Session], at: datetime) -> set[int]:
    """Of those near enough; far from any session nothing is asked."""
    near = [one.pk for one in sessions if is_near(one, at=at)]
    if not near:
        return set()
    keys = DoorKey.objects.filter(session__in=near, closed_at=None)
    return set(keys.values_list("session", flat=True))
