"""The catalogue's query string, read forgivingly: what is not understood is left out
and named, and nothing in it can make the page fail."""

import unicodedata
from collections.abc import Iterable
from datetime import date

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from courses.domain.catalogue import CatalogueFilter, below
from courses.enums import CourseKind
from courses.models import Stage, Theme

TEXT_LIMIT = 100
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 12, 31)


class CatalogueForm:
    """Reads `stage theme kind from to open q`; `problems` are sentences for the reader.

    `all_stages` and `all_themes` are kept: whoever shows the choices needs them again.
    """

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.problems: list[str] = []
        self.text = self._text()
        self.all_stages = list(Stage.objects.all())
        self.all_themes = list(Theme.objects.all())
        self.stages = self._known("stage", (stage.key for stage in self.all_stages))
        self.themes = self._known("theme", (theme.key for theme in self.all_themes))
        self.kinds = self._known("kind", CourseKind.values)
        self.first_day = self._day("from")
        self.last_day = self._day("to")
        self.open_only = data.get("open") in ("1", "on", "true")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            self.first_day, self.last_day = self.last_day, self.first_day
            self._say(_("期間の前後を入れ替えてさがしました。"))

    @property
    def is_narrowed(self) -> bool:
        chosen = (self.stages, self.themes, self.kinds, self.first_day, self.last_day)
        return bool(self.text or self.open_only or any(chosen))

    def filter(self, text_matches: Iterable[int] | None = None) -> CatalogueFilter:
        """The chosen facets; the caller looks `text` up and passes what was found."""
        return CatalogueFilter(
            stages=self.stages,
            themes=tuple(below(self.all_themes, self.themes)),
            kinds=self.kinds,
            first_day=self.first_day,
            last_day=self.last_day,
            open_only=self.open_only,
            text_matches=None if text_matches is None else tuple(text_matches),
        )

    def _text(self) -> str:
        typed = self.data.get("q", "").replace("\x00", " ")
        return " ".join(unicodedata.normalize("NFC", typed).split())[:TEXT_LIMIT]

    def _known(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        allowed = set(allowed)
        asked = [value for value in self.data.getlist(name) if value]
        if any(value not in allowed for value in asked):
            self._say(_("見つからない条件があったため、除いてさがしました。"))
        return tuple(dict.fromkeys(value for value in asked if value in allowed))

    def _day(self, name: str) -> date | None:
        typed = unicodedata.normalize("NFKC", self.data.get(name, "")).strip()
        if not typed:
            return None
        try:
            day = parse_date(typed.replace("/", "-"))
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= LATEST:
            self._say(
                _("日付の条件を除いてさがしました。2026-12-05 のように入力してください。")
            )
            return None
        return day

    def _say(self, problem: str) -> None:
        """Each sentence once, however often it applies."""
        if problem not in self.problems:
            self.problems.append(problem)
