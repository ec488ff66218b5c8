"""Sentences about one row, collected while it is read."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.domain.event_facts import Problem
from courses.exchange.event_list.cleaning import fit
from courses.exchange.event_list.limits import limit_of
from courses.exchange.event_list.reading import Row


@dataclass
class Doubts:
    """Collects the sentences about one row."""

    row: Row
    found: list[Problem] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.found.append(Problem(self.row.file, self.row.number, text))

    def fit(self, text: str, limit: str, heading: str) -> str:
        shorter, was_cut = fit(text, limit_of(limit))
        if was_cut:
            words = _("「%(heading)s」が長いため、%(limit)d文字で切りました。")
            self.note(words % {"heading": heading, "limit": limit_of(limit)})
        return shorter
