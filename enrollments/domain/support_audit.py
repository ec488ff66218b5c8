"""A recount of the promises of childcare and support."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from courses.models import SupportOffer
from enrollments.domain.support_moves import places_promised
from enrollments.domain.support_states import OPEN, may_move
from enrollments.enums import SupportState as State
from enrollments.models import SupportRequest, SupportStep
from enrollments.models.querysets import LIVE


def support_differences() -> list[str]:
    """One line per broken promise, with numbers only."""
    return [*_left_open(), *_beyond_the_offer(), *_traces()]


def _left_open() -> list[str]:
    left = SupportRequest.objects.filter(state__in=OPEN).exclude(
        application__state__in=LIVE
    )
    return [f"保育・支援 {pk}: 終わった申込み" for pk in left.values_list("pk", flat=True)]


def _beyond_the_offer() -> list[str]:
    limited = SupportOffer.objects.filter(capacity__isnull=False, requests__isnull=False)
    counted = ((offer, places_promised(offer)) for offer in limited.distinct())
    return [
        f"保育・支援の枠 {offer.pk}: 手配 {promised}、定員 {offer.capacity}"
        for offer, promised in counted
        if offer.capacity is not None and promised > offer.capacity
    ]


def _traces() -> list[str]:
    """Every request's states follow one another along the table, to its present."""
    steps = SupportStep.objects.order_by("request_id", "pk")
    rows = steps.values_list("request_id", "from_state", "to_state")
    ends = {
        pk: _end_of([(here, to) for _pk, here, to in moves])
        for pk, moves in groupby(rows.iterator(), key=itemgetter(0))
    }
    states = SupportRequest.objects.values_list("pk", "state")
    return [
        f"保育・支援 {pk}: 状態 {state} の記録がつながらない"
        for pk, state in states.iterator()
        if ends.get(pk) != state
    ]


def _end_of(moves: Iterable[tuple[str, str]]) -> str | None:
    """Where the steps lead; none where they do not follow one another."""
    last = ""
    for here, to in moves:
        follows = may_move(State(here), State(to)) if here else to == State.ASKED
        if here != last or not follows:
            return None
        last = to
    return last
