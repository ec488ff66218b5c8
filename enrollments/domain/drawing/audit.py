"""A draw computed again: its fingerprints, its result, and what became of everybody at
the announcement."""

import json
from collections.abc import Iterator
from datetime import datetime

from enrollments.domain.drawing.canonical import commitment_to, fingerprint_of, seed_of
from enrollments.domain.drawing.entry_list import state_drawn
from enrollments.domain.drawing.holding import draw_from_record, result_of
from enrollments.domain.states import ENDED_BY_ANYBODY
from enrollments.enums import ApplicationState as State
from enrollments.enums import DrawOutcome
from enrollments.models import Draw, Transition

LED_TO = {
    (0, DrawOutcome.WON): State.ACCEPTED,
    (0, DrawOutcome.WAITING): State.WAITING,
    (0, DrawOutcome.LOST): State.LOST,
    (1, DrawOutcome.WON): State.OFFERED,
}


def draw_differences() -> list[str]:
    """One line per broken promise."""
    return [
        f"抽選 {draw.pk}（{draw.run.code}）: {words}"
        for draw in Draw.objects.select_related("run").order_by("pk").iterator()
        for words in _of_one(draw)
    ]


def _of_one(draw: Draw) -> Iterator[str]:
    if fingerprint_of(draw.record) != draw.fingerprint:
        yield "名簿が指紋と合わない"
    if draw.secret and commitment_to(bytes.fromhex(draw.secret)) != draw.commitment:
        yield "秘密の値が先に公表した指紋と合わない"
    if _listed(draw) != {
        (entry["number"], entry["seats"], entry["tier"])
        for entry in json.loads(draw.record)["entries"]
    }:
        yield "名簿の申込みが記録と合わない"
    if not draw.result:
        return
    if not _reproduces(draw):
        yield "結果が記録から再現できない"
    if draw.announced_at is not None:
        yield from _announced(draw, draw.announced_at)


def _listed(draw: Draw) -> set[tuple[str, int, int]]:
    return set(draw.entries.values_list("number", "seats", "tier"))


def _reproduces(draw: Draw) -> bool:
    """The record, the result and the rows beside the applications say the same."""
    told = json.loads(draw.result)
    seed = b""
    if draw.source:
        seed = seed_of(
            secret=draw.secret,
            public_value=draw.public_value,
            fingerprint=draw.fingerprint,
        )
    drawn = draw_from_record(draw.record, seed=seed, withdrawn=told["withdrawn"])
    if draw.held_at is None:
        return False
    again = result_of(drawn, withdrawn=told["withdrawn"], seed=seed, at=draw.held_at)
    rows = set(draw.entries.values_list("number", "rank", "line", "outcome"))
    expected = {
        (
            one.entry.number,
            one.rank,
            one.line,
            one.outcome if one.outcome in DrawOutcome.values else "",
        )
        for one in drawn
    }
    return again == draw.result and rows == expected


def _announced(draw: Draw, at: datetime) -> Iterator[str]:
    """Whoever was in the running at the announcement moved as drawn. Some had left
    before, the last of them perhaps in the same moment."""
    left = Transition.objects.filter(
        application__draw_entries__draw=draw,
        from_state=state_drawn(draw.round),
        at__lte=at,
    )
    moved = dict(left.filter(at=at).values_list("application_id", "to_state"))
    before = set(left.filter(at__lt=at).values_list("application_id", flat=True))
    for entry in draw.entries.exclude(outcome="").iterator():
        to = moved.get(entry.application_id)
        if entry.application_id in before or to in ENDED_BY_ANYBODY:
            continue
        if to != LED_TO.get((min(draw.round, 1), DrawOutcome(entry.outcome))):
            yield f"申込み {entry.application_id} が結果（{entry.outcome}）のとおりでない"
