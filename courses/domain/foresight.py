"""What stands in the way of dates that are only proposed. Nothing is refused here: the
rules speak when the dates are saved; until then the officer is told in time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from courses.domain.clashes import instructor_taken, room_taken
from courses.domain.closing_days import DaysOff, read_days_off
from courses.domain.fiscal_year import TOKYO
from courses.domain.session_plans import SessionPlan
from courses.domain.wording import day_words
from courses.models import Instructor, Session, SessionInstructor, Venue
from courses.models.querysets import SessionQuerySet


@dataclass(frozen=True)
class Concern:
    day: date
    sentence: str


def concerns_about(
    plans: Sequence[SessionPlan],
    *,
    venue: Venue | None,
    instructors: Iterable[Instructor],
    at: datetime,
) -> list[Concern]:
    """Days off, and rooms and people that are elsewhere at the time; three queries,
    however many plans. `venue` and `instructors` are those of plans that name none."""
    if not plans:
        return []
    places = [_venue_of(plan, venue) for plan in plans]
    days_off = read_days_off(places)
    teachers = list(instructors)
    wanted = {p.pk for plan in plans for p in plan.instructors or ()}
    wanted |= {person.pk for person in teachers}
    near = _near(plans)
    booked = list(near.filter(room__in={p.room.pk for p in plans if p.room}))
    taught = _taught(near, wanted)
    found: list[Concern] = []
    for plan, place in zip(plans, places, strict=True):
        day = plan.starts_at.astimezone(TOKYO).date()
        people = teachers if plan.instructors is None else list(plan.instructors)
        sentences = [
            *_off(days_off, day, place, at),
            *_room(plan, booked, at),
            *_people(plan, people, taught, at),
        ]
        found += [Concern(day, sentence) for sentence in sentences]
    return found


def _venue_of(plan: SessionPlan, venue: Venue | None) -> Venue | None:
    return plan.room.venue if plan.room else plan.venue or venue


def _near(plans: Sequence[SessionPlan]) -> SessionQuerySet:
    """Sessions that take place between the first and the last of the plans."""
    first, last = min(p.starts_at for p in plans), max(p.ends_at for p in plans)
    near = Session.objects.taking_place().filter(starts_at__lt=last, ends_at__gt=first)
    return near.select_related("run__course", "run__venue", "venue", "room__venue")


def _taught(near: SessionQuerySet, wanted: set[int]) -> list[SessionInstructor]:
    rows = SessionInstructor.objects.filter(
        instructor__in=wanted, override_reason="", session__in=near.values("pk")
    )
    return list(
        rows.select_related(
            "instructor",
            "session__run__course",
            "session__run__venue",
            "session__venue",
            "session__room__venue",
        )
    )


def _off(days_off: DaysOff, day: date, place: Venue | None, at: datetime) -> Iterator[str]:
    off = days_off.on(day, place.pk if place else None)
    if off:
        words = {
            "day": day_words(day, today=at.astimezone(TOKYO).date()),
            "reason": off.reason,
        }
        yield _("%(day)sは休みの日です：%(reason)s") % words


def _room(plan: SessionPlan, booked: list[Session], at: datetime) -> Iterator[str]:
    for session in booked:
        if plan.room and session.room_id == plan.room.pk and _meet(plan, session):
            yield str(room_taken(plan.room, session, at=at).sentence)
            return


def _people(
    plan: SessionPlan,
    people: list[Instructor],
    taught: list[SessionInstructor],
    at: datetime,
) -> Iterator[str]:
    names = {person.pk for person in people}
    for row in taught:
        if row.instructor_id in names and _meet(plan, row.session):
            names.discard(row.instructor_id)
            yield str(instructor_taken(row.instructor, row.session, at=at).sentence)


def _meet(plan: SessionPlan, session: Session) -> bool:
    return session.starts_at < plan.ends_at and session.ends_at > plan.starts_at
