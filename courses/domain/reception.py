"""受付状況 is computed from dates, pools and the clock, and never stored."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.enums import CapacityUnit, ReceptionStatus, RunState, SelectionMode
from courses.models import CourseRun

FEW_SEATS = 3
FEW_SHARE = 0.2


@dataclass(frozen=True)
class RunFacts:
    """What reception depends on. `seats_left` none: no number was set.

    `ends_at` is the end of the last session, none while no date is known.
    """

    state: RunState
    mode: SelectionMode
    opens_at: datetime | None
    closes_at: datetime | None
    waiting_list: bool
    capacity: int | None
    seats_left: int | None
    ends_at: datetime | None
    somebody_waits: bool = False


def facts_of(run: CourseRun) -> RunFacts:
    """From a run with its pools and sessions prefetched; no query is made."""
    pools = list(run.pools.all())
    limited = [pool for pool in pools if pool.capacity is not None]
    open_ended = len(limited) < len(pools) or not pools
    ends = [session.ends_at for session in run.sessions.all()]
    return RunFacts(
        state=RunState(run.state),
        mode=SelectionMode(run.selection_mode),
        opens_at=run.applications_open_at,
        closes_at=run.applications_close_at,
        waiting_list=run.waiting_list,
        capacity=None if open_ended else sum(pool.capacity or 0 for pool in limited),
        seats_left=None if open_ended else sum(pool.seats_left or 0 for pool in limited),
        ends_at=max(ends, default=None),
        somebody_waits=getattr(run, "waiting", 0) > 0,
    )


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
    if facts.closes_at is None or at >= facts.closes_at:
        return ReceptionStatus.CLOSED
    return _open_status(facts)


def _open_status(facts: RunFacts) -> ReceptionStatus:
    """Only first come fills up; a lottery takes everybody until it closes."""
    if facts.mode != SelectionMode.FIRST_COME:
        return ReceptionStatus.OPEN
    full = facts.seats_left is not None and facts.seats_left <= 0
    if not full and not facts.somebody_waits:
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


def public_words(status: ReceptionStatus) -> str:
    """The word for residents; the official one stays in open data."""
    return str(PUBLIC_WORDS[status])


def places_words(facts: RunFacts, status: ReceptionStatus, unit: CapacityUnit) -> str:
    """How many places are left, honestly and only while it matters."""
    if status in (ReceptionStatus.WAITING_LIST, ReceptionStatus.FULL):
        return str(_("満員"))
    if status != ReceptionStatus.OPEN or facts.seats_left is None or not facts.capacity:
        return ""
    if facts.mode != SelectionMode.FIRST_COME:
        return capacity_words(facts.capacity, unit)
    few = facts.seats_left <= max(FEW_SEATS, facts.capacity * FEW_SHARE)
    words = _left_words(facts.seats_left, unit)
    return str(_("残りわずか（%(left)s）") % {"left": words}) if few else words


def _left_words(number: int, unit: CapacityUnit) -> str:
    if unit == CapacityUnit.PARTIES:
        return ngettext("残り%(n)d組", "残り%(n)d組", number) % {"n": number}
    return ngettext("残り%(n)d名", "残り%(n)d名", number) % {"n": number}


def capacity_words(number: int | None, unit: CapacityUnit) -> str:
    if number is None:
        return str(_("定員なし"))
    if unit == CapacityUnit.PARTIES:
        return ngettext("定員%(n)d組", "定員%(n)d組", number) % {"n": number}
    return ngettext("定員%(n)d名", "定員%(n)d名", number) % {"n": number}
