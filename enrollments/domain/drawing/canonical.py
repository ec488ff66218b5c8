"""A record has one form only: JSON with sorted keys, without spaces, in UTF-8, so that
whoever writes the same facts gets the same fingerprint."""

import hashlib
import json
from typing import Any


def canonical(facts: dict[str, Any]) -> str:
    """Facts are texts, whole numbers, truth values, nothing, lists and objects only."""
    return json.dumps(
        facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def fingerprint_of(record: str) -> str:
    """SHA-256 of the record's bytes, in hex."""
    return hashlib.sha256(record.encode()).hexdigest()


def commitment_to(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()


def seed_of(*, secret: str, public_value: str, fingerprint: str) -> bytes:
    """The order depends on all three: the officer does not choose the secret, nobody
    knows the public value when the list is frozen, and another list is another draw.
    The secret and the fingerprint are hex of 64 digits, so the text has one reading."""
    text = f"{secret}\n{public_value}\n{fingerprint}"
    return hashlib.sha256(text.encode()).digest()
