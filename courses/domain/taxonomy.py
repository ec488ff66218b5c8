"""The city's own words for sorting courses: stages, themes and audiences, in one query,
as they stand behind every catalogue page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from courses.models import Audience, Stage, Theme
from courses.models.localised import in_english


@dataclass(frozen=True)
class Term:
    """One stage, theme or audience. `parent_id` is that of a theme below another."""

    kind: str
    pk: int
    key: str
    name: str
    name_en: str
    parent_id: int | None
    branch: str
    sort_order: int

    @property
    def label(self) -> str:
        """The name in the reader's language, in Japanese where there is no other."""
        return (in_english() and self.name_en) or self.name


@dataclass(frozen=True)
class Taxonomy:
    """Each in the city's order."""

    stages: list[Term]
    themes: list[Term]
    audiences: list[Term]


def read_taxonomy() -> Taxonomy:
    themes = _rows(Theme.objects.all(), "theme", parent="parent_id", branch="branch")
    rows = themes.union(
        _rows(Stage.objects.all(), "stage"),
        _rows(Audience.objects.all(), "audience"),
        all=True,
    )
    terms = sorted((Term(*row) for row in rows), key=_in_order)
    return Taxonomy(
        stages=_of(terms, "stage"),
        themes=_of(terms, "theme"),
        audiences=_of(terms, "audience"),
    )


def _in_order(term: Term) -> tuple[str, int, str]:
    return term.branch, term.sort_order, term.key


def _of(terms: Iterable[Term], kind: str) -> list[Term]:
    return [term for term in terms if term.kind == kind]


def _rows(
    rows: "QuerySet[Any]", kind: str, *, parent: str = "", branch: str = ""
) -> "QuerySet[Any, Any]":
    nobody = Cast(Value(None), BigIntegerField())
    named = rows.order_by().annotate(
        sort_of=Value(kind, CharField()),
        above=F(parent) if parent else nobody,
        of_branch=F(branch) if branch else Value("", CharField()),
    )
    found: QuerySet[Any, Any] = named.values_list(
        "sort_of", "pk", "key", "name", "name_en", "above", "of_branch", "sort_order"
    )
    return found
