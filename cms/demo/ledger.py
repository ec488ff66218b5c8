"""What became of a run's applications, played through in order of time.

Follows the rules of `enrollments.domain` without its queries: places in order of
receipt, nobody overtakes the waiting list, parties stay together. `manage.py audit`
has the last word on whether it does.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from random import Random

from cms.demo.people import Person
from enrollments.domain.offers import TIME_IS_UP, VACANT
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models.querysets import HOLDING, LIVE

IN_LINE = 4  # how many of those not drawn are put on the waiting list
BY_THE_PERSON = "本人による取り消し"


@dataclass(frozen=True)
class Step:
    """One move; `actor` is "person", "officer" or, for the system, empty."""

    to: State
    at: datetime
    actor: str = ""
    why: str = ""


@dataclass
class Entry:
    """One application: who, for how many, when it came and what happened to it."""

    person: Person
    received_at: datetime
    channel: Channel
    entered_at: datetime
    companions: tuple[tuple[str, str, str, str], ...] = ()
    seats: int = 1
    message: str = ""
    note: str = ""
    steps: list[Step] = field(default_factory=list)

    @property
    def state(self) -> State:
        return self.steps[-1].to

    @property
    def entered_by(self) -> str:
        return "person" if self.channel == Channel.WEB else "officer"

    def move(self, to: State, at: datetime, actor: str = "", why: str = "") -> None:
        self.steps.append(Step(to, at, actor, why))


@dataclass
class Ledger:
    """The applications for one pool of a run, up to the moment `until`."""

    capacity: int | None
    mode: str
    waiting_list: bool
    until: datetime
    chance: Random
    reply_by: Callable[[datetime], datetime | None]
    entries: list[Entry] = field(default_factory=list)
    _events: list[tuple[datetime, int, Callable[[datetime], None]]] = field(
        default_factory=list
    )
    _order: count = field(default_factory=count)

    @property
    def seats_taken(self) -> int:
        return sum(entry.seats for entry in self.entries if entry.state in HOLDING)

    def plan(self, at: datetime, act: Callable[[datetime], None]) -> None:
        heappush(self._events, (at, next(self._order), act))

    def play(self) -> list[Entry]:
        """Everything planned that happens before `until`, in order."""
        while self._events and self._events[0][0] < self.until:
            at, _order, act = heappop(self._events)
            act(at)
        return self.entries

    def receive(self, entry: Entry) -> bool:
        """False where the run is full and takes no more."""
        to = self._first_state(entry)
        if to is None:
            return False
        actor = entry.entered_by
        entry.move(State.RECEIVED, entry.entered_at, actor)
        entry.move(to, entry.entered_at, actor)
        self.entries.append(entry)
        return True

    def _first_state(self, entry: Entry) -> State | None:
        if self.mode in ("lottery", "lottery_if_over"):
            return State.AWAITING_DRAW
        if self.mode == "screening":
            return State.AWAITING_SCREENING
        if self._fits(entry) and not self.entries_waiting():
            return State.ACCEPTED
        return State.WAITING if self.waiting_list else None

    def _fits(self, entry: Entry) -> bool:
        return self.capacity is None or self.seats_taken + entry.seats <= self.capacity

    def entries_waiting(self) -> list[Entry]:
        """In order of receipt."""
        waiting = [entry for entry in self.entries if entry.state == State.WAITING]
        return sorted(waiting, key=lambda entry: entry.received_at)

    def decide(self, at: datetime) -> None:
        """The draw, or the result of screening."""
        waits = (State.AWAITING_DRAW, State.AWAITING_SCREENING)
        pending = [entry for entry in self.entries if entry.state in waits]
        drawn = self.chance.sample(pending, len(pending))
        places = IN_LINE if self.waiting_list else 0
        for entry in drawn:
            if self._fits(entry):
                entry.move(State.ACCEPTED, at, "officer")
            elif places:
                places -= 1
                entry.move(State.WAITING, at, "officer")
            else:
                entry.move(State.LOST, at, "officer")

    def withdraw(self, entry: Entry, at: datetime) -> None:
        if entry.state in LIVE:
            entry.move(State.WITHDRAWN, at, "person", BY_THE_PERSON)
            self.promote(at)

    def promote(self, at: datetime) -> None:
        """The next in line are asked while there is time; some say no, and some let
        the time run out."""
        for entry in self.entries_waiting():
            if not self._fits(entry):
                return
            self.offer(entry, at)
            until = self.reply_by(at)
            if until is None:
                entry.move(State.ACCEPTED, at, why=VACANT)
                continue
            answer = self.chance.random()
            if answer < 0.8:
                to = State.ACCEPTED if answer < 0.6 else State.DECLINED
                when = at + (until - at) * self.chance.random() * 0.9
                self._answer_later(entry, to, when.replace(microsecond=0))
            else:
                self._answer_later(entry, State.EXPIRED, until)

    def offer(self, entry: Entry, at: datetime) -> None:
        entry.move(State.OFFERED, at, why=VACANT)

    def _answer_later(self, entry: Entry, to: State, at: datetime) -> None:
        self.plan(at, lambda when: self._answer(entry, to, when))

    def _answer(self, entry: Entry, to: State, at: datetime) -> None:
        if entry.state == State.OFFERED:
            by_clock = to == State.EXPIRED
            why = TIME_IS_UP if by_clock else ""
            entry.move(to, at, "" if by_clock else "person", why)
            if to != State.ACCEPTED:
                self.promote(at)

    def call_off(self, at: datetime, why: str) -> None:
        """The run is cancelled: everybody still in the running loses the place."""
        for entry in self.entries:
            if entry.state in LIVE:
                entry.move(State.CANCELLED, at, "officer", why)
