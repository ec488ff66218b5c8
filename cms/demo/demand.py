"""Who applies for a run, when and how: many on the first morning, then a trickle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from cms.demo.identifiers import dice
from cms.demo.incidents import RunFacts
from cms.demo.ledger import Entry
from cms.demo.people import Person
from cms.demo.reading import read
from cms.demo.workdays import workday_from
from courses.domain.fiscal_year import TOKYO
from enrollments.enums import Channel

MESSAGES = (
    "保育を希望します（2歳、1人）。",
    "手話通訳をお願いします。",
    "車いすで参加します。",
    "途中で30分ほど抜けます。",
    "筆談をお願いできますか。",
    "はじめて参加します。よろしくお願いします。",
)


@dataclass(frozen=True)
class Demand:
    """How many seats are asked for between `opens` and `closes`, and by whom.

    `at_least` must apply, in this order; `keen` come six times as often. Where the
    demand is `exact`, a party that would go beyond it stays at home.
    """

    seats: int
    opens: datetime
    closes: datetime
    exact: bool = False
    at_least: tuple[Person, ...] = ()
    keen: frozenset[int] = frozenset()


def arrivals(
    facts: RunFacts, demand: Demand, people: Iterable[Person], *, pool: str
) -> list[Entry]:
    """In the order in which they are entered."""
    chance = dice("demand", facts.plan.code, pool)
    entries: list[Entry] = []
    seats = 0
    for person in _choose(people, demand, chance):
        if seats >= demand.seats:
            break
        entry = _entry(person, facts, demand, chance)
        if demand.exact and seats + entry.seats > demand.seats:
            continue
        seats += entry.seats
        entries.append(entry)
    return sorted(entries, key=lambda entry: entry.entered_at)


def _choose(people: Iterable[Person], demand: Demand, chance: Random) -> list[Person]:
    """Everybody in a random order in which the keen tend to come first."""
    first = [person.number for person in demand.at_least]
    others = [person for person in people if person.number not in first]
    weighed = sorted(
        others,
        key=lambda person: (
            chance.random()
            ** (1 / (person.keenness * (6 if person.number in demand.keen else 1)))
        ),
        reverse=True,
    )
    return [*demand.at_least, *weighed]


def _entry(person: Person, facts: RunFacts, demand: Demand, chance: Random) -> Entry:
    channel = chance.choice(person.channels)
    share = 0.004 if chance.random() < 0.3 else chance.random() ** 1.7
    wanted = demand.opens + (demand.closes - demand.opens) * share
    received = _in_hours(wanted, channel, chance)
    last = demand.closes - timedelta(minutes=1 + chance.randrange(600))
    received = max(min(received, last), demand.opens).replace(microsecond=0)
    # Cards and faxes are entered the next morning, while there is time.
    late = (
        timedelta(hours=20) if channel in (Channel.POSTCARD, Channel.FAX) else timedelta()
    )
    companions = _companions(person, facts, chance)
    parties = facts.plan.course.unit == "parties"
    return Entry(
        person=person,
        received_at=received,
        channel=channel,
        entered_at=max(received, min(received + late, last)).replace(microsecond=0),
        companions=companions,
        seats=1 if parties else 1 + len(companions),
        message=chance.choice(MESSAGES) if chance.random() < 0.07 else "",
    )


def _in_hours(moment: datetime, channel: Channel, chance: Random) -> datetime:
    """The web is open from morning to late; everything else keeps office hours."""
    if channel in (Channel.WEB, Channel.MAIL):
        hour = chance.choice((7, 9, 10, 12, 12, 15, 18, 20, 21, 21, 22, 23))
        clock = time(hour, chance.randrange(60), chance.randrange(60))
        return datetime.combine(moment.date(), clock, tzinfo=TOKYO)
    day = workday_from(moment.date())
    clock = time(chance.randrange(9, 17), chance.randrange(60), chance.randrange(60))
    return datetime.combine(day, clock, tzinfo=TOKYO)


def _companions(
    person: Person, facts: RunFacts, chance: Random
) -> tuple[tuple[str, str, str, str], ...]:
    """Family or fellow members: always with children, otherwise now and then."""
    content = facts.plan.course
    most = content.party - 1
    if most < 1 or person.department:
        return ()
    family = "小学" in content.audience
    if not family and chance.random() < 0.75:
        return ()
    material = read("names")["children" if family else "given"]
    chosen = chance.sample(material, chance.randint(1, min(most, 2)))
    return tuple((person.name[0], given, person.name[2], kana) for given, kana in chosen)
