"""The rules once more, as plainly as they can be said: what the machine expects."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from enrollments.enums import ApplicationState as State
from enrollments.models.querysets import HOLDING, LIVE

NEAR = timedelta(days=3)


@dataclass
class Entry:
    """One application as the model knows it."""

    key: int
    person: int
    seats: int
    received: tuple[datetime, int]
    state: State
    moves: int = 2
    place: int | None = None
    reply_by: datetime | None = None


@dataclass
class Pool:
    """Places of one kind in a run, given in order or, before a draw, to nobody."""

    capacity: int
    begins: datetime
    draws: bool = False
    is_held: bool = True
    frozen: bool = False
    screens: bool = False
    has_line: bool = True
    party: int = 3
    closes: datetime | None = None
    is_for_all: bool = True
    entries: list[Entry] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return sum(entry.seats for entry in self.entries if entry.state in HOLDING)

    @property
    def line(self) -> list[Entry]:
        waiting = [entry for entry in self.entries if entry.state == State.WAITING]
        return sorted(waiting, key=lambda e: (e.place is None, e.place, e.received))

    @property
    def to_draw(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.state == State.AWAITING_DRAW]

    def has_live(self, person: int) -> bool:
        return any(e.person == person and e.state in LIVE for e in self.entries)

    def first_state(self, seats: int) -> State:
        if self.draws:
            return State.AWAITING_DRAW
        if self.screens:
            return State.AWAITING_SCREENING
        fits = self.taken + seats <= self.capacity
        return State.ACCEPTED if fits and not self.line else State.WAITING

    def ends_for_all(self) -> None:
        """The run is called off with everybody's application."""
        self.is_held = False
        for entry in self.entries:
            if entry.state in LIVE:
                self.move(entry, State.CANCELLED)

    def waits_for_days(self) -> None:
        """The run is put off: nobody can say yes to a day that is not known."""
        self.is_held = False
        for entry in self.entries:
            if entry.state == State.OFFERED:
                self.move(entry, State.WAITING)

    def move(self, entry: Entry, to: State) -> None:
        entry.state = to
        entry.moves += 1

    def move_up(self, at: datetime) -> None:
        """Overdue offers end, then the line moves, never past a party that is too big."""
        for entry in self.entries:
            overdue = entry.reply_by is not None and entry.reply_by <= at
            if entry.state == State.OFFERED and overdue:
                self.move(entry, State.EXPIRED)
        if not self.is_held or self.frozen:
            return
        for entry in self.line:
            if self.taken + entry.seats > self.capacity:
                return
            self.move(entry, State.OFFERED)
            entry.reply_by = None
            if self.begins - at <= NEAR:
                self.move(entry, State.ACCEPTED)
