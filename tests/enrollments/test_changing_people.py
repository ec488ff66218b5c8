"""Somebody else comes in a companion's place, or one person fewer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from courses.enums import CapacityUnit, RequirementKind
from courses.models import Requirement
from enrollments.domain import refusals
from enrollments.domain.absences import tell_absence
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import record_attendance
from enrollments.domain.audit import differences
from enrollments.domain.changing_people import drop_participant, exchange_participant
from enrollments.domain.door import door_list
from enrollments.domain.leaving import withdraw
from enrollments.domain.links import application_token
from enrollments.enums import ApplicationState as State
from enrollments.enums import AttendanceStatus as Status
from enrollments.enums import MessageKind
from enrollments.models import (
    Attendance,
    AttendanceMark,
    Notification,
    ParticipantChange,
    PersonClaim,
)
from tests.enrollments.back_office import officer_of
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import SessionFactory

HOUR = timedelta(hours=1)


@pytest.fixture
def party(run, now):
    """Hanako and Taro have both places; Jiro waits."""
    run.max_participants = 2
    run.save()
    return apply_for_seat(
        run=run, request=request_by(HANAKO, companions=(TARO,)), by=None, at=now
    )


@pytest.fixture
def waiting(run, party, now):
    return apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)


@pytest.fixture
def taro(party):
    return party.participants.get(position=2)


def test_somebody_else_comes_and_the_record_keeps_who_was_to_come(party, taro, now):
    claims = set(PersonClaim.objects.values_list("key", flat=True))

    exchange_participant(participant=taro, person=KEIKO, by=None, at=now + HOUR)

    names = [one.full_name for one in party.participants.all()]
    assert names == ["山田 花子", "高橋 恵子"]
    assert ParticipantChange.objects.get().full_name == "佐藤 太郎"
    assert set(PersonClaim.objects.values_list("key", flat=True)) == claims
    told = Notification.objects.get(kind=MessageKind.PEOPLE_CHANGED)
    assert "参加しなくなった方: 佐藤 太郎" in told.body
    assert "新しく参加する方: 高橋 恵子" in told.body
    assert differences() == []


def test_one_person_fewer_gives_the_seat_to_the_next(party, waiting, taro, pool, now):
    drop_participant(participant=taro, by=None, at=now + HOUR)

    party.refresh_from_db()
    waiting.refresh_from_db()
    pool.refresh_from_db()
    assert (party.seats, party.participants.count()) == (1, 1)
    assert waiting.state == State.OFFERED
    assert pool.seats_taken == 2
    assert differences() == []


def test_record_keeps_who_left_and_who_was_to_come_before(party, taro, officer, now):
    """The row of whoever leaves goes; nothing that was known of it does."""
    exchange_participant(participant=taro, person=KEIKO, by=None, at=now)
    taro.refresh_from_db()
    drop_participant(participant=taro, by=officer, at=now + HOUR)

    kept = party.participant_changes.values_list(
        "family_name", "has_left", "by", "participant"
    )
    assert list(kept) == [
        ("佐藤", False, None, None),
        ("高橋", True, officer.pk, None),
    ]


def test_officer_reads_who_left(client, run, party, taro, now):
    drop_participant(participant=taro, by=None, at=now + HOUR)
    client.force_login(officer_of(run.course.department))

    page = client.get(reverse("manage_application", args=[party.pk])).content.decode()
    assert "佐藤 太郎（サトウ タロウ）さんが参加をやめました" in page


def test_in_a_run_counted_in_parties_the_seat_is_kept(run, pool, now):
    run.capacity_unit, run.max_participants = CapacityUnit.PARTIES, 2
    run.save()
    party = apply_for_seat(
        run=run, request=request_by(HANAKO, companions=(TARO,)), by=None, at=now
    )
    drop_participant(participant=party.participants.get(position=2), by=None, at=now + HOUR)
    pool.refresh_from_db()
    party.refresh_from_db()
    assert (pool.seats_taken, party.seats) == (1, 1)
    assert differences() == []


def test_the_last_one_cannot_leave_a_party(party, taro, officer, now):
    drop_participant(participant=taro, by=officer, at=now)
    with pytest.raises(refusals.LastParticipant):
        drop_participant(participant=party.participants.get(), by=officer, at=now)


def test_applicant_is_exchanged_by_staff_only(party, officer, now):
    hanako = party.participants.get(position=1)
    with pytest.raises(refusals.ApplicantStays):
        exchange_participant(participant=hanako, person=KEIKO, by=None, at=now)

    exchange_participant(participant=hanako, person=KEIKO, by=officer, at=now)
    hanako.refresh_from_db()
    assert (hanako.full_name, hanako.is_applicant) == ("高橋 恵子", False)


def test_after_the_deadline_staff_change_people(run, party, taro, officer, now):
    run.withdraw_until = now
    run.save()
    with pytest.raises(refusals.WithdrawalClosed):
        exchange_participant(participant=taro, person=KEIKO, by=None, at=now)
    exchange_participant(participant=taro, person=KEIKO, by=officer, at=now)
    taro.refresh_from_db()
    assert taro.full_name == "高橋 恵子"


def test_what_is_asked_of_everybody_is_asked_of_who_comes_instead(run, party, taro, now):
    Requirement.objects.create(
        run=run, kind=RequirementKind.AGE, min_age=18, everybody=True
    )
    with pytest.raises(refusals.NotEligible):
        exchange_participant(participant=taro, person=KEIKO, by=None, at=now)
    assert not ParticipantChange.objects.exists()


@pytest.fixture
def parent_and_child(run, now):
    run.capacity_unit, run.max_participants = CapacityUnit.PARTIES, 3
    run.save()
    Requirement.objects.create(run=run, kind=RequirementKind.SCHOOL_YEAR, max_school_year=6)
    child = replace(TARO, school_year=3)
    return apply_for_seat(
        run=run, request=request_by(HANAKO, companions=(child,)), by=None, at=now
    )


def test_child_of_a_party_changes_places_with_a_child_only(parent_and_child, now):
    taro = parent_and_child.participants.get(position=2)
    for instead in (KEIKO, replace(KEIKO, school_year=9)):
        with pytest.raises(refusals.NotEligible):
            exchange_participant(participant=taro, person=instead, by=None, at=now)
    with pytest.raises(refusals.NotEligible):
        drop_participant(participant=taro, by=None, at=now)

    child = replace(KEIKO, school_year=6)
    exchange_participant(participant=taro, person=child, by=None, at=now)
    taro.refresh_from_db()
    assert taro.full_name == "高橋 恵子"


def test_child_leaves_where_another_child_comes(run, parent_and_child, now):
    taro = parent_and_child.participants.get(position=2)
    parent_and_child.participants.create(
        position=3, is_applicant=False, school_year=1, **KEIKO.columns()
    )
    drop_participant(participant=taro, by=None, at=now)
    assert parent_and_child.participants.count() == 2


def test_who_told_an_absence_sends_somebody_else(run, party, taro, now):
    """The absence was the former person's; the next one is expected again."""
    session = run.sessions.get()
    tell_absence(application=party, session=session, absent=[taro.pk], by=None, at=now)
    exchange_participant(participant=taro, person=KEIKO, by=None, at=now + HOUR)

    people = door_list(session)
    assert [(row.person.full_name, row.status) for row in people.rows] == [
        ("高橋 恵子", ""),
        ("山田 花子", ""),
    ]
    assert people.expected == 2
    trace = AttendanceMark.objects.values_list("status", "source")
    assert list(trace) == [("excused", "notice"), ("", "notice")]
    assert differences() == []


def test_absences_of_the_past_stay_with_the_place(run, party, taro, officer, now):
    first = run.sessions.get()
    SessionFactory(run=run, number=2, starts_at=first.starts_at + timedelta(days=7))
    tell_absence(application=party, session=first, absent=[taro.pk], by=None, at=now)

    later = first.ends_at + HOUR
    exchange_participant(participant=taro, person=KEIKO, by=officer, at=later)
    assert list(Attendance.objects.values_list("session", "status")) == [
        (first.pk, "excused")
    ]


def test_who_has_come_is_not_exchanged(run, party, taro, officer, now):
    first = run.sessions.get()
    SessionFactory(run=run, number=2, starts_at=first.starts_at + timedelta(days=7))
    record_attendance(
        session=first, marks={taro.pk: Status.LATE}, by=officer, at=first.starts_at
    )
    with pytest.raises(refusals.ParticipantHasCome):
        exchange_participant(participant=taro, person=KEIKO, by=officer, at=first.ends_at)


def test_who_told_an_absence_stays_on_the_list(run, party, taro, now):
    """Marks are kept, so there has to be somebody whose marks they are."""
    session = run.sessions.get()
    tell_absence(application=party, session=session, absent=[taro.pk], by=None, at=now)
    with pytest.raises(refusals.ParticipantIsMarked):
        drop_participant(participant=taro, by=None, at=now + HOUR)
    assert party.participants.count() == 2


def test_ended_application_keeps_its_people(party, taro, now):
    withdraw(application=party, by=None, at=now)
    with pytest.raises(refusals.MoveNotAllowed):
        drop_participant(participant=taro, by=None, at=now)


def test_companion_is_exchanged_by_the_secret_link(client, party, taro):
    token = application_token(party)
    address = reverse("application_companion", args=[token, taro.pk])
    assert address in client.get(reverse("application", args=[token])).content.decode()
    assert "ほかの方が参加する" in client.get(address).content.decode()

    sent = {"action": "exchange", "family_name": "高橋", "given_name": "恵子"}
    wrong = client.post(address, sent)
    assert wrong.status_code == 422
    sent |= {"family_name_kana": "タカハシ", "given_name_kana": "ケイコ"}
    assert client.post(address, sent).url == reverse("application", args=[token])
    taro.refresh_from_db()
    assert taro.full_name == "高橋 恵子"


def test_companion_leaves_by_the_secret_link(client, party, taro):
    address = reverse("application_companion", args=[application_token(party), taro.pk])
    client.post(address, {"action": "leave"})
    assert party.participants.count() == 1


def test_applicant_has_no_such_page(client, party):
    applicant = party.participants.get(position=1)
    token = application_token(party)
    address = reverse("application_companion", args=[token, applicant.pk])
    assert client.get(address).status_code == 404
