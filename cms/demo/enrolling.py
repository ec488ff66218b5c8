"""How full each run is, and why: the past fills up by chance, the present shows every
state that a resident or an officer can meet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cms.demo.demand import Demand, arrivals
from cms.demo.identifiers import dice
from cms.demo.incidents import RunFacts
from cms.demo.ledger import Entry, Ledger
from cms.demo.offers import deadlines_of
from cms.demo.people import People, Person
from cms.demo.reading import CourseContent
from courses.enums import PoolKind, RunState
from enrollments.domain.offers import VACANT
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel

MOST_SEATS = 34
SMALL = 40
# How the first-come runs that are open now stand, in turn.
SITUATIONS = ("waiting", "few", "full", "many", "half")
# More ask than there are places; enough that single people fill what parties leave.
BEYOND = {"waiting": 6, "full": 24}
SHARE = {"many": 0.3, "half": 0.55}
OVERSUBSCRIBED = {"lottery": (1.3, 1.9), "lottery_if_over": (0.7, 1.6)}
DECIDED_AFTER = {"lottery": 4, "lottery_if_over": 4, "screening": 13}
TWICE = "同じ方の申込みを二重に入力したため"


@dataclass(frozen=True)
class Enrolment:
    """The applications for one pool of a run, and whether the list still takes names."""

    facts: RunFacts
    pool: str
    entries: list[Entry]
    waiting_list: bool


def enrol(
    runs: Iterable[RunFacts],
    people: People,
    keen: dict[str, frozenset[int]],
    *,
    at: datetime,
) -> list[Enrolment]:
    """`keen` names, per course, those whom their group's path leads there."""
    in_order = list(runs)
    situations = _situations(in_order, at)
    found = [
        _enrolment(run, pool, people, keen, situations.get(run.plan.code, ""), at)
        for run in in_order
        if run.plan.course.selection != "open"
        for pool in run.plan.course.places
    ]
    _ask(people.by_email("resident@example.jp"), found)
    return found


def _ask(resident: Person, enrolments: list[Enrolment]) -> None:
    """Where the resident waits behind somebody who is asked, the two change places: of
    several such runs in the last, so that visitors see both."""
    for one in reversed(enrolments):
        asked = next((e for e in one.entries if e.state == State.OFFERED), None)
        own = next((e for e in one.entries if e.person is resident), None)
        if asked and own and own.state == State.WAITING:
            asked.person, own.person = own.person, asked.person
            asked.channel = Channel.WEB
            return


def _situations(runs: list[RunFacts], at: datetime) -> dict[str, str]:
    open_now = [run for run in runs if _is_open(run, at) and _is_small(run)]
    return {
        run.plan.code: SITUATIONS[number % len(SITUATIONS)]
        for number, run in enumerate(open_now)
    }


def _is_open(run: RunFacts, at: datetime) -> bool:
    """Takes applications at `at`, and has done so for a day."""
    window = run.plan.window
    if window is None or run.state != RunState.ANNOUNCED:
        return False
    return window[0] + timedelta(days=1) <= at < window[1]


def _is_small(run: RunFacts) -> bool:
    content = run.plan.course
    ordinary = content.selection == "first_come" and content.has_one_pool
    return ordinary and (content.capacity or 0) <= SMALL


def _enrolment(
    facts: RunFacts,
    pool: str,
    people: People,
    keen: dict[str, frozenset[int]],
    situation: str,
    at: datetime,
) -> Enrolment:
    content = facts.plan.course
    ledger = Ledger(
        capacity=content.places[pool],
        mode=content.selection,
        waiting_list=content.waiting_list and situation != "full",
        until=at,
        chance=dice("ledger", facts.plan.code, pool),
        reply_by=deadlines_of(facts),
    )
    crowd = _crowd(content, pool, people)
    resident = people.by_email("resident@example.jp")
    late = resident if situation == "waiting" else None
    crowd = tuple(person for person in crowd if person is not late)
    demand = _demand(facts, pool, situation, people, keen, at)
    entries = arrivals(facts, demand, crowd, pool=pool)
    if situation == "waiting":
        entries.append(_last_evening(resident, at))
    _play(ledger, facts, entries, situation, at)
    if situation == "waiting":
        _offer_one_seat(ledger, at)
    return Enrolment(facts, pool, ledger.entries, ledger.waiting_list)


def _crowd(content: CourseContent, pool: str, people: People) -> tuple[Person, ...]:
    """Nobody applies for two pools of a run."""
    if pool == PoolKind.STAFF:
        return people.staff
    pools = [name for name in content.places if name != PoolKind.STAFF]
    turn = pools.index(pool)
    return tuple(one for one in people.residents if one.number % len(pools) == turn)


def _last_evening(person: Person, at: datetime) -> Entry:
    """The resident whose account visitors try comes too late, and waits."""
    received = at - timedelta(hours=3, minutes=21)
    return Entry(person, received, Channel.WEB, received)


def _demand(
    facts: RunFacts,
    pool: str,
    situation: str,
    people: People,
    keen: dict[str, frozenset[int]],
    at: datetime,
) -> Demand:
    content = facts.plan.course
    opens, closes = facts.plan.window or _window_for_staff(facts)
    if situation:
        closes = min(closes, at)
    if facts.state != RunState.ANNOUNCED:
        closes = min(closes, facts.told_at(at))
    return Demand(
        seats=_seats_wanted(facts, pool, situation),
        opens=opens,
        closes=max(closes, opens + timedelta(hours=1)),
        exact=situation in ("few", "many", "half"),
        at_least=_must_come(facts, situation, people),
        keen=keen.get(content.slug, frozenset()),
    )


def _window_for_staff(facts: RunFacts) -> tuple[datetime, datetime]:
    first = facts.plan.starts_at
    return first - timedelta(days=40), first - timedelta(days=10)


def _seats_wanted(facts: RunFacts, pool: str, situation: str) -> int:
    content = facts.plan.course
    capacity = content.places[pool] or MOST_SEATS
    if situation in BEYOND:
        return capacity + BEYOND[situation]
    if situation == "few":
        return capacity - 2
    if situation:
        return round(min(capacity, MOST_SEATS) * SHARE[situation])
    chance = dice("interest", facts.plan.code, pool)
    low, high = OVERSUBSCRIBED.get(content.selection, (0.45, 1.3))
    return round(min(capacity, MOST_SEATS) * chance.uniform(low, high))


def _must_come(facts: RunFacts, situation: str, people: People) -> tuple[Person, ...]:
    """Those whose accounts visitors try have places to look at."""
    if situation == "few":
        return (people.by_email("resident@example.jp"),)
    if situation == "half":
        return (people.by_email("leader@example.jp"),)
    return ()


def _play(
    ledger: Ledger,
    facts: RunFacts,
    entries: list[Entry],
    situation: str,
    at: datetime,
) -> None:
    window = facts.plan.window
    for entry in entries:
        ledger.plan(entry.entered_at, lambda _at, e=entry: ledger.receive(e))
    days = DECIDED_AFTER.get(ledger.mode)
    if window and days and not facts.plan.stage:
        ledger.plan(window[1] + timedelta(days=days, hours=-7), ledger.decide)
    if situation not in ("waiting", "few", "full") and not facts.plan.stage:
        _plan_withdrawals(ledger, facts, entries)
    if facts.state == RunState.CANCELLED:
        why = facts.note
        ledger.plan(facts.told_at(at), lambda when: ledger.call_off(when, why))
    ledger.play()
    if situation == "few":
        _enter_twice(ledger, at)
    elif situation == "many":
        _leave_unsettled(ledger)


def _plan_withdrawals(ledger: Ledger, facts: RunFacts, entries: list[Entry]) -> None:
    last = facts.plan.starts_at - timedelta(hours=20)
    for entry in entries:
        if ledger.chance.random() < 0.08 and entry.entered_at < last:
            left = (last - entry.entered_at) * ledger.chance.random()
            moment = (entry.entered_at + left).replace(microsecond=0)
            ledger.plan(moment, lambda when, e=entry: ledger.withdraw(e, when))


def _offer_one_seat(ledger: Ledger, at: datetime) -> None:
    """Somebody withdrew today, and the first in line has not answered yet."""
    single = [one for one in ledger.entries if one.seats == 1]
    waiting = [one for one in single if one.state == State.WAITING]
    accepted = [one for one in single if one.state == State.ACCEPTED]
    first = next(iter(ledger.entries_waiting()), None)
    if accepted and first in waiting:
        moment = at - timedelta(hours=6)
        leaving = accepted[len(accepted) // 2]
        leaving.move(State.WITHDRAWN, moment, "person", "本人による取り消し")
        ledger.offer(first, moment)
        if ledger.reply_by(moment) is None:
            first.move(State.ACCEPTED, moment, why=VACANT)


def _enter_twice(ledger: Ledger, at: datetime) -> None:
    """A card of somebody who had applied on the web already, found out the same day."""
    first = next((one for one in ledger.entries if one.channel == Channel.WEB), None)
    moment = at - timedelta(hours=8)
    if first is None or first.received_at > moment - timedelta(hours=1):
        return
    again = Entry(first.person, moment, Channel.PHONE, moment)
    if ledger.receive(again):
        again.move(State.VOID, moment + timedelta(minutes=12), "officer", TWICE)


def _leave_unsettled(ledger: Ledger) -> None:
    """One paper application still waits for an answer to a question."""
    paper = [one for one in ledger.entries if one.channel != Channel.WEB]
    if paper and paper[-1].state == State.ACCEPTED and len(paper[-1].steps) == 2:
        paper[-1].steps.pop()
        paper[-1].note = "電話番号が読めないため、はがきで確認中"
