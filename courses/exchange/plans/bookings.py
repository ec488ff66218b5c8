"""Whether the room and the people of a session are free: of sessions that are there, and of
those that earlier rows of the list would make."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain.clashes import in_the_way, instructor_taken, room_taken
from courses.domain.closing_days import read_days_off
from courses.domain.session_plans import SessionPlan
from courses.models import Session, SessionInstructor

WITH_WORDS = ("run__course", "run__venue", "venue", "room__venue")


@dataclass(frozen=True)
class Booking:
    line: int
    starts_at: datetime
    ends_at: datetime
    room: int | None
    people: frozenset[int]


class Bookings:
    """What the rows so far would take."""

    def __init__(self) -> None:
        self.by_day: dict[date, list[Booking]] = {}

    def take(
        self, line: int, plan: SessionPlan, *, but: Session | None, at: datetime
    ) -> tuple[str, ...]:
        """Returns what to look at again (a day off). Raises: RoomTaken, InstructorTaken,
        ValueError where another row of the list is in the way."""
        people = frozenset(person.pk for person in plan.instructors or ())
        room = plan.room.pk if plan.room else None
        self._among_rows(line, plan, room, people)
        self._among_sessions(plan, people, but, at)
        booking = Booking(line, plan.starts_at, plan.ends_at, room, people)
        self.by_day.setdefault(timezone.localdate(plan.starts_at), []).append(booking)
        return self._days_off(plan)

    def _among_rows(
        self, line: int, plan: SessionPlan, room: int | None, people: frozenset[int]
    ) -> None:
        day = timezone.localdate(plan.starts_at)
        for other in self.by_day.get(day, ()):
            if other.starts_at >= plan.ends_at or other.ends_at <= plan.starts_at:
                continue
            if room and other.room == room:
                words = _("%(line)d行目と、同じ時間に同じ部屋を使います。")
                raise ValueError(words % {"line": other.line})
            if people & other.people:
                words = _("%(line)d行目と、同じ時間に同じ講師が教えます。")
                raise ValueError(words % {"line": other.line})

    def _among_sessions(
        self, plan: SessionPlan, people: frozenset[int], but: Session | None, at: datetime
    ) -> None:
        near = in_the_way(plan.starts_at, plan.ends_at, but)
        if plan.room:
            clash = near.filter(room=plan.room).select_related(*WITH_WORDS).first()
            if clash is not None:
                raise room_taken(plan.room, clash, at=at)
        if people:
            taught = SessionInstructor.objects.filter(
                instructor__in=people, override_reason="", session__in=near.values("pk")
            )
            related = [f"session__{name}" for name in WITH_WORDS]
            other = taught.select_related("instructor", *related).first()
            if other is not None:
                raise instructor_taken(other.instructor, other.session, at=at)

    def _days_off(self, plan: SessionPlan) -> tuple[str, ...]:
        place = plan.room.venue if plan.room else plan.venue
        off = read_days_off([place]).on(
            timezone.localdate(plan.starts_at), place.pk if place else None
        )
        return (_("休みの日です：%(reason)s") % {"reason": off.reason},) if off else ()
