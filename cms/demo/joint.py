"""What citizens and staff bring to a joint session."""

from typing import Any

from cms.demo.reading import read


def joint_prose(slug: str) -> dict[str, Any]:
    """The fields that a joint session's page has beside those of a course."""
    entry = next((one for one in read("joint")["joint"] if one["slug"] == slug), None)
    if entry is None:
        return {}
    return {
        "why": entry["why"].strip(),
        "citizens_bring": "\n".join(entry["citizens"]),
        "staff_bring": "\n".join(entry["staff"]),
        "questions": "\n".join(entry["questions"]),
    }
