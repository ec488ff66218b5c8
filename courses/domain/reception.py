"""受付状況 is computed from dates, pools and the clock, and never stored."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.domain.plain_runs import PlainRun
from courses.domain.pools import offered_pools
from courses.enums import (
    CapacityUnit,
    ReceptionStatus,
    RunState,
    SelectionMode,
    SessionState,
)
from courses.models import CourseRun
from courses.models.querysets import HELD

FEW_SEATS = 3
FEW_SHARE = 0.2


@dataclass(frozen=True)
class RunFacts:
    """What reception depends on. `seats_left` none: no number was set.

    `ends_at` is the end of the last session that is held, none while no date is
    known; `has_places` whether a pool for residents exists; `waiting` counts the
    applications on the waiting list. With `several` pools to choose from (the venue or
    online, one of the sessions) their places are added up, and somebody who waits for
    one of them is in nobody's way in another.
    """

    state: RunState
    mode: SelectionMode
    opens_at: datetime | None
    closes_at: datetime | None
    waiting_list: bool
    capacity: int | None
    seats_left: int | None
    ends_at: datetime | None
    has_places: bool = True
    waiting: int = 0
    several: bool = False

    @property
    def applies_elsewhere(self) -> bool:
        """By post or telephone only: no deadline was set here, or no places."""
        needed = self.mode != SelectionMode.OPEN
        return needed and (self.closes_at is None or not self.has_places)


def facts_of(run: CourseRun | PlainRun, *, at: datetime | None = None) -> RunFacts:
    """From a run with its pools and sessions prefetched; no query is made. `at` leaves
    out the places of sessions that are over, where people choose one."""
    sessions = list(run.sessions.all())
    pools = offered_pools(run, at=at)
    held = [session.ends_at for session in sessions if session.is_held]
    return RunFacts(
        state=state_as_held(run.state, [session.state for session in sessions]),
        mode=SelectionMode(run.selection_mode),
        opens_at=run.applications_open_at,
        closes_at=run.applications_close_at,
        waiting_list=run.waiting_list,
        capacity=_total([pool.capacity for pool in pools]),
        seats_left=_total([pool.seats_left for pool in pools]),
        ends_at=max(held, default=None),
        has_places=bool(pools),
        waiting=getattr(run, "waiting", 0),
        several=len(pools) > 1,
    )


def _total(numbers: Sequence[int | None]) -> int | None:
    """None where there is no limit, or nothing to add up."""
    if not numbers:
        return None
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def state_as_held(state: str, sessions: Collection[str]) -> RunState:
    """A run of which no session is left is not held, whatever is written on it."""
    stands = state != RunState.ANNOUNCED or not sessions
    if stands or any(session in HELD for session in sessions):
        return RunState(state)
    put_off = SessionState.POSTPONED in sessions
    return RunState.POSTPONED if put_off else RunState.CANCELLED


def reception_status(facts: RunFacts, *, at: datetime) -> ReceptionStatus:
    if facts.state == RunState.CANCELLED:
        return ReceptionStatus.CANCELLED
    if facts.state == RunState.POSTPONED:
        return ReceptionStatus.POSTPONED
    if facts.ends_at is not None and facts.ends_at <= at:
        return ReceptionStatus.ENDED
    if facts.mode == SelectionMode.OPEN:
        return ReceptionStatus.NOT_NEEDED
    if facts.opens_at is not None and at < facts.opens_at:
        return ReceptionStatus.NOT_YET
    if facts.applies_elsewhere or facts.closes_at is None or at >= facts.closes_at:
        return ReceptionStatus.CLOSED
    return _open_status(facts)


def _open_status(facts: RunFacts) -> ReceptionStatus:
    """Only first come fills up; a lottery takes everybody until it closes."""
    if facts.mode != SelectionMode.FIRST_COME:
        return ReceptionStatus.OPEN
    full = facts.seats_left is not None and facts.seats_left <= 0
    if not full and (facts.several or not facts.waiting):
        return ReceptionStatus.OPEN
    return ReceptionStatus.WAITING_LIST if facts.waiting_list else ReceptionStatus.FULL


PUBLIC_WORDS: dict[ReceptionStatus, str | Promise] = {
    ReceptionStatus.NOT_YET: _("受付開始前"),
    ReceptionStatus.OPEN: _("受付中"),
    ReceptionStatus.WAITING_LIST: _("キャンセル待ち受付中"),
    ReceptionStatus.FULL: _("満員"),
    ReceptionStatus.NOT_NEEDED: _("申込不要"),
    ReceptionStatus.CLOSED: _("受付終了"),
    ReceptionStatus.ENDED: _("終了"),
    ReceptionStatus.CANCELLED: _("中止"),
    ReceptionStatus.POSTPONED: _("延期"),
}


def public_words(facts: RunFacts, status: ReceptionStatus) -> str:
    """The word for residents; the official one stays in open data."""
    if status == ReceptionStatus.CLOSED and facts.applies_elsewhere:
        return str(_("申込方法を確認"))
    return str(PUBLIC_WORDS[status])


def places_words(facts: RunFacts, status: ReceptionStatus, unit: CapacityUnit) -> str:
    """How many places are left, honestly and only while it matters."""
    if status == ReceptionStatus.WAITING_LIST and facts.waiting:
        words = ngettext("キャンセル待ち%(n)d件", "キャンセル待ち%(n)d件", facts.waiting)
        return words % {"n": facts.waiting}
    if status == ReceptionStatus.WAITING_LIST:
        return str(_("満員"))
    counted = status == ReceptionStatus.OPEN and facts.mode == SelectionMode.FIRST_COME
    if not counted or facts.seats_left is None or not facts.capacity:
        return ""
    few = facts.seats_left <= max(FEW_SEATS, facts.capacity * FEW_SHARE)
    words = left_words(facts.seats_left, unit)
    return str(_("残りわずか（%(left)s）") % {"left": words}) if few else words


def left_words(number: int, unit: CapacityUnit) -> str:
    if unit == CapacityUnit.PARTIES:
        return ngettext("残り%(n)d組", "残り%(n)d組", number) % {"n": number}
    return ngettext("残り%(n)d名", "残り%(n)d名", number) % {"n": number}


def capacity_words(number: int | None, unit: CapacityUnit) -> str:
    """As the bulletin writes it behind 定員: 20名, 5組."""
    if number is None:
        return str(_("定員なし"))
    if unit == CapacityUnit.PARTIES:
        return ngettext("%(n)d組", "%(n)d組", number) % {"n": number}
    return ngettext("%(n)d名", "%(n)d名", number) % {"n": number}
