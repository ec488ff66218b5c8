"""Offered places of the waiting lists: answered, run out, taken back, and those that are
open now. The steps of the ledger say when; the domain says until when."""

from collections.abc import Callable, Iterable
from datetime import datetime

from cms.demo.identifiers import identifier
from cms.demo.incidents import RunFacts
from courses.enums import SessionState
from courses.models import CourseRun
from enrollments.domain.moving import SETTLED_AS
from enrollments.domain.reply_time import half_way, reply_by
from enrollments.enums import ApplicationState as State
from enrollments.enums import OfferState
from enrollments.models import Application, Offer

HOURS: int = CourseRun._meta.get_field("offer_hours").default
IMMEDIATE_DAYS: int = CourseRun._meta.get_field("immediate_days").default
HELD = (SessionState.SCHEDULED, SessionState.MOVED)


def deadlines_of(facts: RunFacts) -> Callable[[datetime], datetime | None]:
    """Until when an offer made at a moment may be answered; none: given at once."""
    held = [one.slot.starts_at for one in facts.sessions if one.state in HELD]

    def until(at: datetime) -> datetime | None:
        first = min((start for start in held if start > at), default=None)
        return reply_by(at=at, hours=HOURS, immediate_days=IMMEDIATE_DAYS, starts_at=first)

    return until


def write_offers(
    stories: Iterable[tuple[Application, list[tuple[State, datetime]], RunFacts]],
    *,
    at: datetime,
) -> dict[int, Offer]:
    """Of applications with their states and when they came; by application."""
    found = [
        offer
        for application, steps, facts in stories
        if (offer := _offer(application, steps, deadlines_of(facts), at)) is not None
    ]
    Offer.objects.bulk_create(found, batch_size=400)
    return {offer.application_id: offer for offer in found}


def _offer(
    application: Application,
    steps: list[tuple[State, datetime]],
    until: Callable[[datetime], datetime | None],
    at: datetime,
) -> Offer | None:
    """None for whoever was never asked."""
    position = next((n for n, (to, _at) in enumerate(steps) if to == State.OFFERED), None)
    if position is None:
        return None
    made_at = steps[position][1]
    deadline = until(made_at)
    if deadline is None:
        return None
    offer = Offer(
        application=application,
        public_id=identifier("offer", application.public_id.hex),
        made_at=made_at,
        reply_by=deadline,
    )
    ended = steps[position + 1] if position + 1 < len(steps) else None
    if ended is not None:
        offer.state = SETTLED_AS.get(ended[0], OfferState.TAKEN_BACK)
        offer.answered_at = ended[1]
    half = half_way(made_at=made_at, until=deadline)
    if half < (ended[1] if ended else at):
        offer.reminded_at = half
    return offer
