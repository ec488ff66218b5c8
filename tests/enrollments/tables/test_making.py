"""A plan of a session: made, made again, changed by hand, with its trace and its rights."""

from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.refusal import NotAllowed
from enrollments.domain.leaving import withdraw
from enrollments.domain.tables.arriving import seat_the_rest
from enrollments.domain.tables.making import make_plan
from enrollments.domain.tables.moving import (
    lock_seat,
    move_person,
    name_facilitator,
    swap_people,
)
from enrollments.domain.tables.people import Criterion
from enrollments.domain.tables.reading import table_numbers
from enrollments.domain.tables.refusals import (
    LockedSeatsThere,
    NobodyToSeat,
    NoSuchSeat,
    SameTable,
    SeatHasMoved,
    TooManyTables,
)
from enrollments.domain.tables.seated import people_to_seat
from enrollments.domain.tables.standing import standing_of
from enrollments.models import Participant, TableMove, TableSeat
from tests.enrollments.tables.conftest import SEED, comes
from tests.factories import StaffProfileFactory

pytestmark = pytest.mark.django_db


def test_everybody_sits_and_nobody_with_their_own(plan, evening):
    seats = table_numbers(evening)
    assert sorted(Counter(seats.values()).values()) == [5, 5, 5]
    people = standing_of(plan).people.values()
    together = Counter((one.bond, seats[one.key]) for one in people if one.bond)
    assert set(together.values()) == {1}
    sides = Counter((one.side, seats[one.key]) for one in people)
    assert sorted(sides.values()) == [2, 2, 2, 3, 3, 3]


def test_score_stands_with_the_plan(plan):
    assert plan.marks == [
        [Criterion.SIZE, 0, 0],
        [Criterion.BOND, 0, 0],
        [Criterion.SIDE, 0, 0],
        [Criterion.NEWCOMER, 0, 0],
    ]


def test_same_seed_makes_the_same_plan_again(plan, evening, officer, now):
    before = table_numbers(evening)
    make_plan(session=evening, tables=3, seed=SEED, by=officer, at=now)
    assert table_numbers(evening) == before
    make_plan(session=evening, tables=3, seed="other", by=officer, at=now)
    assert table_numbers(evening) != before


def test_what_was_done_by_hand_is_kept_and_traced(plan, evening, officer, now):
    person, other = _two_apart(evening)
    here, there = table_numbers(evening)[person], table_numbers(evening)[other]
    move_person(plan=plan, participant=person, to=there, seen=here, by=officer, at=now)
    name_facilitator(plan=plan, number=there, name="進 行子", kind="member", by=officer)
    make_plan(session=evening, tables=3, seed="other", by=officer, at=now)
    assert table_numbers(evening)[person] == there
    assert plan.tables.get(number=there).facilitator == "進 行子"
    move = TableMove.objects.get(act="moved")
    assert (move.participant_id, move.from_number, move.to_number) == (person, here, there)
    assert (move.by, move.at) == (officer, now)


def test_seat_that_is_unlocked_moves_again(plan, evening, officer, now):
    person = _two_apart(evening)[0]
    lock_seat(plan=plan, participant=person, is_locked=True, by=officer, at=now)
    lock_seat(plan=plan, participant=person, is_locked=True, by=officer, at=now)
    assert TableSeat.objects.filter(is_locked=True).count() == 1
    lock_seat(plan=plan, participant=person, is_locked=False, by=officer, at=now)
    assert [one.act for one in TableMove.objects.order_by("pk")] == [
        "made",
        "locked",
        "unlocked",
    ]


def test_two_change_places(plan, evening, officer, now):
    person, other = _two_apart(evening)
    before = table_numbers(evening)
    swap_people(plan=plan, participant=person, other=other, by=officer, at=now)
    after = table_numbers(evening)
    assert (after[person], after[other]) == (before[other], before[person])
    assert TableMove.objects.filter(act="swapped").count() == 2
    mate = next(k for k, n in after.items() if n == after[person] and k != person)
    with pytest.raises(SameTable):
        swap_people(plan=plan, participant=person, other=mate, by=officer, at=now)


def test_two_officers_do_not_undo_each_other(plan, evening, officer, now):
    person = _two_apart(evening)[0]
    here = table_numbers(evening)[person]
    there = here % 3 + 1
    move_person(plan=plan, participant=person, to=there, seen=here, by=officer, at=now)
    with pytest.raises(SeatHasMoved):
        move_person(plan=plan, participant=person, to=here, seen=here, by=officer, at=now)
    with pytest.raises(NoSuchSeat):
        move_person(plan=plan, participant=person, to=9, seen=there, by=officer, at=now)
    with pytest.raises(NoSuchSeat):
        move_person(plan=plan, participant=0, to=here, seen=there, by=officer, at=now)


def test_other_sections_are_refused(plan, evening, now):
    stranger = StaffProfileFactory().user
    person = _two_apart(evening)[0]
    acts = (
        lambda: make_plan(session=evening, tables=2, seed="", by=stranger, at=now),
        lambda: move_person(
            plan=plan, participant=person, to=1, seen=None, by=stranger, at=now
        ),
        lambda: lock_seat(
            plan=plan, participant=person, is_locked=True, by=stranger, at=now
        ),
        lambda: name_facilitator(plan=plan, number=1, name="x", kind="", by=stranger),
        lambda: seat_the_rest(plan=plan, by=stranger, at=now),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_tables_are_neither_too_many_nor_taken_from_locked_people(
    plan, evening, officer, now
):
    for tables in (0, 16):
        with pytest.raises(TooManyTables):
            make_plan(session=evening, tables=tables, seed="", by=officer, at=now)
    last = next(key for key, number in table_numbers(evening).items() if number == 3)
    lock_seat(plan=plan, participant=last, is_locked=True, by=officer, at=now)
    with pytest.raises(LockedSeatsThere):
        make_plan(session=evening, tables=2, seed="", by=officer, at=now)
    make_plan(session=evening, tables=4, seed="", by=officer, at=now)
    assert plan.tables.count() == 4


def test_nobody_to_seat(evening, officer, now):
    with pytest.raises(NobodyToSeat):
        make_plan(session=evening, tables=1, seed="", by=officer, at=now)


def test_whoever_withdraws_leaves_the_table(plan, evening, officer, now):
    person = Participant.objects.get(pk=_two_apart(evening)[0])
    withdraw(application=person.application, by=None, at=now)
    assert person.pk not in standing_of(plan).seating
    assert len(standing_of(plan).seating) == 14


def test_first_timers_are_those_without_an_earlier_place(joint_run, evening, now):
    old = comes(joint_run, "ア", at=now)
    new = comes(joint_run, "イ", at=now)
    earlier = joint_run.__class__.objects.create(
        code="earlier",
        course=joint_run.course,
        fiscal_year=2025,
        applications_open_at=joint_run.applications_open_at,
        applications_close_at=joint_run.applications_close_at,
    )
    earlier.pools.create(kind="citizens", capacity=3)
    comes(earlier, "ア", at=now)
    people = people_to_seat([old, new], session=evening, question=None)
    assert [one.is_newcomer for one in people] == [False, True]


def test_facts_cost_the_same_however_many(plan, everybody, django_assert_num_queries, now):
    with django_assert_num_queries(4):
        standing_of(plan)
    comes(everybody, "ン", at=now)
    with django_assert_num_queries(4):
        standing_of(plan)


def test_database_refuses_a_seat_of_somebody_else(plan, run, now):
    stranger = comes(_with_citizens(run), "ア", at=now)
    table = plan.tables.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        TableSeat.objects.create(plan=plan, table=table, participant=stranger)


def test_database_keeps_the_trace(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        TableMove.objects.update(act="moved")
    TableMove.objects.update(by=None)


def _with_citizens(run):
    run.pools.update(kind="citizens")
    return run


def _two_apart(evening):
    seats = table_numbers(evening)
    first = min(seats)
    return first, next(key for key, number in seats.items() if number != seats[first])
