"""The catalogue's query string, read forgivingly: what is not understood is left out
and named, and nothing in it can make the page fail."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Literal

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from courses.domain.catalogue import CatalogueFilter, below
from courses.domain.taxonomy import read_taxonomy
from courses.enums import CatalogueOrder, CourseKind, Delivery, Fee, TimeOfDay
from courses.forms.facet_labels import facet_label
from courses.models import Venue

TEXT_LIMIT = 100
NAMED_LIMIT = 20  # signs of a value that is said back
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 12, 31)
WEEKDAYS = tuple("1234567")
VIEWS = ("list", "month", "week", "agenda")
YES = ("1", "on", "true")
PLACE = ("code", "name", "area", "latitude", "longitude")


class CatalogueForm:
    """Reads everything that may be asked of the catalogue; `problems` are sentences for
    the reader.

    All stages, themes, audiences and venues are kept: whoever shows the choices needs
    them again.
    """

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.problems: list[str] = []
        self.text = self._text()
        words = read_taxonomy()
        self.all_stages, self.all_themes = words.stages, words.themes
        self.all_audiences = words.audiences
        self.all_venues = list(Venue.objects.only(*PLACE))
        self.all_areas = sorted({venue.area for venue in self.all_venues if venue.area})
        self._read_facets()
        self._read_days()
        self.sort = self._one("sort", CatalogueOrder.values)
        self.near = self._one("near", self.all_areas)
        self.view = self._one("view", VIEWS) or "list"
        self.month = _tidy(data.get("month", ""))[:NAMED_LIMIT]
        self.week = _tidy(data.get("week", ""))[:NAMED_LIMIT]
        self.page = _tidy(data.get("page", ""))[:NAMED_LIMIT]

    def _read_facets(self) -> None:
        self.stages = self._known("stage", (stage.key for stage in self.all_stages))
        self.themes = self._known("theme", (theme.key for theme in self.all_themes))
        self.kinds = self._known("kind", CourseKind.values)
        self.audiences = self._known("audience", (one.key for one in self.all_audiences))
        self.weekdays = self._known("weekday", WEEKDAYS)
        self.times = self._known("time", TimeOfDay.values)
        self.areas = self._known("area", self.all_areas)
        self.venues = self._known("venue", (venue.code for venue in self.all_venues))
        self.fees = self._known("fee", Fee.values)
        self.deliveries = self._known("delivery", Delivery.values)
        self.childcare = self._yes("childcare")
        self.sign = self._yes("sign")
        self.open_only = self._yes("open")

    def _read_days(self) -> None:
        self.first_day = self._day("from")
        self.last_day = self._day("to")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            self.first_day, self.last_day = self.last_day, self.first_day
            self.say(_("期間の前後を入れ替えてさがしました。"))

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """By facet what was chosen and understood, as it is written in an address."""
        yes = ("1",)
        return {
            "q": (self.text,) if self.text else (),
            "stage": self.stages,
            "theme": self.themes,
            "kind": self.kinds,
            "audience": self.audiences,
            "from": (self.first_day.isoformat(),) if self.first_day else (),
            "to": (self.last_day.isoformat(),) if self.last_day else (),
            "weekday": self.weekdays,
            "time": self.times,
            "area": self.areas,
            "venue": self.venues,
            "fee": self.fees,
            "delivery": self.deliveries,
            "childcare": yes if self.childcare else (),
            "sign": yes if self.sign else (),
            "open": yes if self.open_only else (),
        }

    def query(
        self, *, without: tuple[str, ...] = (), value: str | None = None, **shown: str
    ) -> str:
        """One address for one search, however it was typed, less some facets or one
        `value` of a facet. `shown` is how it is shown, which feeds do without."""
        query = QueryDict(mutable=True)
        for name, values in self.chosen.items():
            left_out = values if value is None else (value,)
            kept = [one for one in values if name not in without or one not in left_out]
            if kept:
                query.setlist(name, kept)
        query.update({name: value for name, value in shown.items() if value})
        return query.urlencode()

    def filter(self, text_matches: Iterable[int] | None = None) -> CatalogueFilter:
        """The chosen facets; the caller looks `text` up and passes what was found."""
        return CatalogueFilter(
            stages=self.stages,
            themes=tuple(below(self.all_themes, self.themes)),
            kinds=self.kinds,
            audiences=self.audiences,
            first_day=self.first_day,
            last_day=self.last_day,
            weekdays=tuple(map(int, self.weekdays)),
            times=self.times,
            areas=self.areas,
            venues=self.venues,
            fees=self.fees,
            deliveries=self.deliveries,
            childcare=self.childcare,
            sign=self.sign,
            open_only=self.open_only,
            text_matches=None if text_matches is None else tuple(text_matches),
        )

    def say(self, problem: str) -> None:
        """Each sentence once, however often it applies."""
        if problem not in self.problems:
            self.problems.append(problem)

    def _text(self) -> str:
        return _tidy(self.data.get("q", ""), form="NFC")[:TEXT_LIMIT].strip()

    def _known(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        found, unknown = self._sorted_out(name, set(allowed))
        if unknown:
            self._say_unknown(name, unknown[0])
        return tuple(dict.fromkeys(found))

    def _one(self, name: str, allowed: Iterable[str]) -> str:
        """The first value that is understood, of what can be chosen only once."""
        return next(iter(self._known(name, allowed)), "")

    def _sorted_out(self, name: str, allowed: set[str]) -> tuple[list[str], list[str]]:
        """As typed, else with widths and spaces evened out."""
        found: list[str] = []
        unknown: list[str] = []
        for typed in self.data.getlist(name):
            tidy = _tidy(typed)
            value = typed if typed in allowed else tidy
            if value:
                (found if value in allowed else unknown).append(value)
        return found, unknown

    def _say_unknown(self, name: str, value: str) -> None:
        words = {"facet": facet_label(name), "value": value[:NAMED_LIMIT]}
        self.say(
            _("%(facet)s「%(value)s」は見つからないため、除いてさがしました。") % words
        )

    def _yes(self, name: str) -> bool:
        typed = _tidy(self.data.get(name, ""))
        if typed and typed not in (*YES, "0"):
            self._say_unknown(name, typed)
        return typed in YES

    def _day(self, name: str) -> date | None:
        typed = _tidy(self.data.get(name, ""))
        if not typed:
            return None
        try:
            day = parse_date(typed.replace("/", "-"))
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= LATEST:
            self.say(
                _("日付の条件を除いてさがしました。2026-12-05 のように入力してください。")
            )
            return None
        return day


def _tidy(typed: str, *, form: Literal["NFC", "NFKC"] = "NFKC") -> str:
    """Without control signs and with single spaces; long enough for any value."""
    printable = "".join(" " if _is_control(sign) else sign for sign in typed[:1000])
    return " ".join(unicodedata.normalize(form, printable).split())


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs")
