"""The body of a demo page as a StreamField stores it, the same at every building."""

import json

from cms.demo.identifiers import identifier
from cms.plain_prose import blocks_of


def body_json(text: str, *, key: str) -> str:
    """What a StreamField stores; block ids follow from `key` and the position."""
    return json.dumps(
        [
            {"type": kind, "value": value, "id": str(identifier("block", key, position))}
            for position, (kind, value) in enumerate(blocks_of(text))
        ]
    )
