import pytest
from django.core.management import CommandError, call_command

from accounts import guarding
from courses.models import SeatPool
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.models import Application, Participant, PersonClaim, Transition
from tests.enrollments.requests import HANAKO, TARO, request_by


@pytest.fixture
def application(run, now):
    apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    return apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


def test_sound_data_have_no_differences(application):
    assert differences() == []
    call_command("audit")


def test_wrong_counter_is_found(application, pool):
    SeatPool.objects.filter(pk=pool.pk).update(seats_taken=1)

    assert differences() == [f"枠 {pool.pk}: 記録 1、実際 2、定員 2"]
    with pytest.raises(CommandError):
        call_command("audit")


def test_state_changed_behind_the_table_is_found(application):
    with guarding.lifted():
        Application.objects.filter(pk=application.pk).update(state="received")

    assert f"申込み {application.pk}: 状態 received の記録がない" in differences()


def test_gap_in_the_trace_is_found(application):
    with guarding.lifted():
        Transition.objects.filter(application=application, from_state="").delete()

    assert differences() == [
        f"申込み {application.pk}: 状態の記録がつながらない received → accepted"
    ]


def test_seats_without_people_are_found(application):
    Participant.objects.filter(application=application).delete()

    assert differences() == [f"申込み {application.pk}: 1 席に参加者 0 人"]


def test_person_who_could_apply_twice_is_found(application):
    PersonClaim.objects.filter(application=application).delete()

    assert differences() == [f"申込み {application.pk}: 重複の目印がない"]


def test_missing_guard_is_found(application):
    guarding.lift()

    found = differences()
    assert len(found) == len(guarding.all_guards())
    assert "データベースの見張りがない: trace_is_kept" in found
