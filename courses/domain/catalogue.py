"""Facets narrow the catalogue; each is optional and what is chosen goes into the address.

Values of one facet widen it (any of them), facets narrow each other (all of them).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, Min, OuterRef, Q

from courses.domain.fiscal_year import TOKYO
from courses.enums import RunState
from courses.models import CourseRun, Session, Theme
from courses.models.querysets import CourseQuerySet, SessionQuerySet


@dataclass(frozen=True)
class CatalogueFilter:
    """Chosen facets. `text_matches` are the courses that full-text search found,
    best first; none when nothing was searched for. Days are inclusive, in Tokyo."""

    stages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    open_only: bool = False
    text_matches: tuple[int, ...] | None = None

    @property
    def narrows_dates(self) -> bool:
        return self.first_day is not None or self.last_day is not None

    def without(self, facet: str) -> "CatalogueFilter":
        """The filter with one facet taken off, for counting that facet's choices."""
        empty: dict[str, object] = {
            "stages": (),
            "themes": (),
            "kinds": (),
            "open_only": False,
        }
        return replace(self, **{facet: empty[facet]})  # type: ignore[arg-type]

    def courses(self, courses: CourseQuerySet, *, at: datetime) -> CourseQuerySet:
        """Those that fit, ordered by their next session (found ones by rank elsewhere)."""
        found = self._by_facets(courses)
        if self.narrows_dates:
            found = found.filter(Exists(self._sessions_in_window(at)))
        if self.open_only:
            runs = CourseRun.objects.announced().open_for_application(at)
            found = found.filter(Exists(runs.filter(course=OuterRef("pk"))))
        return found

    def sessions(self, sessions: SessionQuerySet, *, at: datetime) -> SessionQuerySet:
        """The sessions of the courses that fit, inside the window of days."""
        found = sessions.filter(self._facet_rule("run__course__")).distinct()
        if self.first_day:
            found = found.filter(ends_at__gt=_start_of(self.first_day))
        if self.last_day:
            found = found.filter(starts_at__lt=_start_of(self.last_day + timedelta(days=1)))
        if self.open_only:
            runs = CourseRun.objects.announced().open_for_application(at)
            found = found.filter(run__course__in=runs.values("course"))
        return found

    def _by_facets(self, courses: CourseQuerySet) -> CourseQuerySet:
        return courses.filter(self._facet_rule("")).distinct()

    def _facet_rule(self, prefix: str) -> Q:
        rule = Q()
        if self.stages:
            rule &= Q(**{f"{prefix}stages__key__in": self.stages})
        if self.themes:
            rule &= Q(**{f"{prefix}themes__in": with_descendants(self.themes)})
        if self.kinds:
            rule &= Q(**{f"{prefix}kind__in": self.kinds})
        if self.text_matches is not None:
            rule &= Q(**{f"{prefix}pk__in": self.text_matches})
        return rule

    def _sessions_in_window(self, at: datetime) -> SessionQuerySet:
        sessions = Session.objects.filter(run__course=OuterRef("pk")).exclude(
            run__state=RunState.PLANNED
        )
        if self.first_day:
            sessions = sessions.filter(ends_at__gt=_start_of(self.first_day))
        if self.last_day:
            after = _start_of(self.last_day + timedelta(days=1))
            sessions = sessions.filter(starts_at__lt=after)
        return sessions


def soonest_first(courses: CourseQuerySet, *, at: datetime) -> CourseQuerySet:
    """By the next session to come; those without one last, newest first."""
    coming = Q(runs__sessions__ends_at__gt=at) & ~Q(runs__state=RunState.PLANNED)
    return courses.annotate(
        next_at=Min("runs__sessions__starts_at", filter=coming)
    ).order_by(F("next_at").asc(nulls_last=True), "-published_at", "pk")


def with_descendants(keys: Iterable[str]) -> list[int]:
    """A theme with everything below it, however deep the tree is."""
    parents = dict(Theme.objects.values_list("pk", "parent_id"))
    chosen = set(Theme.objects.filter(key__in=keys).values_list("pk", flat=True))
    grown = True
    while grown:
        below = {pk for pk, parent in parents.items() if parent in chosen} - chosen
        chosen |= below
        grown = bool(below)
    return sorted(chosen)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=TOKYO)
