"""Applications and all that hangs on them, written down in bulk.

The invariants that the domain keeps one by one are kept here for all rows together:
receipt numbers in order and unique, one chain of transitions per application, claims
of living applications only, and seat counters equal to the seats held.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.enums import ConsentChannel
from accounts.models import Consent, PurposeNotice, User
from cms.demo.enrolling import Enrolment
from cms.demo.identifiers import identifier
from cms.demo.incidents import RunFacts
from cms.demo.ledger import Entry, Step
from cms.demo.offerings import Offerings
from cms.demo.people import contact_columns
from courses.models import SeatPool
from enrollments.domain.identity import person_keys
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import Application, Participant, PersonClaim, PersonKey, Transition
from enrollments.models.querysets import HOLDING, LIVE

BATCH = 400


@dataclass(frozen=True)
class Booked:
    """An entry with the rows it became."""

    entry: Entry
    facts: RunFacts
    application: Application
    participants: list[Participant]
    transitions: list[Transition]

    def story(self) -> tuple[Application, list[tuple[State, datetime]], RunFacts]:
        steps = [(step.to, step.at) for step in self.entry.steps]
        return self.application, steps, self.facts


def write_applications(
    enrolments: Iterable[Enrolment],
    offerings: Offerings,
    officers: dict[str, User],
) -> list[Booked]:
    """`officers` by the code of the department: who enters what comes on paper."""
    found = list(enrolments)
    pairs = sorted(
        ((one, entry) for one in found for entry in one.entries),
        key=lambda pair: (pair[1].received_at, pair[0].facts.plan.code),
    )
    consents = _consents([entry for _one, entry in pairs])
    ties: Counter[datetime] = Counter()
    rows: list[Application] = []
    for (one, entry), consent in zip(pairs, consents, strict=True):
        ties[entry.received_at] += 1
        row = _application(one, entry, offerings, officers)
        row.tie, row.consent = ties[entry.received_at], consent
        rows.append(row)
    Application.objects.bulk_create(rows, batch_size=BATCH)
    booked = [
        Booked(
            entry=entry,
            facts=one.facts,
            application=row,
            participants=_participants(row, entry),
            transitions=_transitions(row, entry, officers),
        )
        for (one, entry), row in zip(pairs, rows, strict=True)
    ]
    _write_details(booked)
    _count_seats(offerings, booked)
    return booked


def _consents(entries: list[Entry]) -> list[Consent | None]:
    """What was shown on the form or printed on the card, from the day it was in force."""
    notice = PurposeNotice.objects.filter(key="application").order_by("-version").first()
    if notice is None:
        return [None] * len(entries)
    consents = [
        Consent(
            notice=notice,
            given_at=entry.entered_at,
            channel=_consent_channel(entry),
            deemed=entry.channel != Channel.WEB,
        )
        if entry.entered_at.date() >= notice.effective_from
        else None
        for entry in entries
    ]
    Consent.objects.bulk_create([one for one in consents if one], batch_size=BATCH)
    return consents


def _consent_channel(entry: Entry) -> ConsentChannel:
    return ConsentChannel.WEB if entry.channel == Channel.WEB else ConsentChannel.PAPER


def _application(
    one: Enrolment, entry: Entry, offerings: Offerings, officers: dict[str, User]
) -> Application:
    plan = one.facts.plan
    key = (plan.code, one.pool, entry.person.number, entry.received_at.isoformat())
    on_the_web = entry.channel == Channel.WEB
    return Application(
        public_id=identifier("application", *key),
        submission_key=identifier("submission", *key),
        run=offerings.runs[plan.code],
        pool=offerings.pools[plan.code][one.pool],
        state=entry.state,
        channel=entry.channel,
        received_at=entry.received_at,
        created_at=entry.entered_at,
        seats=entry.seats,
        # Staff apply with the account that their section knows, also by e-application.
        user=entry.person.user if on_the_web or entry.person.department else None,
        entered_by=None if on_the_web else officers[plan.course.department],
        staff_note=entry.note,
        message=entry.message,
        **entry.person.name_columns(),
        **contact_columns(entry.person),
    )


def _participants(application: Application, entry: Entry) -> list[Participant]:
    names = (entry.person.name, *entry.companions)
    return [
        Participant(
            application=application,
            position=position,
            is_applicant=position == 1,
            family_name=family,
            given_name=given,
            family_name_kana=family_kana,
            given_name_kana=given_kana,
        )
        for position, (family, given, family_kana, given_kana) in enumerate(names, start=1)
    ]


def _transitions(
    application: Application, entry: Entry, officers: dict[str, User]
) -> list[Transition]:
    states = ["", *(step.to for step in entry.steps)]
    return [
        Transition(
            application=application,
            from_state=before,
            to_state=step.to,
            at=step.at,
            by=_actor(application, entry, step, officers),
            why=step.why,
        )
        for before, step in zip(states, entry.steps, strict=False)
    ]


def _actor(
    application: Application, entry: Entry, step: Step, officers: dict[str, User]
) -> User | None:
    if step.actor == "officer":
        return officers[application.run.course.department.code]
    return entry.person.user if step.actor == "person" else None


def _write_details(booked: list[Booked]) -> None:
    Participant.objects.bulk_create(
        [row for one in booked for row in one.participants], batch_size=BATCH
    )
    Transition.objects.bulk_create(
        [row for one in booked for row in one.transitions], batch_size=BATCH
    )
    claims = [
        PersonClaim(run=one.application.run, application=one.application, key=key)
        for one in booked
        if one.application.state in LIVE
        for key in sorted(_keys(one))
    ]
    PersonClaim.objects.bulk_create(claims, batch_size=BATCH)
    kept = [
        PersonKey(application=one.application, key=key)
        for one in booked
        for key in sorted(_keys(one))
    ]
    PersonKey.objects.bulk_create(kept, batch_size=BATCH)


def _keys(booked: Booked) -> frozenset[str]:
    row = booked.application
    return person_keys(
        kana=f"{row.family_name_kana}{row.given_name_kana}",
        email=row.email,
        phone=row.phone,
        address=row.address,
        account=row.user_id,
    )


def _count_seats(offerings: Offerings, booked: list[Booked]) -> None:
    held: Counter[int] = Counter()
    for one in booked:
        if one.application.state in HOLDING:
            held[one.application.pool_id] += one.application.seats
    pools = [pool for by_kind in offerings.pools.values() for pool in by_kind.values()]
    for pool in pools:
        pool.seats_taken = held[pool.pk]
    SeatPool.objects.bulk_update(pools, ["seats_taken"], batch_size=BATCH)
