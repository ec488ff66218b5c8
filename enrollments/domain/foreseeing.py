"""What would become of applications that came one after the other, without taking one:
the same rules as for applying, with the places that those before would have taken."""

from datetime import datetime

from accounts.models import User
from courses.enums import PoolKind
from courses.models import CourseRun
from enrollments.domain.applying import LONGEST_WAY, keys_of_request, place_for
from enrollments.domain.by_exception import require_staff_for
from enrollments.domain.offered import Offered
from enrollments.domain.receipt import moment_of_receipt
from enrollments.domain.refusals import ReceivedLongAgo, RunFull
from enrollments.domain.requests import SeatRequest
from enrollments.enums import ApplicationState as State
from enrollments.models.querysets import HOLDING


class Foresight:
    """`run` has its pools as they would be by now; nothing is written."""

    def __init__(self, run_pk: int, *, by: User) -> None:
        self.run: CourseRun = Offered.now().run_with_places(run_pk)
        self.by = by
        self.waiting: set[int] = set()

    def apply(
        self,
        request: SeatRequest,
        *,
        at: datetime,
        received_at: datetime,
        override_reason: str = "",
        pool_kind: PoolKind | None = None,
    ) -> State:
        """How far the application would come; the next one finds its places taken.

        Raises: those of `apply_for_seat`, but for people who applied already.
        """
        require_staff_for(override_reason, run=self.run, by=self.by)
        if received_at < at - LONGEST_WAY:
            raise ReceivedLongAgo
        moment = moment_of_receipt(received_at)
        place = place_for(
            self.run, request, self.by, at, moment, pool_kind, override_reason
        )
        state = place.first_state
        if state == State.ACCEPTED and place.pool.pk in self.waiting:
            state = State.WAITING
            if not self.run.waiting_list:
                raise RunFull
        if state == State.WAITING:
            self.waiting.add(place.pool.pk)
        if state in HOLDING:
            place.pool.seats_taken += place.seats
        return state

    def keys_of(self, request: SeatRequest) -> frozenset[str]:
        return keys_of_request(request, self.by)
