"""Facets narrow the catalogue; each is optional and what is chosen goes into the address.

Values of one facet widen it (any of them), facets narrow each other (all of them). What
is asked of a meeting (days, day of the week, time, place) must hold for one and the same
session that is held, and what is asked of a run for the run of that session.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from courses.domain.facets import (
    AREA,
    TIME,
    VENUE,
    WEEKDAY,
    YES,
    delivery_rule,
    fee_rule,
)
from courses.domain.fiscal_year import TOKYO
from courses.domain.queries import taking_applications, to_come
from courses.domain.taxonomy import Term
from courses.models import Course, CourseRun, Session, Theme
from courses.models.querysets import (
    CourseQuerySet,
    CourseRunQuerySet,
    SessionQuerySet,
)


@dataclass(frozen=True)
class CatalogueFilter:
    """Chosen facets. `stages` and `audiences` are keys, `themes` the primary keys of the
    chosen themes and of everything below them, `weekdays` from Monday (1) to Sunday (7),
    `areas` words, `venues` codes. `text_matches` are the courses that full-text search
    found, best first; none when nothing was searched for. Days are inclusive, in Tokyo.
    """

    stages: tuple[str, ...] = ()
    themes: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    weekdays: tuple[int, ...] = ()
    times: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    childcare: bool = False
    sign: bool = False
    open_only: bool = False
    text_matches: tuple[int, ...] | None = None

    @property
    def narrows_dates(self) -> bool:
        return self.first_day is not None or self.last_day is not None

    @property
    def asks_about_sessions(self) -> bool:
        asked = (self.weekdays, self.times, self.areas, self.venues)
        return self.narrows_dates or any(asked)

    @property
    def asks_about_runs(self) -> bool:
        asked = (self.fees, self.deliveries, self.childcare, self.sign, self.open_only)
        return any(asked)

    @cached_property
    def wanted(self) -> Mapping[str, frozenset[str]]:
        """By facet the values of which one must be there; only what was chosen."""
        chosen: dict[str, Iterable[str]] = {
            "stage": self.stages,
            "theme": map(str, self.themes),
            "kind": self.kinds,
            "audience": self.audiences,
            "weekday": map(str, self.weekdays),
            "time": self.times,
            "area": self.areas,
            "venue": self.venues,
            "fee": self.fees,
            "delivery": self.deliveries,
            "childcare": (YES,) if self.childcare else (),
            "sign": (YES,) if self.sign else (),
            "open": (YES,) if self.open_only else (),
        }
        found = {facet: frozenset(values) for facet, values in chosen.items()}
        return {facet: values for facet, values in found.items() if values}

    @property
    def window(self) -> tuple[datetime | None, datetime | None]:
        """The moments that bound the days: a session ends after the first and begins
        before the second."""
        begin = _start_of(self.first_day) if self.first_day else None
        day_after = self.last_day + timedelta(days=1) if self.last_day else None
        return begin, _start_of(day_after) if day_after else None

    def within(self, first_day: date, last_day: date) -> "CatalogueFilter":
        """Narrowed to these days, and to no more than was chosen."""
        return replace(
            self,
            first_day=max(first_day, self.first_day or first_day),
            last_day=min(last_day, self.last_day or last_day),
        )

    def courses(self, courses: CourseQuerySet, *, at: datetime) -> CourseQuerySet:
        """Those that fit; in no order, as search and catalogue order differently."""
        found = courses.filter(self._course_rule)
        if self.asks_about_sessions:
            meetings = self._meetings(at).filter(run__course=OuterRef("pk"))
            return found.filter(Exists(meetings))
        if self.asks_about_runs:
            runs = self._runs(at).filter(course=OuterRef("pk"))
            return found.filter(Exists(runs))
        return found

    def sessions(self, sessions: SessionQuerySet, *, at: datetime) -> SessionQuerySet:
        """Those of these sessions that fit by themselves, by their run and by their
        course, past ones too."""
        found = self._by_place_and_time(sessions).filter(self._run_rule("run__", at))
        if self._course_rule != Q():
            courses = Course.objects.filter(self._course_rule)
            found = found.filter(run__course__in=courses.values("pk"))
        return found

    def _meetings(self, at: datetime) -> SessionQuerySet:
        """Held sessions that fit; past ones only where days were asked for, or where
        words were and their course has nothing to come."""
        runs = self._runs(at)
        sessions = Session.objects.held().filter(run__in=runs.values("pk"))
        if self.text_matches is not None and not self.narrows_dates:
            over = ~Q(run__course__in=to_come(at).values("course"))
            sessions = sessions.filter(Q(ends_at__gt=at) | over)
        elif not self.narrows_dates:
            sessions = sessions.upcoming(at)
        return self._by_place_and_time(sessions)

    def _runs(self, at: datetime) -> CourseRunQuerySet:
        runs = CourseRun.objects.announced().filter(self._run_rule("", at))
        if self.narrows_dates:
            return runs
        coming = to_come(at)
        rule = Q(pk__in=coming.values("pk"))
        if self.text_matches is not None:
            rule |= ~Q(course__in=coming.values("course"))
        return runs.filter(rule)

    def _by_place_and_time(self, sessions: SessionQuerySet) -> SessionQuerySet:
        begin, end = self.window
        if begin:
            sessions = sessions.filter(ends_at__gt=begin)
        if end:
            sessions = sessions.filter(starts_at__lt=end)
        for name, expression, values in (
            ("on_weekday", WEEKDAY, self.weekdays),
            ("at_time", TIME, self.times),
            ("in_area", AREA, self.areas),
            ("in_venue", VENUE, self.venues),
        ):
            if values:
                sessions = sessions.alias(**{name: expression})
                sessions = sessions.filter(**{f"{name}__in": values})
        return sessions

    def _run_rule(self, run: str, at: datetime) -> Q:
        """`run` is the way from the rows to their run: "" or "run__"."""
        rule = Q()
        if self.fees:
            rule &= fee_rule(run, self.fees)
        if self.deliveries:
            rule &= delivery_rule(run, self.deliveries)
        if self.childcare:
            rule &= Q(**{f"{run}has_childcare": True})
        if self.sign:
            signed = Q(**{f"{run}has_sign_language": True})
            rule &= signed | Q(**{f"{run}has_captioning": True})
        if self.open_only:
            rule &= Q(**{f"{run}pk__in": taking_applications(at).values("pk")})
        return rule

    @cached_property
    def _course_rule(self) -> Q:
        """Sub-queries, so that a course with two of the chosen themes comes once."""
        rule = Q()
        if self.stages:
            suited = Course.stages.through.objects.filter(stage__key__in=self.stages)
            rule &= Q(pk__in=suited.values("course"))
        if self.themes:
            about = Course.themes.through.objects.filter(theme__in=self.themes)
            rule &= Q(pk__in=about.values("course"))
        if self.audiences:
            meant = Course.audiences.through.objects
            meant_for = meant.filter(audience__key__in=self.audiences)
            rule &= Q(pk__in=meant_for.values("course"))
        if self.kinds:
            rule &= Q(kind__in=self.kinds)
        if self.text_matches is not None:
            rule &= Q(pk__in=self.text_matches)
        return rule


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


def below(themes: Iterable[Theme | Term], keys: Iterable[str]) -> list[int]:
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
