"""Facets narrow the catalogue; each is optional and what is chosen goes into the address.

Values of one facet widen it (any of them), facets narrow each other (all of them).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Literal

from django.db.models import Exists, OuterRef, Q

from courses.domain.fiscal_year import TOKYO
from courses.domain.queries import taking_applications, to_come
from courses.enums import RunState
from courses.models import Course, Session, Theme
from courses.models.querysets import CourseQuerySet, SessionQuerySet

ListFacet = Literal["stages", "themes", "kinds"]


@dataclass(frozen=True)
class CatalogueFilter:
    """Chosen facets. `stages` are keys, `themes` the primary keys of the chosen themes
    and of everything below them. `text_matches` are the courses that full-text search
    found, best first; none when nothing was searched for. Days are inclusive, in Tokyo.
    """

    stages: tuple[str, ...] = ()
    themes: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    open_only: bool = False
    text_matches: tuple[int, ...] | None = None

    @property
    def narrows_dates(self) -> bool:
        return self.first_day is not None or self.last_day is not None

    def without(self, facet: ListFacet) -> "CatalogueFilter":
        """The filter with one facet taken off, for counting that facet's choices."""
        return replace(
            self,
            stages=() if facet == "stages" else self.stages,
            themes=() if facet == "themes" else self.themes,
            kinds=() if facet == "kinds" else self.kinds,
        )

    def courses(self, courses: CourseQuerySet, *, at: datetime) -> CourseQuerySet:
        """Those that fit; in no order, as search and catalogue order differently."""
        found = self._by_facets(courses)
        if self.narrows_dates:
            sessions = Session.objects.held().filter(run__course=OuterRef("pk"))
            announced = sessions.exclude(run__state=RunState.PLANNED)
            found = found.filter(Exists(self._in_window(announced)))
        if self.open_only:
            runs = taking_applications(at).filter(course=OuterRef("pk"))
            found = found.filter(Exists(runs))
        return found

    def sessions(self, sessions: SessionQuerySet, *, at: datetime) -> SessionQuerySet:
        """The sessions of the courses that fit, inside the window of days."""
        found = self._in_window(sessions)
        if self._rule != Q():
            courses = self._by_facets(Course.objects.all())
            found = found.filter(run__course__in=courses.values("pk"))
        if self.open_only:
            runs = taking_applications(at)
            found = found.filter(run__course__in=runs.values("course"))
        return found

    def _by_facets(self, courses: CourseQuerySet) -> CourseQuerySet:
        return courses.filter(self._rule)

    @cached_property
    def _rule(self) -> Q:
        """Sub-queries, so that a course with two of the chosen themes comes once."""
        rule = Q()
        if self.stages:
            suited = Course.stages.through.objects.filter(stage__key__in=self.stages)
            rule &= Q(pk__in=suited.values("course"))
        if self.themes:
            about = Course.themes.through.objects.filter(theme__in=self.themes)
            rule &= Q(pk__in=about.values("course"))
        if self.kinds:
            rule &= Q(kind__in=self.kinds)
        if self.text_matches is not None:
            rule &= Q(pk__in=self.text_matches)
        return rule

    def _in_window(self, sessions: SessionQuerySet) -> SessionQuerySet:
        if self.first_day:
            sessions = sessions.filter(ends_at__gt=_start_of(self.first_day))
        if self.last_day:
            after = _start_of(self.last_day + timedelta(days=1))
            sessions = sessions.filter(starts_at__lt=after)
        return sessions


def offered(chosen: CatalogueFilter, *, at: datetime) -> CourseQuerySet:
    """Public courses that fit; past ones only where days or words were asked for."""
    courses = chosen.courses(Course.objects.public(), at=at)
    if chosen.narrows_dates or chosen.text_matches is not None:
        return courses
    return current(courses, at=at)


def current(courses: CourseQuerySet, *, at: datetime) -> CourseQuerySet:
    """Something is still to come, even if its date is not yet known."""
    return courses.filter(Exists(to_come(at).filter(course=OuterRef("pk"))))


def with_descendants(keys: Iterable[str]) -> list[int]:
    """A theme with everything below it, however deep the tree is."""
    return below(Theme.objects.all(), keys)


def below(themes: Iterable[Theme], keys: Iterable[str]) -> list[int]:
    """Among all themes those with the keys and their descendants, as primary keys."""
    everyone, wanted = list(themes), set(keys)
    chosen = {theme.pk for theme in everyone if theme.key in wanted}
    grown = True
    while grown:
        more = {theme.pk for theme in everyone if theme.parent_id in chosen} - chosen
        chosen |= more
        grown = bool(more)
    return sorted(chosen)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=TOKYO)
