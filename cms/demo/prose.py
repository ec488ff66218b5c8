"""The body of a demo page as a StreamField stores it, the same at every building."""

import json
from typing import Any

from cms.demo.identifiers import identifier
from cms.demo.reading import read
from cms.plain_prose import blocks_of
from courses.models import Course, Instructor


def body_json(text: str, *, key: str) -> str:
    """What a StreamField stores; block ids follow from `key` and the position."""
    return json.dumps(
        [
            {
                "type": kind,
                "value": _with_keys(kind, value),
                "id": str(identifier("block", key, position)),
            }
            for position, (kind, value) in enumerate(blocks_of(text))
        ]
    )


def _with_keys(kind: str, value: Any) -> Any:
    """Courses and instructors by their keys, in the place of the names of the content."""
    if kind == "apply":
        return {**value, "course": Course.objects.get(slug=value["course"]).pk}
    if kind == "people":
        people = {
            one["code"]: Instructor.objects.get(
                family_name=one["name"][0], given_name=one["name"][1]
            ).pk
            for one in read("instructors")["instructor"]
            if one["code"] in value["people"]
        }
        return {"people": [people[code] for code in value["people"]]}
    return value
