from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import PurposeNotice
from courses.enums import CapacityUnit, RunState, SelectionMode
from courses.models import CourseRun, SeatPool
from enrollments.domain import refusals
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.audit import differences
from enrollments.domain.leaving import withdraw
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel, MessageKind, NotificationState
from enrollments.models import Application, Notification, PersonClaim, Transition
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by


def test_first_come_gives_the_place_at_once(run, pool, now):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    assert application.state == State.ACCEPTED
    pool.refresh_from_db()
    assert pool.seats_taken == 1
    assert application.participants.get().full_name_kana == "ヤマダ ハナコ"


def test_every_change_of_state_leaves_a_trace(run, now):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    trace = application.transitions.values_list("from_state", "to_state", "at")
    assert list(trace) == [("", "received", now), ("received", "accepted", now)]


def test_acceptance_is_told_in_the_same_transaction(run, now):
    with transaction.atomic():
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
        assert Notification.objects.count() == 1
        transaction.set_rollback(True)

    assert Notification.objects.count() == 0
    assert Application.objects.count() == 0
    assert Transition.objects.count() == 0


def test_acceptance_message_names_receipt_course_and_secret_link(run, now):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    message = Notification.objects.get()
    assert message.kind == MessageKind.ACCEPTED
    assert message.state == NotificationState.PENDING
    assert message.subject == "受講が決まりました：防災入門"
    assert "山田 花子 様" in message.body
    assert application.receipt_number in message.body
    assert "/applications/" + application.public_id.hex in message.body


def test_without_mail_the_message_becomes_a_task_for_staff(run, now):
    request = request_by(HANAKO, email="", phone="0420-00-1111")
    apply_for_seat(run=run, request=request, by=None, at=now)

    assert Notification.objects.get().state == NotificationState.BY_HAND


def test_full_run_puts_the_next_on_the_waiting_list(run, pool, now):
    for person in (HANAKO, TARO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)
    third = apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)

    assert third.state == State.WAITING
    pool.refresh_from_db()
    assert pool.seats_taken == 2


def test_full_run_without_waiting_list_refuses(run, now):
    run.waiting_list = False
    run.save()
    for person in (HANAKO, TARO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)

    with pytest.raises(refusals.RunFull):
        apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)
    assert Application.objects.count() == 2


def test_nobody_overtakes_a_party_that_waits(run, pool, now):
    run.max_participants = 3
    run.save()
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    party = request_by(TARO, companions=(JIRO,))
    assert apply_for_seat(run=run, request=party, by=None, at=now).state == State.WAITING

    later = apply_for_seat(run=run, request=request_by(KEIKO), by=None, at=now)

    assert later.state == State.WAITING
    pool.refresh_from_db()
    assert pool.seats_left == 1


def test_party_counts_as_one_where_capacity_is_in_parties(run, pool, now):
    run.max_participants = 3
    run.capacity_unit = CapacityUnit.PARTIES
    run.save()
    party = request_by(TARO, companions=(JIRO, KEIKO))

    application = apply_for_seat(run=run, request=party, by=None, at=now)

    assert (application.seats, application.participants.count()) == (1, 3)
    pool.refresh_from_db()
    assert pool.seats_taken == 1


def test_same_form_sent_twice_gives_the_first_receipt(run, now):
    request = request_by(HANAKO)
    first = apply_for_seat(run=run, request=request, by=None, at=now)
    again = apply_for_seat(run=run, request=request, by=None, at=now + timedelta(seconds=5))

    assert again.pk == first.pk
    assert Notification.objects.count() == 1


@pytest.mark.parametrize(
    "again",
    [
        {"email": "hana@example.jp", "phone": ""},
        {"email": "HANA@example.jp", "phone": "0420-99-9999"},
        {"email": "other@example.jp", "phone": "０４２０（００）１１１１"},
    ],
)
def test_one_person_has_one_live_application(run, now, again):
    request = request_by(HANAKO, email="hana@example.jp", phone="0420-00-1111")
    first = apply_for_seat(run=run, request=request, by=None, at=now)

    with pytest.raises(refusals.AlreadyApplied) as refusal:
        apply_for_seat(run=run, request=request_by(HANAKO, **again), by=None, at=now)
    assert refusal.value.existing == first
    assert Application.objects.count() == 1


def test_household_with_one_address_may_apply_for_each(run, now):
    for person in (HANAKO, TARO):
        request = request_by(person, email="family@example.jp")
        assert apply_for_seat(run=run, request=request, by=None, at=now).state == (
            State.ACCEPTED
        )


def test_account_is_one_person_whatever_it_types(run, now, hanako):
    apply_for_seat(run=run, request=request_by(HANAKO), by=hanako, at=now)

    with pytest.raises(refusals.AlreadyApplied):
        apply_for_seat(run=run, request=request_by(TARO), by=hanako, at=now)


def test_person_may_apply_again_after_withdrawing(run, now):
    first = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    withdraw(application=first, by=None, at=now)

    again = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    assert again.state == State.ACCEPTED


def test_staff_take_a_chance_namesake_with_a_reason(run, now, officer):
    request = request_by(HANAKO, email="", phone="0420-00-1111", channel=Channel.PHONE)
    apply_for_seat(run=run, request=request, by=officer, at=now)
    namesake = request_by(HANAKO, email="", phone="0420-00-1111", channel=Channel.PHONE)

    taken = apply_for_seat(
        run=run, request=namesake, by=officer, at=now, namesake_reason="同姓同名の別の方"
    )

    assert taken.state == State.ACCEPTED
    assert taken.transitions.first().why == "同姓同名の別の方"


def test_reason_for_the_window_waives_no_duplicate(run, now, officer):
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    card = request_by(HANAKO, channel=Channel.POSTCARD)

    with pytest.raises(refusals.AlreadyApplied):
        apply_for_seat(
            run=run, request=card, by=officer, at=now, override_reason="消印有効"
        )


def test_namesake_applies_no_second_time_when_the_other_has_left(run, now, officer):
    first = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    namesake = request_by(HANAKO, channel=Channel.PHONE)
    apply_for_seat(run=run, request=namesake, by=officer, at=now, namesake_reason="別人")
    withdraw(application=first, by=None, at=now)

    with pytest.raises(refusals.AlreadyApplied):
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    assert differences() == []


def test_wrong_century_does_not_head_the_waiting_list(run, now, officer):
    card = request_by(HANAKO, channel=Channel.POSTCARD)

    with pytest.raises(refusals.ReceivedLongAgo):
        apply_for_seat(
            run=run,
            request=card,
            by=officer,
            at=now,
            received_at=now.replace(year=1926),
            override_reason="はがき",
        )


def test_database_refuses_a_second_live_claim(run, now):
    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    key = PersonClaim.objects.first().key

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonClaim.objects.create(run=run, application=application, key=key)


def test_database_refuses_to_oversell(pool):
    SeatPool.objects.filter(pk=pool.pk).update(seats_taken=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        SeatPool.objects.filter(pk=pool.pk).update(seats_taken=3)


def test_database_refuses_capacity_below_seats_taken(pool):
    SeatPool.objects.filter(pk=pool.pk).update(seats_taken=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        SeatPool.objects.filter(pk=pool.pk).update(capacity=1)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"state": RunState.CANCELLED}, refusals.RunNotHeld),
        ({"state": RunState.POSTPONED}, refusals.RunNotHeld),
        ({"state": RunState.PLANNED}, refusals.ApplicationsNotOpen),
        ({"selection_mode": SelectionMode.OPEN}, refusals.ApplicationNotNeeded),
        (
            {"applications_open_at": None, "applications_close_at": None},
            refusals.AppliesElsewhere,
        ),
    ],
)
def test_closed_run_refuses_by_its_own_name(run, now, changes, refusal):
    for field, value in changes.items():
        setattr(run, field, value)
    run.save()

    with pytest.raises(refusal):
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    assert Application.objects.count() == 0


def test_window_opens_at_its_moment_and_closes_before_its_end(run):
    opens, closes = run.applications_open_at, run.applications_close_at
    second = timedelta(seconds=1)

    with pytest.raises(refusals.ApplicationsNotOpen):
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=opens - second)
    with pytest.raises(refusals.ApplicationsClosed):
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=closes)
    assert apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=opens)
    assert apply_for_seat(run=run, request=request_by(TARO), by=None, at=closes - second)


def test_draft_course_takes_no_applications(run, now):
    run.course.published_at = None
    run.course.save()

    with pytest.raises(refusals.ApplicationsNotOpen):
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


def test_lottery_waits_for_the_draw_and_takes_no_seat(run, pool, now):
    run.selection_mode = SelectionMode.LOTTERY
    run.save()

    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    assert application.state == State.AWAITING_DRAW
    pool.refresh_from_db()
    assert pool.seats_taken == 0
    assert Notification.objects.get().kind == MessageKind.RECEIVED


def test_more_people_than_allowed_are_refused(run, now):
    party = request_by(TARO, companions=(JIRO,))
    with pytest.raises(refusals.TooManyParticipants):
        apply_for_seat(run=run, request=party, by=None, at=now)


def test_somebody_who_cannot_be_reached_is_refused(run, now):
    with pytest.raises(refusals.Unreachable):
        apply_for_seat(run=run, request=request_by(HANAKO, email=""), by=None, at=now)


def test_purpose_of_use_in_force_is_recorded(run, now):
    for version, day in ((1, "2026-04-01"), (2, "2026-11-01"), (3, "2027-01-01")):
        PurposeNotice.objects.update_or_create(
            key="application",
            version=version,
            defaults={"body": "申込みのために使います。", "effective_from": day},
        )

    application = apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    assert (application.consent.notice.version, application.consent.deemed) == (2, False)


def test_refusal_before_the_window_says_when_it_opens(run, now):
    opens = now + timedelta(days=10)
    CourseRun.objects.filter(pk=run.pk).update(
        applications_open_at=opens, applications_close_at=opens + timedelta(days=5)
    )

    with pytest.raises(refusals.ApplicationsNotOpen) as refused:
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    assert str(refused.value.sentence) == "申込みの受付は、12月1日（火）12:00からです。"
