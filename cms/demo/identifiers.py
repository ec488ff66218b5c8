"""Identifiers that come out the same every time the city is built."""

from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from courses.models.session import UID_DOMAIN

CITY = uuid5(NAMESPACE_URL, "https://manabiba.example/demo/midorino")


def identifier(*parts: object) -> UUID:
    return uuid5(CITY, "/".join(str(part) for part in parts))


def session_uid(run_code: str, number: int) -> str:
    return f"session-{identifier('session', run_code, number)}@{UID_DOMAIN}"


def dice(*parts: object) -> Random:
    """A source of chance of its own for each purpose: what one part of the city
    draws never changes what another part gets."""
    return Random(str(identifier("dice", *parts)))  # noqa: S311
