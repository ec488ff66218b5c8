"""Every run that the catalogue may find, with its sessions, in one query.

What is counted, put in order and looked for afterwards is worked out from these rows, so
that the number of queries depends neither on the facets nor on the number of courses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from courses.domain.catalogue import CatalogueFilter
from courses.domain.facets import (
    delivered_as,
    fee_of,
    said,
    time_of_day,
    weekday_of,
)
from courses.domain.fiscal_year import TOKYO
from courses.domain.queries import free_pools, resident_pools, to_come
from courses.domain.reception import RunFacts, reception_status, state_as_held
from courses.enums import ReceptionStatus, RunState, SelectionMode
from courses.models import CourseRun, Session
from courses.models.querysets import HELD, CourseRunQuerySet

Facts = Mapping[str, tuple[str, ...]]
TAKING = (ReceptionStatus.OPEN, ReceptionStatus.WAITING_LIST)
ABOUT_RUN = (
    *("course_id", "pk", "state", "selection_mode", "waiting_list"),
    *("applications_open_at", "applications_close_at"),
    *("has_places", "has_room"),
    *("fee", "fee_note", "delivery", "has_childcare"),
    *("has_sign_language", "has_captioning"),
)
ABOUT_SESSION = (
    *("sessions__pk", "sessions__state", "sessions__starts_at", "sessions__ends_at"),
    *("sessions__is_all_day", "area", "venue_code"),
)


@dataclass(frozen=True, slots=True)
class Meeting:
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

    pk: int
    course: int
    status: ReceptionStatus
    closes_at: datetime | None
    is_coming: bool
    facts: Facts
    meetings: list[Meeting] = field(default_factory=list)


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
    """These runs in one plain query, as it stands behind every catalogue page."""
    rows = (
        runs.annotate(
            has_places=Exists(resident_pools()),
            has_room=Exists(free_pools(at)),
            area=_of_place("area"),
            venue_code=_of_place("code"),
        )
        .order_by()
        .values_list(*ABOUT_RUN, *ABOUT_SESSION)
    )
    by_run: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_run.setdefault(row[1], []).append(row)
    split = len(ABOUT_RUN)
    return [
        _run(
            dict(zip(ABOUT_RUN, found[0], strict=False)),
            [row[split:] for row in found if row[split] is not None],
            at,
        )
        for found in by_run.values()
    ]


def _of_place(name: str) -> Coalesce:
    own = (f"sessions__room__venue__{name}", f"sessions__venue__{name}")
    return Coalesce(*own, f"venue__{name}")


def _run(run: dict[str, Any], sessions: list[tuple[Any, ...]], at: datetime) -> OfferedRun:
    held = [session for session in sessions if session[1] in HELD]
    status = reception_status(_reception_facts(run, sessions, held), at=at)
    put_off = run["state"] == RunState.POSTPONED
    undated = run["state"] == RunState.ANNOUNCED and not sessions
    return OfferedRun(
        pk=run["pk"],
        course=run["course_id"],
        status=status,
        closes_at=run["applications_close_at"],
        is_coming=put_off or undated or any(ends > at for _, _, _, ends, *_ in sessions),
        facts=_facts(run, status),
        meetings=sorted(map(_meeting, held), key=lambda meeting: meeting.starts_at),
    )


def _reception_facts(
    run: dict[str, Any], sessions: list[tuple[Any, ...]], held: list[tuple[Any, ...]]
) -> RunFacts:
    return RunFacts(
        state=state_as_held(run["state"], [session[1] for session in sessions]),
        mode=SelectionMode(run["selection_mode"]),
        opens_at=run["applications_open_at"],
        closes_at=run["applications_close_at"],
        waiting_list=run["waiting_list"],
        capacity=None,
        seats_left=None if run["has_room"] else 0,
        ends_at=max((ends for _, _, _, ends, *_ in held), default=None),
        has_places=run["has_places"],
    )


def _facts(run: dict[str, Any], status: ReceptionStatus) -> Facts:
    yes_or_no = {
        "childcare": run["has_childcare"],
        "sign": run["has_sign_language"] or run["has_captioning"],
        "open": status in TAKING,
    }
    return {
        "fee": (fee_of(run["fee"], run["fee_note"]),),
        "delivery": delivered_as(run["delivery"]),
        **dict(said(yes_or_no)),
    }


def _meeting(session: tuple[Any, ...]) -> Meeting:
    pk, _state, starts_at, ends_at, is_all_day, area, venue = session
    local = starts_at.astimezone(TOKYO)
    facts = {
        "weekday": (weekday_of(local),),
        "time": (time_of_day(local),),
        "area": (area,) if area else (),
        "venue": (venue,) if venue else (),
    }
    return Meeting(pk, starts_at, ends_at, is_all_day, venue, facts)


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
