"""Late-comers, no-shows, the door and the receipt on the day of a session."""

from datetime import timedelta

import pytest
from django.urls import reverse

from enrollments.domain.attendance import record_attendance
from enrollments.domain.door import door_list
from enrollments.domain.door_codes import arrive
from enrollments.domain.links import application_token
from enrollments.domain.tables.arriving import (
    moves_after_no_shows,
    rebalance,
    seat_the_rest,
)
from enrollments.domain.tables.reading import own_tables, table_numbers
from enrollments.domain.tables.refusals import SizesAreEven
from enrollments.domain.tables.standing import standing_of
from enrollments.enums import AttendanceStatus, DoorAnswer
from enrollments.models import Participant, TableMove
from tests.enrollments.back_office import officer_of
from tests.enrollments.tables.conftest import comes

pytestmark = pytest.mark.django_db


@pytest.fixture
def the_day(now):
    return now + timedelta(days=14)


def test_late_comer_gets_a_seat_at_the_door(plan, everybody, evening, officer, the_day):
    late = comes(everybody, "ン", at=the_day - timedelta(days=14))
    assert late.pk not in table_numbers(evening)
    arrival = arrive(session=evening, code=late.door_code, by=officer, at=the_day)
    assert arrival.answer == DoorAnswer.CAME
    seat = table_numbers(evening)[late.pk]
    move = TableMove.objects.get(act="came_late")
    assert (move.participant, move.to_number) == (late, seat)


def test_without_a_plan_nobody_is_seated(everybody, evening, officer, the_day):
    person = Participant.objects.first()
    record_attendance(
        session=evening,
        marks={person.pk: AttendanceStatus.PRESENT},
        by=officer,
        at=the_day,
    )
    assert table_numbers(evening) == {}


def test_no_shows_move_nobody_until_it_is_asked(plan, evening, officer, the_day):
    gone = _miss_a_table(plan, evening, officer, the_day)
    before = table_numbers(evening)
    assert set(before) > gone
    moves = moves_after_no_shows(standing_of(plan))
    assert len(moves) == 3
    assert rebalance(plan=plan, by=officer, at=the_day) == 3
    after = table_numbers(evening)
    assert {key for key in after if after[key] != before[key]} == set(moves)
    with pytest.raises(SizesAreEven):
        rebalance(plan=plan, by=officer, at=the_day)


def test_those_without_a_seat_are_seated_when_asked(plan, everybody, evening, officer, now):
    late = comes(everybody, "ン", at=now)
    assert standing_of(plan).unseated == [late.pk]
    assert seat_the_rest(plan=plan, by=officer, at=now) == 1
    assert late.pk in table_numbers(evening)


def test_table_is_told_on_the_day_only(plan, evening, client, the_day, time_machine):
    person = Participant.objects.first()
    page = reverse("application", args=[application_token(person.application)])
    words = f"テーブル{table_numbers(evening)[person.pk]}"
    time_machine.move_to(the_day - timedelta(days=1))
    assert "今日のテーブル" not in client.get(page).content.decode()
    time_machine.move_to(the_day.replace(hour=8))
    shown = client.get(page).content.decode()
    assert "今日のテーブル" in shown
    assert words in shown
    before = the_day - timedelta(days=1)
    assert own_tables(person.application, [evening], at=before) == []


def test_door_shows_the_table(plan, evening, client, the_day, time_machine):
    user = officer_of(evening.run.course.department)
    client.force_login(user)
    time_machine.move_to(the_day)
    row = door_list(evening).rows[0]
    page = client.get(reverse("door", args=[evening.pk])).content.decode()
    assert f'<span class="door-table">テーブル{row.table}</span>' in page
    code = {"code": row.person.door_code}
    told = client.post(
        reverse("door_code", args=[evening.pk]),
        code,
        headers={"Accept": "application/json"},
    ).json()
    assert told["words"].endswith(f"テーブル{row.table}")


def _miss_a_table(plan, evening, officer, at):
    """Nobody of the last table comes."""
    gone = {key for key, number in table_numbers(evening).items() if number == 3}
    marks = dict.fromkeys(gone, AttendanceStatus.ABSENT)
    record_attendance(session=evening, marks=marks, by=officer, at=at)
    return gone
