"""Many applications of one run move at once, each as `moving.move` would move it, but in
batches: a draw moves ten thousand while their run is locked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from courses.models import SeatPool
from enrollments.domain.batches import BATCH, batches
from enrollments.domain.claims import give_up_claims
from enrollments.domain.mail_merge import MailMerge
from enrollments.domain.messages import message_of_move
from enrollments.domain.moving import seats_changed, settle_offers, take_or_give
from enrollments.domain.outbox import write_messages
from enrollments.domain.refusals import MoveNotAllowed
from enrollments.domain.states import may_move
from enrollments.domain.support_moves import end_requests
from enrollments.domain.support_states import OPEN
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, SupportRequest, Transition
from enrollments.models.querysets import LIVE


@dataclass(frozen=True)
class Move:
    application: Application
    to: State
    why: str = ""
    tell: bool = True


def move_together(
    *, moves: Sequence[Move], by: User | None, at: datetime
) -> list[Transition]:
    """Inside a transaction that holds the run's lock; all or none.

    The applications are of one run and share their `run` object, so that wording their
    messages asks for its sessions once.
    Raises: MoveNotAllowed, RunFull.
    """
    if not all(may_move(State(m.application.state), m.to) for m in moves):
        raise MoveNotAllowed
    _change_seats(moves)
    _settle_offers(moves, by, at)
    traces = Transition.objects.bulk_create(
        (
            Transition(
                application=m.application,
                from_state=m.application.state,
                to_state=m.to,
                at=at,
                by=by,
                why=m.why,
            )
            for m in moves
        ),
        batch_size=BATCH,
    )
    ended = [m.application for m in moves if m.to not in LIVE]
    _end_requests(ended, by, at)
    _change_states(moves)
    give_up_claims(ended)
    _tell(moves, traces, at)
    return traces


def _change_seats(moves: Iterable[Move]) -> None:
    """What is given back first, so that it can be taken."""
    changes: Counter[int] = Counter()
    for m in moves:
        here = State(m.application.state)
        changes[m.application.pool_id] += seats_changed(m.application, here, m.to)
    for pool, change in sorted(changes.items(), key=lambda pair: pair[1]):
        take_or_give(SeatPool.objects.filter(pk=pool), change)


def _settle_offers(moves: Iterable[Move], by: User | None, at: datetime) -> None:
    by_target: dict[State, list[Application]] = defaultdict(list)
    for m in moves:
        if m.application.state == State.OFFERED:
            by_target[m.to].append(m.application)
    for to, applications in by_target.items():
        for some in batches(applications):
            settle_offers(some, to, by, at)


def _end_requests(ended: list[Application], by: User | None, at: datetime) -> None:
    """Few have asked for support, so those one by one."""
    for some in batches(ended):
        asking = set(
            SupportRequest.objects.filter(
                application__in=[one.pk for one in some], state__in=OPEN
            ).values_list("application", flat=True)
        )
        for application in some:
            if application.pk in asking:
                end_requests(application=application, by=by, at=at)


def _change_states(moves: Iterable[Move]) -> None:
    by_step: dict[tuple[str, State], list[Application]] = defaultdict(list)
    for m in moves:
        by_step[(m.application.state, m.to)].append(m.application)
    for (here, to), applications in by_step.items():
        for some in batches(applications):
            rows = Application.objects.filter(pk__in=[one.pk for one in some], state=here)
            if rows.update(state=to) != len(some):
                raise MoveNotAllowed
        for application in applications:
            application.state = to


def _tell(moves: Sequence[Move], traces: Sequence[Transition], at: datetime) -> None:
    own = MailMerge()
    messages = (
        message_of_move(transition=trace, application=m.application, at=at, own=own)
        for m, trace in zip(moves, traces, strict=True)
        if m.tell
    )
    write_messages(message for message in messages if message is not None)
