"""What the catalogue page shows: cards, facets with counts, chosen filters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, When
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.presenters.cards import cards_for
from cms.search.query import matching_course_ids
from courses.domain.catalogue import CatalogueFilter, current, soonest_first
from courses.domain.wording import day_words
from courses.enums import CourseKind
from courses.forms.catalogue import CatalogueForm
from courses.models import Course, Stage, Theme
from courses.models.localised import in_english
from courses.models.querysets import CourseQuerySet

PER_PAGE = 20


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


def catalogue_context(data: QueryDict, *, at: datetime) -> dict[str, Any]:
    form = CatalogueForm(data)
    found = form.filter(matching_course_ids(form.text) if form.text else None)
    courses = offered(found, at=at)
    page = _page(courses, found, data.get("page"), at)
    feed_query = data.copy()
    feed_query.pop("page", None)
    return {
        "form": form,
        "cards": cards_for(_ordered(page, found, at), at=at) if page.object_list else [],
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_ends=1),
        "total": page.paginator.count,
        "stages": stage_choices(found, at=at),
        "themes": theme_choices(found, at=at),
        "kinds": kind_choices(found, at=at),
        "chosen": chosen_filters(form, data),
        "feed_query": feed_query.urlencode(),
    }


def offered(found: CatalogueFilter, *, at: datetime) -> CourseQuerySet:
    """What fits; past courses only where days or words were asked for."""
    courses = found.courses(Course.objects.public(), at=at)
    if found.narrows_dates or found.text_matches is not None:
        return courses
    return current(courses, at=at)


def _page(
    courses: CourseQuerySet, found: CatalogueFilter, number: str | None, at: datetime
) -> "Page[int]":
    keys: Any = soonest_first(courses, at=at).values_list("pk", flat=True)
    if found.text_matches is not None:
        keys = _by_rank(found.text_matches, courses, at)
    paginator = Paginator(keys, PER_PAGE)
    if number is None:
        return paginator.page(1)
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        raise Http404
    if not 1 <= int(number) <= paginator.num_pages:
        raise Http404
    return paginator.page(int(number))


def _by_rank(ranked: tuple[int, ...], courses: CourseQuerySet, at: datetime) -> list[int]:
    """Best first, but what is over comes after everything that is still to come."""
    fitting = set(courses.values_list("pk", flat=True))
    coming = set(current(courses, at=at).values_list("pk", flat=True))
    found = [pk for pk in ranked if pk in fitting]
    return sorted(found, key=lambda pk: pk not in coming)


def _ordered(page: "Page[int]", found: CatalogueFilter, at: datetime) -> CourseQuerySet:
    keys = list(page.object_list)
    courses = Course.objects.filter(pk__in=keys)
    if found.text_matches is None:
        return soonest_first(courses, at=at)
    place = Case(*[When(pk=pk, then=position) for position, pk in enumerate(keys)])
    return courses.order_by(place)


def _counts(found: CatalogueFilter, path: str, *, at: datetime) -> dict[Any, int]:
    fitting = offered(found, at=at).order_by().values("pk")
    rows = (
        Course.objects.filter(pk__in=fitting)
        .order_by()
        .values_list(path)
        .annotate(number=Count("pk", distinct=True))
    )
    return dict(rows)


def stage_choices(found: CatalogueFilter, *, at: datetime) -> list[Choice]:
    counts = _counts(found.without("stages"), "stages", at=at)
    return [
        Choice(s.key, s.label, counts.get(s.pk, 0), s.key in found.stages)
        for s in Stage.objects.all()
    ]


def kind_choices(found: CatalogueFilter, *, at: datetime) -> list[Choice]:
    counts = _counts(found.without("kinds"), "kind", at=at)
    return [
        Choice(value, str(label), counts.get(value, 0), value in found.kinds)
        for value, label in CourseKind.choices
    ]


def theme_choices(found: CatalogueFilter, *, at: datetime) -> list[Choice]:
    """The tree, parents before children; a parent counts what is below it, once each."""
    wide = offered(found.without("themes"), at=at).order_by().values("pk")
    pairs = Course.themes.through.objects.filter(course__in=wide).values_list(
        "theme_id", "course_id"
    )
    courses_of: dict[int, set[int]] = {}
    for theme_id, course_id in pairs:
        courses_of.setdefault(theme_id, set()).add(course_id)
    themes = list(Theme.objects.all())
    children: dict[int | None, list[Theme]] = {}
    for theme in themes:
        children.setdefault(theme.parent_id, []).append(theme)

    def below(theme: Theme) -> set[int]:
        own = set(courses_of.get(theme.pk, ()))
        return own.union(*(below(child) for child in children.get(theme.pk, [])))

    def walk(parent: int | None, depth: int) -> list[Choice]:
        rows: list[Choice] = []
        for theme in children.get(parent, []):
            chosen = theme.key in found.themes
            rows.append(Choice(theme.key, theme.label, len(below(theme)), chosen, depth))
            rows += walk(theme.pk, depth + 1)
        return rows

    return walk(None, 0)


def chosen_filters(form: CatalogueForm, data: QueryDict) -> list[Chosen]:
    """Chips that can be taken off one by one."""
    named = _names(form)
    chips = [
        Chosen(named[(facet, value)], _query_without(data, facet, value))
        for facet, values in (
            ("stage", form.stages),
            ("theme", form.themes),
            ("kind", form.kinds),
        )
        for value in values
    ]
    singles = [
        ("q", form.text, _("「%(text)s」") % {"text": form.text}),
        ("from", form.first_day, _day_label(_("%(day)sから"), form.first_day)),
        ("to", form.last_day, _day_label(_("%(day)sまで"), form.last_day)),
        ("open", form.open_only, _("いま申し込める")),
    ]
    chips += [
        Chosen(label, _query_without(data, facet)) for facet, set_, label in singles if set_
    ]
    return chips


def _names(form: CatalogueForm) -> dict[tuple[str, str], str]:
    named: dict[tuple[str, str], str] = {
        ("kind", value): str(label) for value, label in CourseKind.choices
    }
    if form.stages:
        for stage in Stage.objects.filter(key__in=form.stages):
            named["stage", stage.key] = stage.label
    if form.themes:
        for theme in Theme.objects.filter(key__in=form.themes):
            named["theme", theme.key] = theme.label
    return named


def _day_label(words: str, day: Any) -> str:
    if day is None:
        return ""
    said = day_words(day, today=timezone.localdate(), english=in_english())
    return words % {"day": said}


def _query_without(data: QueryDict, facet: str, value: str | None = None) -> str:
    left = data.copy()
    left.pop("page", None)
    if value is None:
        left.pop(facet, None)
    else:
        left.setlist(facet, [kept for kept in left.getlist(facet) if kept != value])
    return left.urlencode()
