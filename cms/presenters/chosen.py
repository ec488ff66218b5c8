"""The chips of what was chosen, and what to loosen where nothing fits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from courses.domain.catalogue import CatalogueFilter
from courses.domain.facets import FACETS
from courses.domain.finding import Found, find
from courses.domain.wording import day_words
from courses.enums import CourseKind, Delivery, Fee, TimeOfDay
from courses.forms.catalogue import CatalogueForm
from courses.forms.facet_labels import facet_label
from courses.models.localised import in_english

DAYS = ("from", "to")


@dataclass(frozen=True)
class Chosen:
    """A chosen filter and the address without it."""

    label: str
    query: str


@dataclass(frozen=True)
class Looser:
    """A condition, and how many courses there were without it."""

    label: str
    query: str
    count: int


def chosen_filters(form: CatalogueForm, shown: Mapping[str, str]) -> list[Chosen]:
    """Chips that can be taken off one by one; `shown` stays in the address."""
    return [
        Chosen(label, form.query(without=(facet,), value=value, **shown))
        for facet, value, label in _named(form)
    ]


def joined(chips: Iterable[Chosen]) -> str:
    """What was chosen as one name, empty where nothing was."""
    return "・".join(chip.label for chip in chips)


def _named(form: CatalogueForm) -> Iterable[tuple[str, str, str]]:
    words = _words(form)
    for facet, values in form.chosen.items():
        for value in values:
            yield facet, value, words[facet](value)


def _words(form: CatalogueForm) -> Mapping[str, Callable[[str], str]]:
    """What is said of a value, by facet."""
    names = {
        **{("stage", term.key): term.label for term in form.all_stages},
        **{("theme", term.key): term.label for term in form.all_themes},
        **{("audience", term.key): term.label for term in form.all_audiences},
        **{("venue", venue.code): venue.name for venue in form.all_venues},
    }

    def known(facet: str) -> Callable[[str], str]:
        return lambda value: names[facet, value]

    def itself(facet: str) -> Callable[[str], str]:
        return lambda value: facet_label(facet)

    return {
        "q": lambda text: _("「%(text)s」") % {"text": text},
        **{facet: known(facet) for facet in ("stage", "theme", "audience", "venue")},
        "kind": lambda value: str(CourseKind(value).label),
        "from": lambda day: _("%(day)sから") % {"day": _day(day)},
        "to": lambda day: _("%(day)sまで") % {"day": _day(day)},
        "weekday": lambda value: str(WEEKDAYS[int(value) - 1]),
        "time": lambda value: str(TimeOfDay(value).label),
        "area": lambda value: value,
        "fee": lambda value: str(Fee(value).label),
        "delivery": lambda value: str(Delivery(value).label),
        **{facet: itself(facet) for facet in ("childcare", "sign", "open")},
    }


def _day(written: str) -> str:
    day = date.fromisoformat(written)
    return day_words(day, today=timezone.localdate(), english=in_english())


def looser(
    form: CatalogueForm,
    chosen: CatalogueFilter,
    found: Found,
    shown: Mapping[str, str],
    *,
    at: datetime,
) -> list[Looser]:
    """Which single condition to drop, the one that brings most first. Asked only where
    nothing was found."""
    counts = {facet: len(courses) for facet, courses in found.without.items()}
    if form.text and form.query(without=("q",)):
        counts["q"] = len(find(replace(chosen, text_matches=None), at=at).runs)
    if form.first_day or form.last_day:
        anyday = replace(chosen, first_day=None, last_day=None)
        counts["days"] = len(find(anyday, at=at).runs)
    as_shown = ["q", "days", *FACETS]
    return [
        Looser(_condition(form, facet), _query_without(form, facet, shown), counts[facet])
        for facet in sorted(counts, key=lambda one: (-counts[one], as_shown.index(one)))
        if counts[facet]
    ]


def _query_without(form: CatalogueForm, facet: str, shown: Mapping[str, str]) -> str:
    return form.query(without=DAYS if facet == "days" else (facet,), **shown)


def _condition(form: CatalogueForm, facet: str) -> str:
    """The facet by its values, as the chips have them: 地区「北」."""
    names = DAYS if facet == "days" else (facet,)
    values = [label for name, _value, label in _named(form) if name in names]
    if facet in ("q", "open", "childcare", "sign"):
        return values[0]
    words = {"facet": facet_label(facet), "values": "・".join(values)}
    return _("%(facet)s（%(values)s）") % words
