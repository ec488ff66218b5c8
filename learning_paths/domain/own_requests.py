"""What the city knows of a person by their wishes and requests, for them to take along.
Voices go with the account; requests for lectures lose its contacts in their time."""

from typing import Any

from accounts.models import User
from learning_paths.domain.wanted.reading import voices_of
from learning_paths.models import OutreachRequest

SAID = (
    "people",
    "purpose",
    "group_name",
    "contact_name",
    "phone",
    "email",
    "place",
    "address",
    "equipment",
    "message",
)


def data_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """In plain values, by the words of the models."""
    return {
        "learning_requests": [
            {
                "title": voice.request.title,
                "began_it": voice.began_it,
                "asked_at": voice.asked_at.isoformat(),
                "email": voice.email,
                "state": voice.request.state,
            }
            for voice in voices_of(user)
        ],
        "outreach_requests": [
            _outreach(one)
            for one in OutreachRequest.objects.filter(user=user).prefetch_related(
                "dates", "entry__course"
            )
        ],
    }


def _outreach(request: OutreachRequest) -> dict[str, Any]:
    return {
        "number": request.number,
        "course": request.entry.course.title,
        "state": request.state,
        "asked_at": request.asked_at.isoformat(),
        "dates": [one.starts_at.isoformat() for one in request.dates.all()],
        **{name: getattr(request, name) for name in SAID},
    }
