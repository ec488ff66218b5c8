"""The catalogue's choices with their counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise

from courses.domain.facets import YES
from courses.domain.taxonomy import Term
from courses.enums import CourseKind, Delivery, Fee, TimeOfDay
from courses.forms.catalogue import CatalogueForm
from courses.forms.facet_labels import facet_label

ByChoice = Mapping[tuple[str, str], set[int]]
Named = Iterable[tuple[str, str | Promise]]
# Told by a word each, so there is nothing to choose among.
SINGLE = ("open", "childcare", "sign")
# Folded until asked for: these grow with the city, or few people need them.
FOLDED = ("venue", "theme", "kind", "audience", "delivery")
SHORT = ("weekday", "time", "fee")


@dataclass(frozen=True)
class Choice:
    """`anchor` names the choice in the page: safe in an id, the same in each answer."""

    facet: str
    value: str
    label: str
    count: int
    chosen: bool
    anchor: str
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """`is_open`: seen without unfolding. `in_row`: few and short, side by side."""

    name: str
    label: str
    choices: list[Choice]
    is_open: bool
    in_row: bool


def facets(form: CatalogueForm, found: ByChoice) -> dict[str, Facet]:
    """Each facet's choices, counted as if nothing were chosen in that facet."""
    venues = ((venue.code, venue.name) for venue in form.all_venues)
    choices = {
        "weekday": _choices("weekday", _weekdays(), form, found),
        "time": _choices("time", TimeOfDay.choices, form, found),
        "area": _choices("area", ((area, area) for area in form.all_areas), form, found),
        "venue": _choices("venue", venues, form, found),
        "stage": _choices("stage", _labels(form.all_stages), form, found),
        "theme": _themes(form, found),
        "kind": _choices("kind", CourseKind.choices, form, found),
        "audience": _choices("audience", _labels(form.all_audiences), form, found),
        "fee": _choices("fee", Fee.choices, form, found),
        "delivery": _choices("delivery", Delivery.choices, form, found),
    }
    return {name: _facet(name, row) for name, row in choices.items()}


def single_choices(form: CatalogueForm, found: ByChoice) -> list[Choice]:
    return [
        choice
        for facet in SINGLE
        for choice in _choices(facet, ((YES, facet_label(facet)),), form, found)
    ]


def _facet(name: str, choices: list[Choice]) -> Facet:
    return Facet(
        name=name,
        label=facet_label(name),
        choices=choices,
        is_open=name not in FOLDED or any(choice.chosen for choice in choices),
        in_row=name in SHORT,
    )


def _choices(
    facet: str, named: Named, form: CatalogueForm, found: ByChoice
) -> list[Choice]:
    chosen = form.chosen[facet]
    return [
        Choice(
            facet,
            value,
            str(label),
            len(found.get((facet, value), ())),
            value in chosen,
            f"{facet}-{number}",
        )
        for number, (value, label) in enumerate(named)
    ]


def _labels(terms: Iterable[Term]) -> Named:
    return ((term.key, term.label) for term in terms)


def _weekdays() -> Named:
    """From Monday on, as people speak of a week that ends with the weekend."""
    return ((str(number + 1), name) for number, name in WEEKDAYS.items())


def _themes(form: CatalogueForm, found: ByChoice) -> list[Choice]:
    """The tree, parents before children; a parent counts what is below it, once each."""
    children: dict[int | None, list[Term]] = defaultdict(list)
    for theme in form.all_themes:
        children[theme.parent_id].append(theme)

    def below(theme: Term) -> set[int]:
        parts = (below(child) for child in children[theme.pk])
        return set(found.get(("theme", str(theme.pk)), ())).union(*parts)

    def walk(parent: int | None, depth: int) -> Iterable[Choice]:
        for theme in children[parent]:
            count, chosen = len(below(theme)), theme.key in form.themes
            anchor = f"theme-{theme.pk}"
            yield Choice("theme", theme.key, theme.label, count, chosen, anchor, depth)
            yield from walk(theme.pk, depth + 1)

    return list(walk(None, 0))
