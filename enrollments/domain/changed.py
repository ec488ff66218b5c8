"""What happened to sessions, as a message tells it and as the outbox keeps it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from courses.models import Session


@dataclass(frozen=True)
class Changed:
    """What happened to a session as somebody sees it: `former` is the start that they
    knew (none: it is new), `makes_up` the number of the session it stands in for,
    `reinstated` whether it is held after all."""

    session: Session
    former: datetime | None
    makes_up: int | None = None
    reinstated: bool = False


def as_json(changes: Iterable[Changed]) -> dict[str, Any]:
    return {
        str(change.session.pk): {
            "former": change.former.isoformat() if change.former else None,
            "makes_up": change.makes_up,
            "reinstated": change.reinstated,
        }
        for change in changes
    }


def from_json(changes: Mapping[str, Any], sessions: Mapping[str, Session]) -> list[Changed]:
    return [
        Changed(
            sessions[pk],
            parse_datetime(each["former"]) if each["former"] else None,
            each["makes_up"],
            each.get("reinstated", False),
        )
        for pk, each in changes.items()
        if pk in sessions
    ]
