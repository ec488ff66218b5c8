"""What citizens and staff bring to a joint session, and what they found together."""

import json
from datetime import datetime
from typing import Any

from cms.demo.identifiers import identifier
from cms.demo.reading import read
from courses.models import Session

MOST_FINDINGS = 2


def joint_prose(slug: str, *, at: datetime) -> dict[str, Any]:
    """The fields that a joint session's page has beside those of a course."""
    entry = next((one for one in read("joint")["joint"] if one["slug"] == slug), None)
    if entry is None:
        return {}
    return {
        "why": entry["why"].strip(),
        "citizens_bring": "\n".join(entry["citizens"]),
        "staff_bring": "\n".join(entry["staff"]),
        "questions": "\n".join(entry["questions"]),
        "findings": _findings(slug, entry.get("findings", []), at),
    }


def _findings(slug: str, told: list[dict[str, Any]], at: datetime) -> str:
    """What was found in the latest sessions; nothing where none was held yet."""
    held = Session.objects.held().filter(run__course__slug=slug, ends_at__lte=at)
    latest = held.order_by("-starts_at")[:MOST_FINDINGS]
    return json.dumps(
        [
            {
                "type": "finding",
                "id": str(identifier("finding", slug, position)),
                "value": {
                    "held_on": session.starts_at.astimezone(at.tzinfo).date().isoformat(),
                    "topic": session.title,
                    "issues": finding["issues"],
                    "next_steps": [
                        dict(zip(("what", "who", "when"), step, strict=True))
                        for step in finding["next"]
                    ],
                },
            }
            for position, (session, finding) in enumerate(zip(latest, told, strict=False))
        ]
    )
