"""Many moved at once end as if each had been moved alone."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from django.test.utils import CaptureQueriesContext

from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.moving import move
from enrollments.domain.moving_together import Move, move_together
from enrollments.domain.refusals import MoveNotAllowed, RunFull
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import Application, Notification, PersonClaim, Transition
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import (
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
WISHES = (
    (HANAKO, State.ACCEPTED),
    (TARO, State.ACCEPTED),
    (JIRO, State.WAITING),
    (KEIKO, State.LOST),
)


def _lottery_run(now):
    run = CourseRunFactory(selection_mode="lottery", course__title="抽選の講座")
    SeatPoolFactory(run=run, capacity=2)
    SessionFactory(run=run, number=1)
    for person, _to in WISHES:
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
    return run


def _moves(run) -> list[Move]:
    found = run.applications.select_related("run__course__department", "pool")
    people = {one.family_name: one for one in found}
    prefetch_related_objects([run], "sessions__venue", "sessions__room")
    for one in people.values():
        one.run = run
    return [Move(people[person.family], to, "抽選の結果") for person, to in WISHES]


def _what_is_there(run, at) -> dict:
    return {
        "states": list(run.applications.order_by("tie").values_list("state", flat=True)),
        "taken": run.pools.get().seats_taken,
        "traces": list(
            Transition.objects.filter(application__run=run)
            .order_by("application__tie", "pk")
            .values_list("from_state", "to_state", "why", "by", "at")
        ),
        "messages": list(
            Notification.objects.filter(application__run=run)
            .order_by("application__tie", "pk")
            .values_list("kind", "subject", "recipient", "state", "due_at")
        ),
        "claims": PersonClaim.objects.filter(run=run).count(),
    }


def test_many_at_once_are_as_if_moved_one_by_one(now):
    alone, together = _lottery_run(now), _lottery_run(now)
    at = now + timedelta(hours=1)
    with transaction.atomic():
        for m in _moves(alone):
            move(application=m.application, to=m.to, by=None, at=at, why=m.why)
        move_together(moves=_moves(together), by=None, at=at)

    assert _what_is_there(together, at) == _what_is_there(alone, at)
    assert differences() == []


def test_somebody_may_be_moved_silently(now):
    run = _lottery_run(now)
    told = Notification.objects.count()
    moves = [Move(m.application, m.to, m.why, tell=False) for m in _moves(run)]
    move_together(moves=moves, by=None, at=now)
    assert Notification.objects.count() == told


def test_more_than_the_places_are_refused_whole(now):
    run = _lottery_run(now)
    moves = [Move(m.application, State.ACCEPTED) for m in _moves(run)]
    with pytest.raises(RunFull), transaction.atomic():
        move_together(moves=moves, by=None, at=now)
    assert run.pools.get().seats_taken == 0
    assert set(run.applications.values_list("state", flat=True)) == {State.AWAITING_DRAW}


def test_a_move_that_the_table_has_not_is_refused(now):
    run = _lottery_run(now)
    moves = [Move(m.application, State.OFFERED) for m in _moves(run)]
    with pytest.raises(MoveNotAllowed):
        move_together(moves=moves, by=None, at=now)


def test_somebody_who_moved_meanwhile_is_not_moved_over(now):
    run = _lottery_run(now)
    moves = _moves(run)
    other = Application.objects.get(pk=moves[3].application.pk)
    move(application=other, to=State.WITHDRAWN, by=None, at=now)
    # On PostgreSQL and SQLite alike the row is compared, not what was read before.
    with (
        pytest.raises(Exception, match=r"moves_with_its_trace|状態が"),
        transaction.atomic(),
    ):
        move_together(moves=moves, by=None, at=now)
    assert run.pools.get().seats_taken == 0


def test_claim_of_a_loser_goes_to_the_namesake_who_is_still_in(now):
    run = _lottery_run(now)
    twin = apply_for_seat(
        run=run,
        request=request_by(KEIKO, channel=Channel.PHONE),
        by=StaffProfileFactory(department=run.course.department).user,
        at=now,
        namesake_reason="別の方",
    )
    loser = [m for m in _moves(run) if m.to == State.LOST]
    loser[0].application.refresh_from_db()
    first = run.applications.get(family_name="高橋", tie=4)
    first.run = run
    move_together(moves=[Move(first, State.LOST)], by=None, at=now)
    assert PersonClaim.objects.filter(application=first).count() == 0
    assert PersonClaim.objects.filter(application=twin).count() == 1
    assert differences() == []


def test_questions_do_not_grow_with_the_people(now):
    def queries(number: int) -> int:
        moves = _moves(_lottery_run(now))[:number]
        with CaptureQueriesContext(connection) as seen:
            move_together(moves=moves, by=None, at=now)
        return len(seen)

    queries(1)
    assert queries(2) == queries(1)
