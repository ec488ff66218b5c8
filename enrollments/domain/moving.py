"""The one place where an application changes state: table, seats, offer, trace,
message."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from accounts.models import User
from courses.models import SeatPool
from enrollments.domain.claims import give_up_claims
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.messages import tell_of_move
from enrollments.domain.refusals import MoveNotAllowed, RunFull
from enrollments.domain.states import may_move
from enrollments.domain.support_moves import end_requests
from enrollments.enums import ApplicationState as State
from enrollments.enums import OfferState
from enrollments.models import Application, Offer, Transition
from enrollments.models.querysets import HOLDING, LIVE

SETTLED_AS = {
    State.ACCEPTED: OfferState.ACCEPTED,
    State.DECLINED: OfferState.DECLINED,
    State.EXPIRED: OfferState.EXPIRED,
}


def move(
    *,
    application: Application,
    to: State,
    by: User | None,
    at: datetime,
    why: str = "",
    tell: bool = True,
    begun: Transition | None = None,
    own: OwnWordings | None = None,
) -> Transition:
    """Move an application, inside a transaction that holds the run's lock. `begun` is
    the first trace of a new one, written with this move's; `own` are the city's wordings
    where they were read.

    Raises: MoveNotAllowed where the table has no such move or the row has moved
    meanwhile; RunFull where the pool has no seat for it.
    """
    here = State(application.state)
    if not may_move(here, to):
        raise MoveNotAllowed
    pool = SeatPool.objects.filter(pk=application.pool_id)
    take_or_give(pool, seats_changed(application, here, to))
    if here == State.OFFERED:
        settle_offers([application], to, by, at)
    # The trace first: the database takes no other state than the one it leads to.
    transition = Transition(
        application=application, from_state=here, to_state=to, at=at, by=by, why=why
    )
    Transition.objects.bulk_create([begun, transition] if begun else [transition])
    if to not in LIVE:
        end_requests(application=application, by=by, at=at)
    changed = Application.objects.filter(pk=application.pk, state=here).update(state=to)
    if changed != 1:
        raise MoveNotAllowed
    application.state = to
    if to not in LIVE:
        give_up_claims([application])
    if tell:
        tell_of_move(transition=transition, application=application, at=at, own=own)
    return transition


def seats_changed(application: Application, here: State, to: State) -> int:
    """Seats are held while accepted or offered."""
    return application.seats * ((to in HOLDING) - (here in HOLDING))


def take_or_give(pool: QuerySet[SeatPool], change: int) -> None:
    """One statement looks and takes; the pool's constraint has the last word.

    Raises: RunFull.
    """
    if not change:
        return
    if change > 0:
        pool = pool.filter(
            Q(capacity__isnull=True) | Q(capacity__gte=F("seats_taken") + change)
        )
    if not pool.update(seats_taken=F("seats_taken") + change):
        raise RunFull


def settle_offers(
    applications: Iterable[Application], to: State, by: User | None, at: datetime
) -> None:
    """Whatever else ends an offer takes it back. A place given at once had none."""
    Offer.objects.filter(application__in=applications, state=OfferState.OPEN).update(
        state=SETTLED_AS.get(to, OfferState.TAKEN_BACK), answered_at=at, answered_by=by
    )
