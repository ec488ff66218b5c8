"""The one place where a promise changes state: table, places, trace.

Whoever calls holds the run's lock, so the places counted here stay as counted.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Q

from accounts.models import User
from courses.enums import SupportKind
from courses.models import CourseRun, SupportOffer
from enrollments.domain.support_refusals import (
    PromisesExceedPlaces,
    SupportFull,
    SupportMoveNotAllowed,
    SupportOfNobody,
)
from enrollments.domain.support_states import OPEN, PROMISED, may_move
from enrollments.enums import SupportState as State
from enrollments.models import Application, SupportRequest, SupportStep
from enrollments.models.querysets import HOLDING, LIVE

ENDED_WITH_APPLICATION = "申込みが終わったため"


def move_request(
    *,
    request: SupportRequest,
    to: State,
    by: User | None,
    at: datetime,
    why: str = "",
    alternative: str = "",
) -> SupportStep:
    """Raises: SupportMoveNotAllowed, SupportOfNobody, SupportFull."""
    here = State(request.state)
    if not may_move(here, to):
        raise SupportMoveNotAllowed
    if to in OPEN and request.application.state not in LIVE:
        raise SupportOfNobody
    if to in PROMISED and here not in PROMISED:
        _require_room(request)
    # The trace first: the database takes no other state than the one it leads to.
    step = SupportStep.objects.create(
        request=request, from_state=here, to_state=to, at=at, by=by, why=why[:200]
    )
    changed = SupportRequest.objects.filter(pk=request.pk, state=here).update(
        state=to, alternative=alternative
    )
    if changed != 1:
        raise SupportMoveNotAllowed
    request.state, request.alternative = to, alternative
    return step


def end_requests(*, application: Application, by: User | None, at: datetime) -> None:
    """Somebody who does not come keeps no promise open: in the transaction in which the
    application ends, while it still lives."""
    for request in SupportRequest.objects.filter(application=application, state__in=OPEN):
        move_request(
            request=request, to=State.WITHDRAWN, by=by, at=at, why=ENDED_WITH_APPLICATION
        )


def places_promised(offer: SupportOffer) -> int:
    """Children, or people with this wish, that the section has promised to take."""
    return _places(offer, Q(state__in=PROMISED))


def places_wanted(offer: SupportOffer) -> int:
    """Promised, or asked for by somebody who has a place in the run. Wishes of those who
    may still lose a draw are in nobody's way."""
    has_a_place = Q(state=State.ASKED, application__state__in=HOLDING)
    return _places(offer, Q(state__in=PROMISED) | has_a_place)


def require_room_for_promises(
    run: CourseRun, wanted: Mapping[SupportKind, int | None]
) -> None:
    """For whoever changes the numbers offered, by kind. Raises: PromisesExceedPlaces."""
    for offer in run.support_offers.filter(kind__in=wanted):
        capacity = wanted[SupportKind(offer.kind)]
        if capacity is not None and places_promised(offer) > capacity:
            raise PromisesExceedPlaces


def size_of(request: SupportRequest) -> int:
    """How many places it takes."""
    return request.children.count() if request.kind == SupportKind.CHILDCARE else 1


def _require_room(request: SupportRequest) -> None:
    offer = SupportOffer.objects.filter(requests=request).first()
    if offer is None or offer.capacity is None:
        return
    if places_promised(offer) + size_of(request) > offer.capacity:
        raise SupportFull


def _places(offer: SupportOffer, which: Q) -> int:
    found = SupportRequest.objects.filter(which, offer=offer)
    what = "children" if offer.kind == SupportKind.CHILDCARE else "pk"
    return int(found.aggregate(number=Count(what))["number"])
