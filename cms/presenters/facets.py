"""The catalogue's choices with their counts, and the chips of those chosen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet, Value
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain.catalogue import CatalogueFilter, ListFacet, offered
from courses.domain.wording import day_words
from courses.enums import CourseKind
from courses.forms.catalogue import CatalogueForm
from courses.models import Course, Theme
from courses.models.localised import in_english

Found = Mapping[tuple[str, str], set[int]]
# Beyond this a list of keys costs the database more than asking again.
FEW_KEYS = 1000


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class Chosen:
    """A chosen filter and the address without it."""

    label: str
    query: str


def facets(
    form: CatalogueForm, chosen: CatalogueFilter, shown: Sequence[int], *, at: datetime
) -> dict[str, list[Choice]]:
    """Each facet's choices, counted as if nothing were chosen in that facet. `shown` are
    the courses that fit everything chosen."""
    found = courses_by_choice(chosen, shown, at=at)
    return {
        "stages": [
            Choice(
                stage.key,
                stage.label,
                len(found["stage", stage.key]),
                stage.key in form.stages,
            )
            for stage in form.all_stages
        ],
        "themes": theme_choices(form, found),
        "kinds": [
            Choice(value, str(label), len(found["kind", value]), value in form.kinds)
            for value, label in CourseKind.choices
        ],
    }


def courses_by_choice(
    chosen: CatalogueFilter, shown: Sequence[int], *, at: datetime
) -> Found:
    """Which courses each choice would find, in one query for all facets."""

    def fitting(facet: ListFacet) -> Sequence[int] | QuerySet:
        wider = chosen.without(facet)
        if wider == chosen and len(shown) <= FEW_KEYS:
            return shown
        return offered(wider, at=at).values("pk")

    stages = Course.stages.through.objects.filter(course__in=fitting("stages"))
    themes = Course.themes.through.objects.filter(course__in=fitting("themes"))
    kinds = Course.objects.filter(pk__in=fitting("kinds"))
    rows = _rows(stages, "stage", "stage__key", "course").union(
        _rows(themes, "theme", "theme__key", "course"),
        _rows(kinds, "kind", "kind", "pk"),
        all=True,
    )
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for facet, value, course in rows:
        found[facet, value].add(course)
    return found


def _rows(rows: QuerySet, facet: str, value: str, course: str) -> QuerySet:
    named = rows.order_by().annotate(facet=Value(facet), choice=F(value), found=F(course))
    return named.values_list("facet", "choice", "found")


def theme_choices(form: CatalogueForm, found: Found) -> list[Choice]:
    """The tree, parents before children; a parent counts what is below it, once each."""
    children: dict[int | None, list[Theme]] = defaultdict(list)
    for theme in form.all_themes:
        children[theme.parent_id].append(theme)

    def below(theme: Theme) -> set[int]:
        parts = (below(child) for child in children[theme.pk])
        return found["theme", theme.key].union(*parts)

    def walk(parent: int | None, depth: int) -> Iterable[Choice]:
        for theme in children[parent]:
            chosen = theme.key in form.themes
            yield Choice(theme.key, theme.label, len(below(theme)), chosen, depth)
            yield from walk(theme.pk, depth + 1)

    return list(walk(None, 0))


def chosen_filters(form: CatalogueForm, data: QueryDict) -> list[Chosen]:
    """Chips that can be taken off one by one."""
    kinds = dict(CourseKind.choices)
    named: list[tuple[str, str | None, str]] = [
        *(("stage", s.key, s.label) for s in form.all_stages if s.key in form.stages),
        *(("theme", t.key, t.label) for t in form.all_themes if t.key in form.themes),
        *(("kind", value, str(kinds[value])) for value in form.kinds),
    ]
    if form.text:
        named.append(("q", None, _("「%(text)s」") % {"text": form.text}))
    if form.first_day:
        named.append(("from", None, _("%(day)sから") % {"day": _day(form.first_day)}))
    if form.last_day:
        named.append(("to", None, _("%(day)sまで") % {"day": _day(form.last_day)}))
    if form.open_only:
        named.append(("open", None, _("いま申し込める")))
    return [
        Chosen(label, query_without(data, facet, value)) for facet, value, label in named
    ]


def _day(day: date) -> str:
    return day_words(day, today=timezone.localdate(), english=in_english())


def query_without(data: QueryDict, facet: str, value: str | None = None) -> str:
    """The query without a facet, or without one of its values; from the first page on."""
    left = data.copy()
    left.pop("page", None)
    if value is None:
        left.pop(facet, None)
    else:
        left.setlist(facet, [kept for kept in left.getlist(facet) if kept != value])
    return left.urlencode()
