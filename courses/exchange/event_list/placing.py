"""One name for each place: the spelling that is there already, else the first one read;
and no room in two sessions at once."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from courses.domain.event_facts import Place, Problem, SessionFacts
from courses.domain.event_plan import Booking, Change, CourseStep, Known, SessionStep
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
    courses: list[CourseStep], known: Known
) -> tuple[list[CourseStep], list[Problem]]:
    """A room that another session has at the time is left out, and said so; sessions
    that stay as they are keep theirs before the others get theirs."""
    anew = {
        step.pk
        for course in courses
        for run in course.runs
        for step in run.sessions
        if step.books_anew
    }
    taken: dict[tuple[str, str], list[Booking]] = {}
    for booking in known.bookings:
        if booking.session not in anew:
            taken.setdefault((booking.venue, booking.room), []).append(booking)
    problems: list[Problem] = []
    checked = [
        replace(
            course,
            runs=tuple(
                replace(
                    run,
                    sessions=tuple(_booked(s, taken, problems) for s in run.sessions),
                )
                for run in course.runs
            ),
        )
        for course in courses
    ]
    return checked, problems


def _booked(
    step: SessionStep,
    taken: dict[tuple[str, str], list[Booking]],
    problems: list[Problem],
) -> SessionStep:
    facts = step.facts
    if not facts.room or not step.books_anew:
        return step
    others = taken.setdefault((facts.venue, facts.room), [])
    if all(facts.ends_at <= o.starts_at or o.ends_at <= facts.starts_at for o in others):
        others.append(Booking(facts.venue, facts.room, facts.starts_at, facts.ends_at))
        return step
    words = _(
        "部屋「%(room)s」は同じ時間に別の回で使われます。部屋を空けて取り込みました。"
    )
    for mark in step.rows:
        problems.append(Problem(mark.file, mark.row, words % {"room": facts.room}))
    return replace(step, facts=replace(facts, room=""), changes=_without_room(step))


def _without_room(step: SessionStep) -> tuple[Change, ...]:
    """What is left to change: a session that is there gives up a room it had."""
    told = [change for change in step.changes if change.field == "room"]
    kept = tuple(change for change in step.changes if change.field != "room")
    had = told[0].before if told else step.facts.room
    if step.pk is None or not had:
        return kept
    return (*kept, Change("room", had, ""))
