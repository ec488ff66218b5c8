"""Everybody in a party is somebody else."""

from collections.abc import Iterable
from datetime import date

from accounts.domain.contact import kana_key
from enrollments.domain.refusals import SamePersonTwice
from enrollments.domain.requests import PersonName


def require_different_people(people: Iterable[PersonName]) -> None:
    """Many who apply with others write themselves down among them too, and would take a
    place from somebody. Raises: SamePersonTwice."""
    seen: set[tuple[str, str, date | None]] = set()
    for one in people:
        person = (f"{one.family}{one.given}", kana_key(one.kana), one.birth_date)
        if person in seen or (*person[:2], None) in seen:
            raise SamePersonTwice
        seen.add(person)
