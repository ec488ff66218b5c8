"""Which sessions a calendar shows: from sixty days ago on, whatever was ever public.
Drafts never appear, and what was public never vanishes before its time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from django.db.models import Count, F, Q, prefetch_related_objects

from courses.domain.calendar_event import CalendarEvent, OwnPlace, event_of
from courses.domain.fiscal_year import TOKYO
from courses.enums import RunState
from courses.models import Session, Stage, Theme
from courses.models.querysets import SessionQuerySet

DAYS_BACK = timedelta(days=60)
MOST_EVENTS = 1000
# Many sessions share few of these: loading each once takes half the time of joining.
SHARED = ("run__course__department", "run__venue", "venue", "room__venue", "makes_up")
ENTERED_SINCE = Q(run__course__withdrawn_at__lt=F("created_at"))


class Total(NamedTuple):
    """How many sessions a run has, and of how many the public knows."""

    all: int
    public: int


def first_moment(at: datetime) -> datetime:
    """Where a calendar begins: at a midnight, so that it changes once a day at most."""
    today = datetime.combine(at.astimezone(TOKYO), time.min, tzinfo=TOKYO)
    return today - DAYS_BACK


def next_first_moment(at: datetime) -> datetime:
    """The midnight at which the clock moves the beginning."""
    return first_moment(at) + DAYS_BACK + timedelta(days=1)


def in_window(sessions: SessionQuerySet, *, at: datetime) -> list[Session]:
    """Of these, the thousand that matter most: those to come, soonest first, then those
    held, latest first. Google Calendar drops events silently beyond about 1,100."""
    shown = once_shown(sessions)
    coming = list(shown.upcoming(at).order_by("starts_at", "pk")[:MOST_EVENTS])
    past = shown.filter(ends_at__lte=at, ends_at__gt=first_moment(at))
    rest = past.order_by("-starts_at", "-pk")[: MOST_EVENTS - len(coming)]
    return shown_together([*coming, *rest])


def once_shown(sessions: SessionQuerySet) -> SessionQuerySet:
    """What anybody outside may have in a calendar: of courses that were ever public."""
    public = sessions.filter(run__course__published_at__isnull=False)
    return public.exclude(run__state=RunState.PLANNED)


def ever_public(sessions: SessionQuerySet) -> SessionQuerySet:
    """What a public calendar may show of these: not what was entered while the course was
    taken down. Whoever has a place there is told of it all the same."""
    return once_shown(sessions).exclude(ENTERED_SINCE)


def shown_together(sessions: Iterable[Session]) -> list[Session]:
    """With what `events_of` reads of them."""
    chosen = list(sessions)
    prefetch_related_objects(chosen, *SHARED)
    return chosen


def events_of(
    sessions: Iterable[Session], *, site: str, own: Mapping[int, OwnPlace] | None = None
) -> tuple[CalendarEvent, ...]:
    """In the order given, with three queries. `site` is the public address without a
    slash; `own` tells by run how the owner of a personal calendar stands."""
    chosen = list(sessions)
    totals, names = _around(chosen)
    return tuple(
        event_of(
            session,
            site=site,
            total=_total(totals[session.run_id], own),
            categories=names[session.run.course_id],
            own=None if own is None else own[session.run_id],
        )
        for session in chosen
    )


def _total(total: Total, own: object | None) -> int:
    """Whoever has a place is told of what was entered while the course was down."""
    return total.public if own is None else total.all


def both_events_of(
    sessions: Iterable[Session],
) -> Iterator[tuple[CalendarEvent, CalendarEvent]]:
    """What a public calendar says of each, and what that of somebody with a place: to be
    compared, so the addresses are without their site."""
    chosen = list(sessions)
    totals, names = _around(chosen)
    for session in chosen:
        total, categories = totals[session.run_id], names[session.run.course_id]
        event = partial(event_of, session, site="", categories=categories)
        yield event(total=total.public), event(total=total.all, own=OwnPlace())


def _around(
    sessions: Sequence[Session],
) -> tuple[Mapping[int, Total], Mapping[int, tuple[str, ...]]]:
    """By run how many sessions it has, by course what it is sorted under."""
    runs = {session.run_id for session in sessions}
    counted = Session.objects.filter(run__in=runs).order_by().values_list("run")
    rows = counted.annotate(all=Count("pk"), public=Count("pk", filter=~ENTERED_SINCE))
    totals = {run: Total(number, public) for run, number, public in rows}
    return totals, _categories({session.run.course_id for session in sessions})


def _categories(courses: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """By course the names of its stages and themes, in the city's order."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    wanted = list(courses)
    for model in (Stage, Theme):
        rows = model.objects.filter(courses__in=wanted).values_list("courses", "name")
        for course, name in rows:
            found[course] += (name,)
    return found
