"""One name for each place: the spelling that is there already, else the first one read;
and no room in two sessions at once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from courses.domain.event_facts import Place, Problem, SessionFacts
from courses.domain.event_plan import Booking, CourseStep, Known, RunStep, SessionStep
from courses.domain.wording import range_words
from courses.enums import RunState
from courses.exchange.event_list.cleaning import key_of
from courses.exchange.event_list.facts import Occurrence


class Places:
    """Spellings of venues and rooms, and what has to be made."""

    def __init__(self, known: Known) -> None:
        self._venues = {key_of(venue): venue for venue, _rooms in known.places}
        self._rooms = {
            (key_of(venue), key_of(room)): room
            for venue, rooms in known.places
            for room in rooms
        }
        self._new: list[Place] = []

    def learn(self, found: Iterable[Occurrence]) -> None:
        for occurrence in found:
            if occurrence.place:
                self._learn(occurrence.place)

    def _learn(self, place: Place) -> None:
        venue_key, room_key = key_of(place.venue), key_of(place.room)
        is_new = venue_key not in self._venues
        if is_new:
            self._venues[venue_key] = place.venue
        if room_key and (venue_key, room_key) not in self._rooms:
            self._rooms[venue_key, room_key] = place.room
            is_new = True
        if is_new:
            self._new.append(replace(place, venue=self._venues[venue_key]))

    @property
    def new(self) -> tuple[Place, ...]:
        return tuple(self._new)

    def spelled(self, facts: SessionFacts) -> SessionFacts:
        if not facts.venue:
            return facts
        venue_key = key_of(facts.venue)
        room = self._rooms.get((venue_key, key_of(facts.room)), "")
        return replace(facts, venue=self._venues[venue_key], room=room)


def without_double_booking(
    courses: list[CourseStep], known: Known, *, today: date
) -> tuple[list[CourseStep], list[Problem]]:
    """A date whose room another session has at the time is refused, the other named.

    Sessions that stay as they are keep theirs before the others get theirs. One that
    is there and may not move stays too, so everything is looked at again.
    """
    staying: dict[int, Booking] = {}
    while True:
        bookings = _Bookings(courses, known, staying, today)
        kept = [step for course in courses if (step := bookings.of_course(course))]
        if not bookings.held_back:
            return kept, bookings.problems
        staying |= bookings.held_back


class _Bookings:
    """Who has which room when, while the plan is gone through in its order. `staying`
    are sessions that may not move, with what stood in their way."""

    def __init__(
        self,
        courses: list[CourseStep],
        known: Known,
        staying: dict[int, Booking],
        today: date,
    ) -> None:
        steps = [s for course in courses for run in course.runs for s in run.sessions]
        anew = {step.pk for step in steps if step.books_anew} - set(staying)
        self._taken: dict[tuple[str, str], list[Booking]] = {}
        self._staying, self._today = staying, today
        self.held_back: dict[int, Booking] = {}
        self.problems: list[Problem] = []
        for booking in known.bookings:
            if booking.session not in anew:
                self._of(booking.venue, booking.room).append(booking)

    def of_course(self, course: CourseStep) -> CourseStep | None:
        """Without the dates that get no room; none where nothing is left."""
        runs = tuple(
            replace(run, sessions=sessions)
            for run in course.runs
            if (sessions := self._of_run(course, run))
        )
        return replace(course, runs=runs) if runs else None

    def _of_run(self, course: CourseStep, run: RunStep) -> tuple[SessionStep, ...]:
        if run.facts.state in (RunState.CANCELLED, RunState.POSTPONED):
            return run.sessions
        return tuple(
            step
            for step in run.sessions
            if not step.books_anew or self._gets_room(course.facts.title, step)
        )

    def _of(self, venue: str, room: str) -> list[Booking]:
        return self._taken.setdefault((venue, room), [])

    def _gets_room(self, title: str, step: SessionStep) -> bool:
        facts = step.facts
        if step.pk is not None and step.pk in self._staying:
            self._refuse(step, self._staying[step.pk])
            return False
        if not facts.room:
            return True
        others = self._of(facts.venue, facts.room)
        clash = next((other for other in others if _overlaps(other, facts)), None)
        if clash is None:
            begin, end = facts.starts_at, facts.ends_at
            others.append(Booking(facts.venue, facts.room, begin, end, step.pk, title))
            return True
        if step.pk is not None:
            self.held_back[step.pk] = clash
        self._refuse(step, clash)
        return False

    def _refuse(self, step: SessionStep, clash: Booking) -> None:
        words = _("部屋「%(room)s」は、%(when)sに「%(title)s」で使われます。")
        text = words % {
            "room": step.facts.room,
            "when": range_words(clash.starts_at, clash.ends_at, today=self._today),
            "title": clash.title,
        }
        self.problems += [Problem(m.file, m.row, text, rejected=True) for m in step.rows]


def _overlaps(booking: Booking, facts: SessionFacts) -> bool:
    return booking.starts_at < facts.ends_at and facts.starts_at < booking.ends_at
