"""What a run asks of those who apply and what it offers them, as its content says."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from cms.demo.incidents import RunFacts
from cms.demo.reading import CourseContent
from courses.domain.fiscal_year import TOKYO
from courses.enums import SelectionMode
from courses.models import (
    CourseRun,
    Requirement,
    RunQuestion,
    SeatPool,
    Session,
    SupportOffer,
)

BY_POST = (SelectionMode.LOTTERY, SelectionMode.LOTTERY_IF_OVER)
BY_CARD = (
    "はがきの場合は、講座名、参加する方全員の名前とふりがな、郵便番号、住所、電話番号を"
    "書いて、〒199-9902 みどり野市役所 {department}へお送りください（締切日必着）。"
)
SAME_AS_SAID = (
    *("minimum_to_hold", "waiting_policy", "offer_hours", "immediate_days"),
    *("tells_losers", "reminder_days", "asks_address", "asks_terms", "paper_rule"),
)


def applying_columns(facts: RunFacts) -> dict[str, Any]:
    """`…_days` count from the closing of applications (paper, results) or back from the
    first session. A draw takes cards until the day on which it closes."""
    plan, said = facts.plan, facts.plan.course.applying
    first = plan.starts_at.date()
    found = {name: said[name] for name in SAME_AS_SAID if name in said} | {
        "chooses_session": plan.course.chooses_session,
        "draw_tiers": said.get("tiers", []),
        "screening_criteria": said.get("criteria", "").strip(),
    }
    if "decide_days" in said:
        found["decide_on"] = first - timedelta(days=said["decide_days"])
    if "withdraw_days" in said:
        last_day = first - timedelta(days=said["withdraw_days"])
        found["withdraw_until"] = _at(last_day, time(17))
    if plan.window is None:
        return found
    closes = plan.window[1].astimezone(TOKYO).date()
    paper = said.get("paper_days", 0 if plan.course.selection in BY_POST else None)
    if paper is not None:
        found["paper_deadline"] = closes + timedelta(days=paper)
    if "results_days" in said:
        found["results_at"] = _at(closes + timedelta(days=said["results_days"]), time(10))
    return found


def write_conditions(facts: Iterable[RunFacts], runs: dict[str, CourseRun]) -> None:
    """Conditions, questions and offers of support, for all runs at once."""
    pairs = [(runs[one.plan.code], one) for one in facts]
    Requirement.objects.bulk_create(
        Requirement(run=run, **said)
        for run, one in pairs
        for said in one.plan.course.require
    )
    RunQuestion.objects.bulk_create(
        RunQuestion(run=run, position=number, **_question(said))
        for run, one in pairs
        for number, said in enumerate(one.plan.course.ask, start=1)
    )
    SupportOffer.objects.bulk_create(
        SupportOffer(run=run, **_offer(one, said))
        for run, one in pairs
        for said in one.plan.course.offer
    )


def _question(said: dict[str, Any]) -> dict[str, Any]:
    return said | {"options": "\n".join(said.get("options", ()))}


def _offer(facts: RunFacts, said: dict[str, Any]) -> dict[str, Any]:
    """`days` before the first session, until the end of that day."""
    columns = {name: value for name, value in said.items() if name != "days"}
    if "days" in said:
        last_day = facts.plan.starts_at.date() - timedelta(days=said["days"])
        columns["deadline"] = _at(last_day + timedelta(days=1), time())
    return columns


def how_to_apply(content: CourseContent, department: str) -> str:
    """What the page does not say by itself; a draw is applied for by card too."""
    by_card = content.selection in ("lottery", "lottery_if_over")
    return content.how_to_apply or (
        BY_CARD.format(department=department) if by_card else ""
    )


def pools_of(
    content: CourseContent, run: CourseRun, sessions: Iterable[Session]
) -> dict[str, SeatPool]:
    """By the names of `CourseContent.places`."""
    by_number = {str(session.number): session for session in sessions}
    found = {}
    for name, capacity in content.places.items():
        kind, _, number = name.partition("/")
        session = by_number[number] if number else None
        found[name] = SeatPool(run=run, kind=kind, capacity=capacity, session=session)
    return found


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=TOKYO)
