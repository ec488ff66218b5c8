"""Somebody who stands in two parties of a run is shown to the officer, who decides."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.domain.refusal import NotAllowed
from courses.enums import SelectionMode
from enrollments.domain import same_names as domain
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.drawing import refusals
from enrollments.domain.drawing.freezing import freeze
from enrollments.domain.duplicates import look_alikes
from enrollments.domain.leaving import withdraw
from enrollments.domain.requests import PersonName
from enrollments.domain.same_names import keep_namesakes, same_names
from enrollments.enums import ApplicationState as State
from enrollments.enums import Likeness, MessageKind
from enrollments.models import Draw, NamesakeRuling, Notification
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import NOON, DepartmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(run):
    run.max_participants = 3
    run.save()
    return run


@pytest.fixture
def crossing(run, now):
    """Hanako comes with Taro; Jiro also brings Taro."""
    return [
        apply_for_seat(
            run=run, request=request_by(person, companions=(TARO,)), by=None, at=now
        )
        for person in (HANAKO, JIRO)
    ]


@pytest.fixture
def by_lot(run):
    run.selection_mode = SelectionMode.LOTTERY
    run.save()
    return run


@pytest.fixture
def office(client, run):
    client.force_login(officer_of(run.course.department))
    return client


def _page(client, run, name="manage_same_names"):
    return client.get(reverse(name, args=[run.code])).content.decode()


def test_reading_in_two_applications_is_one_case(run, crossing):
    (case,) = same_names(run_pk=run.pk)

    assert case.kana == "サトウ タロウ"
    assert [person.application for person in case.people] == crossing


def test_applicant_who_is_a_companion_elsewhere_is_found(run, now):
    apply_for_seat(run=run, request=request_by(HANAKO, companions=(TARO,)), by=None, at=now)
    # However the name is parted.
    parted = PersonName("佐藤太", "郎", "サトウタ", "ロウ")
    apply_for_seat(run=run, request=request_by(parted), by=None, at=now)

    assert [case.kana for case in same_names(run_pk=run.pk)] == ["サトウ タロウ"]


def test_one_application_and_ended_ones_are_no_case(run, crossing, now):
    withdraw(application=crossing[1], by=None, at=now)
    apply_for_seat(run=run, request=request_by(KEIKO), by=None, at=now)

    assert same_names(run_pk=run.pk) == []


def test_namesakes_are_asked_about_once_until_another_comes(run, crossing, officer, now):
    (case,) = same_names(run_pk=run.pk)
    ruling = keep_namesakes(
        run_pk=run.pk, key=case.key, why="電話で確認", by=officer, at=now
    )

    assert same_names(run_pk=run.pk) == []
    assert (ruling.why, ruling.by, ruling.at) == ("電話で確認", officer, now)
    apply_for_seat(run=run, request=request_by(KEIKO, companions=(TARO,)), by=None, at=now)
    assert [len(one.people) for one in same_names(run_pk=run.pk)] == [3]


def test_namesakes_need_a_reason_and_the_section(run, crossing, officer, hanako, now):
    (case,) = same_names(run_pk=run.pk)
    with pytest.raises(domain.NamesakesNeedAReason):
        keep_namesakes(run_pk=run.pk, key=case.key, why=" ", by=officer, at=now)
    with pytest.raises(NotAllowed):
        keep_namesakes(run_pk=run.pk, key=case.key, why="別人", by=hanako, at=now)
    with pytest.raises(domain.NoSameNames):
        keep_namesakes(run_pk=run.pk, key="0" * 64, why="別人", by=officer, at=now)
    assert not NamesakeRuling.objects.exists()


def test_database_wants_the_reason(run, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        NamesakeRuling.objects.create(run=run, key="0" * 64, why="", at=now)
    assert NamesakeRuling.objects.create(run=run, key="0" * 64, why="別人", at=now).pk


def test_clerk_entering_a_companion_is_shown_the_other_party(run, crossing):
    asked = request_by(KEIKO, companions=(TARO,))
    found = look_alikes(run_pk=run.pk, request=asked)

    assert [(one.application, one.likeness) for one in found] == [
        (application, Likeness.COMPANION) for application in crossing
    ]
    assert look_alikes(run_pk=run.pk, request=request_by(KEIKO)) == []


def test_asking_costs_one_query_where_there_is_nobody(run, now):
    for person in (HANAKO, TARO, JIRO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert same_names(run_pk=run.pk) == []
        assert len(asked) == 1


def _freeze(run, now, **which):
    return freeze(
        run=run,
        secret=bytes(32),
        source="日経平均株価の終値",
        source_on=(now + timedelta(days=61)).date(),
        by=None,
        at=now + timedelta(days=60),
        **which,
    )


def test_list_with_crossing_parties_is_not_frozen_unseen(by_lot, now):
    for person in (HANAKO, JIRO):
        asked = request_by(person, companions=(TARO,))
        apply_for_seat(run=by_lot, request=asked, by=None, at=now)

    with pytest.raises(refusals.SameNamesOpen):
        _freeze(by_lot, now)
    assert not Draw.objects.exists()
    assert _freeze(by_lot, now, despite_same_names=True).entries.count() == 2


def test_list_is_frozen_once_they_are_namesakes(by_lot, officer, now):
    for person in (HANAKO, JIRO):
        asked = request_by(person, companions=(TARO,))
        apply_for_seat(run=by_lot, request=asked, by=None, at=now)
    (case,) = same_names(run_pk=by_lot.pk)
    keep_namesakes(run_pk=by_lot.pk, key=case.key, why="別人", by=officer, at=now)

    assert _freeze(by_lot, now).entries.count() == 2


def test_dry_run_mentions_them(by_lot, now, capsys):
    with time_machine.travel(now, tick=False):
        for person in (HANAKO, JIRO):
            asked = request_by(person, companions=(TARO,))
            apply_for_seat(run=by_lot, request=asked, by=None, at=now)
        call_command("draw", by_lot.code)
        assert "読みの同じ方が2件以上の申込みにいます: 1組" in capsys.readouterr().out
    with time_machine.travel(now + timedelta(days=60), tick=False):
        on = (now + timedelta(days=61)).date()
        with pytest.raises(CommandError, match="読みの同じ方"):
            call_command("draw", by_lot.code, freeze="日経平均株価の終値", on=on)


@pytest.mark.parametrize("name", ["manage_applications", "manage_draw"])
def test_officer_is_led_to_them(office, by_lot, now, name):
    with time_machine.travel(NOON, tick=False):
        apply_for_seat(
            run=by_lot, request=request_by(HANAKO, companions=(TARO,)), by=None, at=now
        )
        assert "2件以上の申込み" not in _page(office, by_lot, name)
        apply_for_seat(
            run=by_lot, request=request_by(JIRO, companions=(TARO,)), by=None, at=now
        )
        page = _page(office, by_lot, name)
    assert "読みの同じ方が、2件以上の申込みにいます（1組）" in page
    assert reverse("manage_same_names", args=[by_lot.code]) in page


def _press(office, run, act, reason=""):
    (case,) = same_names(run_pk=run.pk)
    sent = {"key": case.key, "act": act, "reason": reason}
    with time_machine.travel(NOON, tick=False):
        return office.post(reverse("manage_same_names", args=[run.code]), sent)


def test_companion_is_taken_out_of_one_party(office, run, crossing):
    taro = crossing[1].participants.get(position=2)
    assert crossing[1].receipt_number in _page(office, run)

    assert _press(office, run, f"leave:{taro.pk}").status_code == 302
    assert crossing[1].participants.count() == 1
    assert Notification.objects.filter(kind=MessageKind.PEOPLE_CHANGED).count() == 1
    assert "確かめる必要のある方はいません。" in _page(office, run)


def test_application_is_cancelled_with_words_to_the_applicant(office, run, now):
    apply_for_seat(run=run, request=request_by(HANAKO, companions=(TARO,)), by=None, at=now)
    taros = apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    act = f"cancel:{taros.pk}"

    assert _press(office, run, act).status_code == 409
    assert _press(office, run, act, "山田様の申込みに含まれています").status_code == 302
    taros.refresh_from_db()
    assert taros.state == State.CANCELLED
    told = Notification.objects.get(kind=MessageKind.CANCELLED)
    assert "山田様の申込みに含まれています" in told.body


def test_both_are_kept_and_the_application_says_why(office, run, crossing):
    assert _press(office, run, "keep", "生年月日が違う").status_code == 302

    page = office.get(reverse("manage_application", args=[crossing[0].pk]))
    assert "別の方と確かめました（生年月日が違う）" in page.content.decode()


def test_nobody_outside_the_case_is_touched(office, run, crossing, now):
    keikos = apply_for_seat(run=run, request=request_by(KEIKO), by=None, at=now)

    assert _press(office, run, f"cancel:{keikos.pk}", "わけ").status_code == 409
    keikos.refresh_from_db()
    assert keikos.state in (State.ACCEPTED, State.WAITING)


def test_other_sections_see_nothing(client, run, crossing):
    client.force_login(officer_of(DepartmentFactory()))
    address = reverse("manage_same_names", args=[run.code])
    assert client.get(address).status_code != 200
