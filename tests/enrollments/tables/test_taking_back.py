"""What was done last with the seats is taken back, and nothing that lies under it."""

import pytest

from enrollments.domain.tables.arriving import rebalance
from enrollments.domain.tables.moving import lock_seat, move_person, swap_people
from enrollments.domain.tables.reading import table_numbers
from enrollments.domain.tables.refusals import NoSuchSeat, SeatHasMoved
from enrollments.domain.tables.taking_back import last_change, take_back
from enrollments.models import Attendance
from tests.enrollments.back_office import officer_of
from tests.enrollments.tables.conftest import comes
from tests.enrollments.tables.test_over_http import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def move(plan, officer, now):
    def moved(person, to):
        return move_person(
            plan=plan, participant=person, to=to, seen=None, by=officer, at=now
        )

    return moved


@pytest.fixture
def back(plan, officer, now):
    def taken_back(seen=None):
        seen = plan.moves.first().pk if seen is None else seen
        return take_back(plan=plan, seen=seen, by=officer, at=now)

    return taken_back


def _locked(plan) -> set[int]:
    return set(plan.seats.filter(is_locked=True).values_list("participant", flat=True))


def test_person_who_was_moved_sits_and_is_free_as_before(plan, evening, move, back):
    before = table_numbers(evening)
    person = min(before)
    move(person, before[person] % 3 + 1)

    assert back() == 1
    assert (table_numbers(evening), _locked(plan)) == (before, set())
    move(person, before[person] % 3 + 1)
    back()
    assert _locked(plan) == set()


def test_person_who_was_locked_before_stays_locked(plan, evening, officer, now, move, back):
    person, here = next(iter(table_numbers(evening).items()))
    lock_seat(plan=plan, participant=person, is_locked=True, by=officer, at=now)
    move(person, here % 3 + 1)
    back()

    assert (table_numbers(evening)[person], _locked(plan)) == (here, {person})


def test_both_of_an_exchange_go_back(plan, evening, officer, now, back):
    before = table_numbers(evening)
    one = min(before)
    other = next(key for key, table in before.items() if table != before[one])
    swap_people(plan=plan, participant=one, other=other, by=officer, at=now)

    assert back() == 2
    assert (table_numbers(evening), _locked(plan)) == (before, set())


def test_everybody_who_was_moved_for_no_shows_goes_back(plan, evening, officer, now, back):
    before = table_numbers(evening)
    first = [key for key, table in before.items() if table == 1]
    Attendance.objects.bulk_create(
        Attendance(session=evening, participant_id=key, status="absent", recorded_at=now)
        for key in first[:3]
    )
    moved = rebalance(plan=plan, by=officer, at=now)

    assert back() == moved
    assert (table_numbers(evening), _locked(plan)) == (before, set())


def test_what_a_colleague_did_meanwhile_is_not_taken_back(evening, move, back):
    (one, here), (other, there), *_rest = table_numbers(evening).items()
    seen = move(one, here % 3 + 1).pk
    move(other, there % 3 + 1)
    with pytest.raises(SeatHasMoved):
        back(seen)
    assert table_numbers(evening)[other] == there % 3 + 1


def test_a_new_plan_is_not_taken_back(plan, back):
    assert last_change(plan) == []
    with pytest.raises(NoSuchSeat):
        back()


def test_officer_takes_a_move_back_on_the_page(
    client, department, plan, everybody, evening
):
    client.force_login(officer_of(department))
    page = address(everybody, 1)
    assert "元に戻す" not in client.get(page).content.decode()
    person, here = next(iter(table_numbers(evening).items()))
    said = {"act": "move", "person": person, "seen": here, "to": here % 3 + 1}
    assert "元に戻す" in client.post(page, said, follow=True).content.decode()

    seen = plan.moves.first().pk
    client.post(page, {"act": "take-back", "seen": seen})
    assert table_numbers(evening)[person] == here
    assert client.post(page, {"act": "take-back", "seen": seen}).status_code == 409


def test_many_tables_have_an_index(client, department, everybody, now):
    client.force_login(officer_of(department))
    comes(everybody, "ン", at=now)
    for tables, index in ((7, False), (8, True)):
        made = {"act": "make", "tables": tables}
        shown = client.post(address(everybody, 1), made, follow=True).content.decode()
        assert ('href="#table-7"' in shown) is index
