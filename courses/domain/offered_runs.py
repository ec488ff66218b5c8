"""Every run that the catalogue may find, with its sessions and places, in three queries.

What is counted, put in order and looked for afterwards is worked out from these rows, so
that the number of queries depends neither on the facets nor on the number of courses.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from courses.domain.catalogue import CatalogueFilter
from courses.domain.facets import (
    SAID,
    delivered_as,
    fee_of,
    time_of_day,
    weekday_of,
)
from courses.domain.fiscal_year import TOKYO
from courses.domain.plain_reading import read_plain
from courses.domain.plain_runs import PlainRun, PlainSession
from courses.domain.queries import to_come
from courses.domain.reception import facts_of, reception_status
from courses.enums import ReceptionStatus, RunState
from courses.models import CourseRun, Session
from courses.models.querysets import CourseRunQuerySet

Facts = Mapping[str, tuple[str, ...]]
TAKING = (ReceptionStatus.OPEN, ReceptionStatus.WAITING_LIST)


class Meeting(NamedTuple):
    """A session that is held, as its facets. `venue` is a code, none where no place is
    known."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    venue: str | None
    facts: Facts


@dataclass(slots=True)
class OfferedRun:
    """A run with the sessions of it that are held. `is_coming`: something of it is to
    come, if only a date."""

    run: PlainRun
    status: ReceptionStatus
    is_coming: bool
    facts: Facts
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.run.pk

    @property
    def course(self) -> int:
        return self.run.course_id

    @property
    def closes_at(self) -> datetime | None:
        return self.run.applications_close_at


def runs_to_search(chosen: CatalogueFilter, *, at: datetime) -> list[OfferedRun]:
    """The runs of public courses among which `chosen` looks, whatever its facets say:
    what is to come; with days, what is held on them; with words, all runs of the
    courses found, past ones only where nothing is to come."""
    runs = read_runs(_candidates(chosen, at), at=at)
    if chosen.narrows_dates:
        begin, end = chosen.window
        return _with_meetings(
            runs,
            lambda m: (not begin or m.ends_at > begin) and (not end or m.starts_at < end),
            needs_one=True,
        )
    going_on = {run.course for run in runs if run.is_coming}
    coming = [run for run in runs if run.is_coming and run.status != ReceptionStatus.ENDED]
    over = [run for run in runs if run.course not in going_on]
    return [*_with_meetings(coming, lambda m: m.ends_at > at), *over]


def _candidates(chosen: CatalogueFilter, at: datetime) -> CourseRunQuerySet:
    if chosen.narrows_dates:
        begin, end = chosen.window
        held = Session.objects.held().filter(run=OuterRef("pk"))
        held = held.filter(ends_at__gt=begin) if begin else held
        runs = CourseRun.objects.public()
        runs = runs.filter(Exists(held.filter(starts_at__lt=end) if end else held))
    elif chosen.text_matches is None:
        runs = to_come(at).public()
    else:
        runs = CourseRun.objects.public()
    if chosen.text_matches is not None:
        runs = runs.filter(course__in=chosen.text_matches)
    return runs


def read_runs(runs: CourseRunQuerySet, *, at: datetime) -> list[OfferedRun]:
    """These runs as they stand behind every catalogue page."""
    alike: dict[Hashable, Facts] = {}
    return [_offered(run, at, alike) for run in read_plain(runs.order_by())]


def _offered(run: PlainRun, at: datetime, alike: dict[Hashable, Facts]) -> OfferedRun:
    status = reception_status(facts_of(run, at=at), at=at)
    put_off = run.state == RunState.POSTPONED
    undated = run.state == RunState.ANNOUNCED and not run.sessions
    return OfferedRun(
        run=run,
        status=status,
        is_coming=put_off or undated or any(each.ends_at > at for each in run.sessions),
        facts=_facts(run, status),
        meetings=[_meeting(one, alike) for one in run.sessions if one.is_held],
    )


def _facts(run: PlainRun, status: ReceptionStatus) -> Facts:
    signs = run.has_sign_language or run.has_captioning
    return {
        "fee": (fee_of(run.fee, run.fee_note),),
        "delivery": delivered_as(run.delivery),
        "childcare": SAID[run.has_childcare],
        "sign": SAID[signs],
        "open": SAID[status in TAKING],
    }


def _meeting(session: PlainSession, alike: dict[Hashable, Facts]) -> Meeting:
    """Sessions of which the same can be said share it."""
    local = session.starts_at.astimezone(TOKYO)
    area, venue = session.area, session.venue_code
    said = weekday_of(local), time_of_day(local), area, venue
    facts = alike.get(said)
    if facts is None:
        facts = alike[said] = {
            "weekday": said[:1],
            "time": said[1:2],
            "area": (area,) if area else (),
            "venue": (venue,) if venue else (),
        }
    return Meeting(
        session.pk, session.starts_at, session.ends_at, session.is_all_day, venue, facts
    )


def _with_meetings(
    runs: Iterable[OfferedRun], counts: Any, *, needs_one: bool = False
) -> list[OfferedRun]:
    """With those meetings only that count."""
    kept = []
    for run in runs:
        run.meetings = [meeting for meeting in run.meetings if counts(meeting)]
        if run.meetings or not needs_one:
            kept.append(run)
    return kept
