"""What everybody may see of a run's draws, and when: the list at once, the secret and the
result only when they are announced."""

import json
from typing import Any

from courses.models import CourseRun
from enrollments.enums import DrawState
from enrollments.models import Draw

FORMAT = "manabiba-draws-1"


def public_document(run: CourseRun) -> dict[str, Any]:
    """All draws of a run, also those whose list was taken back."""
    draws = run.draws.order_by("round", "frozen_at", "pk")
    return {
        "format": FORMAT,
        "run": run.code,
        "draws": [published(draw) for draw in draws],
    }


def published(draw: Draw) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "round": draw.round,
        "state": draw.state,
        "record": json.loads(draw.record),
        "fingerprint": draw.fingerprint,
    }
    if draw.state == DrawState.TAKEN_BACK:
        facts["taken_back_why"] = draw.taken_back_why
    if draw.state == DrawState.ANNOUNCED:
        facts |= {
            "secret": draw.secret,
            "public_value": draw.public_value,
            "result": json.loads(draw.result),
        }
    return facts
