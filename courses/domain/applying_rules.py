"""What a resident should know of a run before applying: until when, how many have to
come, and until when a place can be given back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from courses.domain.pools import choosable_sessions, offered_pools
from courses.domain.reception import RunFacts, capacity_words, left_words
from courses.domain.wording import day_words, until_words
from courses.enums import CapacityUnit, ReceptionStatus, SelectionMode
from courses.models import CourseRun, SeatPool, Session

TAKING = (ReceptionStatus.OPEN, ReceptionStatus.WAITING_LIST)


@dataclass(frozen=True)
class SessionOffer:
    """A session that can be chosen: how many places it has left, and whether it can be
    applied for now."""

    session: Session
    places: str
    action: bool


def deadline_lines(run: CourseRun, *, today: date, english: bool = False) -> list[str]:
    """On the web and on paper, where both are said."""
    closes, paper = run.applications_close_at, run.paper_deadline
    if paper is None:
        return []
    until = day_words(paper, today=today, english=english)
    said = {"day": until, "rule": run.get_paper_rule_display()}
    lines = [_("はがき・ファクス：%(day)s%(rule)s") % said]
    if closes is not None:
        web = until_words(closes, today=today, english=english)
        lines.insert(0, _("ウェブ：%(until)sまで") % {"until": web})
    return lines


def withdrawal_words(run: CourseRun, *, today: date, english: bool = False) -> str:
    if run.withdraw_until is None:
        return ""
    until = until_words(run.withdraw_until, today=today, english=english)
    return _("%(until)sまで、ウェブか電話で取り消せます。") % {"until": until}


def minimum_words(run: CourseRun, *, today: date, english: bool = False) -> str:
    if run.minimum_to_hold is None:
        return ""
    unit = CapacityUnit(run.capacity_unit)
    number = capacity_words(run.minimum_to_hold, unit)
    if run.decide_on is None:
        return number
    day = day_words(run.decide_on, today=today, english=english)
    words = _("%(number)s（満たないときは%(day)sに中止を決め、お知らせします）")
    return words % {"number": number, "day": day}


def session_offers(
    run: CourseRun, facts: RunFacts, status: ReceptionStatus, *, at: datetime
) -> dict[int, SessionOffer]:
    """By session, where people choose one. From a run loaded with its facts."""
    pools: dict[int, list[SeatPool]] = {}
    for pool in offered_pools(run, at=at):
        pools.setdefault(pool.session_id or 0, []).append(pool)
    unit, counted = CapacityUnit(run.capacity_unit), facts.mode == SelectionMode.FIRST_COME
    return {
        session.pk: SessionOffer(
            session=session,
            places=_places(pools.get(session.pk, []), unit, counted, run.waiting_list),
            action=status in TAKING and bool(pools.get(session.pk)),
        )
        for session in choosable_sessions(run, at=at)
    }


def _places(
    pools: list[SeatPool], unit: CapacityUnit, counted: bool, waiting_list: bool
) -> str:
    capacities = [pool.capacity for pool in pools if pool.capacity is not None]
    if not pools or len(capacities) < len(pools):
        return ""
    if not counted:
        return capacity_words(sum(capacities), unit)
    left = sum(pool.seats_left or 0 for pool in pools)
    if left > 0:
        return left_words(left, unit)
    return _("満員（キャンセル待ち受付中）") if waiting_list else _("満員")
