"""What the door's script and the server tell each other: marks one way, how everybody
stands the other way."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from courses.models import Session
from enrollments.domain.attendance import Mark
from enrollments.domain.device_marks import receive_marks
from enrollments.domain.door import door_list
from enrollments.domain.mark_clashes import clashes_shown
from enrollments.domain.refusals import SessionNotHeld
from enrollments.enums import AttendanceStatus, MarkSource
from enrollments.views.door.frame import at_the_door

MOST_AT_ONCE = 500
SOURCES = (MarkSource.DOOR, MarkSource.SCAN)


@require_http_methods(["GET", "POST"])
@at_the_door
def door_marks(request: HttpRequest, session: Session) -> HttpResponse:
    """POST: `{"sent_at", "marks": [{"key", "person", "status", "seen", "source", "at"}]}`.
    Answers how everybody stands, and of each mark what became of it; or why none is taken,
    and whether none ever will be, unless the session is held after all."""
    now = timezone.now()
    results: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            sent_at, marks = _read(request.body, now)
        except (ValueError, TypeError, KeyError, AttributeError):
            return JsonResponse({"malformed": True}, status=400)
        try:
            taken = receive_marks(
                session=session, marks=marks, sent_at=sent_at, by=request.user, at=now
            )
        except Refusal as refusal:
            never = isinstance(refusal, SessionNotHeld)
            said = {"refusal": str(refusal.sentence), "never": never}
            return JsonResponse(said, status=409)
        results = [
            {"key": str(one.key), "outcome": one.row.outcome if one.row else "unknown"}
            for one in taken
        ]
    return JsonResponse({"results": results, **_standing(request, session, now)})


def _standing(request: HttpRequest, session: Session, now: datetime) -> dict[str, Any]:
    """No names: rows and marks only. The token is for after a new sign-in."""
    people = door_list(session)
    return {
        "marks": {row.person.pk: row.status for row in people.rows},
        "clashes": len(clashes_shown(session)),
        "at": now.timestamp(),
        "token": get_token(request),
    }


def _read(body: bytes, now: datetime) -> tuple[datetime, list[Mark]]:
    """Raises: ValueError, TypeError, KeyError, AttributeError for anything else than
    what the script sends."""
    sent = json.loads(body)
    marks = sent["marks"]
    if len(marks) > MOST_AT_ONCE:
        raise ValueError
    return _moment(sent["sent_at"], now), [_mark(one, now) for one in marks]


def _mark(sent: dict[str, Any], now: datetime) -> Mark:
    status, seen = sent["status"], sent["seen"]
    source = MarkSource(sent["source"])
    if source not in SOURCES:
        raise ValueError
    return Mark(
        participant=int(sent["person"]),
        status=AttendanceStatus(status) if status else "",
        seen=AttendanceStatus(seen) if seen else "",
        source=source,
        marked_at=_moment(sent["at"], now),
        key=UUID(sent["key"]),
    )


def _moment(text: str, now: datetime) -> datetime:
    """A clock that cannot be read counts as now."""
    found = parse_datetime(text)
    return found if found and timezone.is_aware(found) else now
