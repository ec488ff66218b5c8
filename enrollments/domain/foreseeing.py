"""What would become of applications that came one after the other, without taking one:
the same rules as for applying, with the places that those before would have taken."""

from datetime import datetime

from accounts.models import User
from courses.enums import PoolKind
from courses.models import CourseRun
from enrollments.domain.applying import moment_received
from enrollments.domain.by_exception import require_staff_for
from enrollments.domain.drawing.frozen_lists import waits_for_draw
from enrollments.domain.entering import Passed, keys_of_request
from enrollments.domain.offered import Offered
from enrollments.domain.placing import place_for
from enrollments.domain.requests import SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.models.querysets import HOLDING


class Foresight:
    """Of one run, with its pools as they would be by now; nothing is written. Under the
    run's lock `applying_together` may do what was foreseen."""

    def __init__(self, run_pk: int, *, by: User) -> None:
        self.offered = Offered.now()
        self.run: CourseRun = self.offered.run_with_places(run_pk)
        self.by = by
        self._draws: bool | None = None

    def apply(
        self,
        request: SeatRequest,
        *,
        at: datetime,
        received_at: datetime,
        override_reason: str = "",
        namesake_reason: str = "",
        pool_kind: PoolKind | None = None,
    ) -> Passed:
        """How far the application would come; the next one finds its places taken.

        Raises: those of `apply_for_seat`, but for people who applied already.
        """
        run, by = self.run, self.by
        require_staff_for(override_reason or namesake_reason, run=run, by=by)
        moment = moment_received(received_at, at=at)
        place = place_for(
            run, request, by, at, moment, pool_kind, override_reason, self.draws
        )
        if place.first_state == State.WAITING:
            place.pool.waiting = True  # type: ignore[attr-defined]
        if place.first_state in HOLDING:
            place.pool.seats_taken += place.seats
        keys = self.keys_of(request)
        return Passed(request, place, moment, keys, override_reason, namesake_reason)

    def draws(self, run: CourseRun) -> bool:
        """Asked once for all of them. Raises: ListIsFrozen."""
        if self._draws is None:
            self._draws = waits_for_draw(run)
        return self._draws

    def keys_of(self, request: SeatRequest) -> frozenset[str]:
        return keys_of_request(request, self.by)
