"""Many applications of one run that came one after the other: foreseen and written down
under one lock, each as `applying.apply_for_seat` would take it, but in batches."""

from collections.abc import Sequence
from datetime import datetime

from accounts.domain.locking import require_transaction
from enrollments.domain.batches import BATCH
from enrollments.domain.claims import claims_on
from enrollments.domain.entering import Passed, enter, first_traces
from enrollments.domain.foreseeing import Foresight
from enrollments.domain.moving_together import Move, move_together
from enrollments.models import Application, Transition


def apply_together(
    *, foresight: Foresight, passed: Sequence[Passed], at: datetime, tells: bool = True
) -> list[Application]:
    """All or none, in this order. They have passed `foresight` in this transaction, after
    it took the run's lock, and their forms are new.

    Raises: those of `entering.enter`, RunFull; IntegrityError where two are one person.
    """
    require_transaction("apply_together")
    run, by = foresight.run, foresight.by
    notice = foresight.offered.notice("application", at=at)
    every_key = frozenset[str]().union(*(one.keys for one in passed))
    claims = claims_on(every_key, run_pk=run.pk)
    applications = enter(run=run, passed=passed, claims=claims, notice=notice, by=by, at=at)
    begun = first_traces(applications, passed, by=by, at=at)
    Transition.objects.bulk_create(begun, batch_size=BATCH)
    moves = [
        Move(application, one.place.first_state, tell=tells)
        for application, one in zip(applications, passed, strict=True)
    ]
    move_together(moves=moves, by=by, at=at)
    return applications
