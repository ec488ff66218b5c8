"""Several units are called off in one act, and whoever is in several of them is told of all
in one message; of a single one as always."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from accounts.domain.contact import kana_key
from accounts.models import User
from courses.domain import calling_off
from courses.models import CourseRun
from enrollments.domain.gathering import settle_unsent, tell_of_run
from enrollments.domain.moving_together import Move, move_together
from enrollments.domain.run_changes import people_in
from enrollments.domain.series.applying import lock_all
from enrollments.domain.series.refusals import NoUnitChosen
from enrollments.domain.series.telling import tell_of_units_called_off
from enrollments.enums import ApplicationState as State
from enrollments.enums import MessageKind
from enrollments.models import Application


def cancel_units_and_tell(
    *, runs: Sequence[CourseRun], reason: str, by: User, at: datetime
) -> list[list[Application]]:
    """All of them or none. Returns the applications, by who reads of them.

    Raises: NoUnitChosen, the refusals of `courses.domain.calling_off.cancel_run`.
    """
    if not runs:
        raise NoUnitChosen
    with transaction.atomic():
        lock_all([run.pk for run in runs])
        people: list[Application] = []
        for run in runs:
            calling_off.cancel_run(run=run, reason=reason, by=by, at=at)
            here = list(people_in(run))
            moves = [Move(one, State.CANCELLED, reason, tell=False) for one in here]
            move_together(moves=moves, by=by, at=at)
            people += here
        readers = by_reader(people)
        _tell(readers, why=reason, at=at)
    return readers


def by_reader(people: Iterable[Application]) -> list[list[Application]]:
    """Whoever has the same name and is reached in the same way reads one message."""
    found: dict[tuple[str, ...], list[Application]] = defaultdict(list)
    for one in people:
        reached = one.email or one.phone or one.address or str(one.pk)
        found[reached, kana_key(one.full_name_kana), one.language].append(one)
    return list(found.values())


def _tell(readers: Sequence[Sequence[Application]], *, why: str, at: datetime) -> None:
    singly: dict[int, list[Application]] = defaultdict(list)
    for own in readers:
        if len(own) == 1:
            singly[own[0].run_id].append(own[0])
            continue
        settle_unsent(own, at=at)
        tell_of_units_called_off(own, why=why, at=at)
    for here in singly.values():
        tell_of_run(kind=MessageKind.RUN_CANCELLED, people=here, why=why, at=at)
