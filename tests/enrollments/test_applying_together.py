"""Many who came one after the other are taken together as if each had come alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import PurposeNotice
from courses.domain.locking import hold_run
from enrollments.domain import receipt
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.applying_together import apply_together
from enrollments.domain.audit import differences
from enrollments.domain.foreseeing import Foresight
from enrollments.domain.offered import Offered
from enrollments.domain.refusals import AlreadyApplied, RunFull
from enrollments.enums import ApplicationState as State
from enrollments.enums import Channel
from enrollments.models import (
    Notification,
    Participant,
    PersonClaim,
    PersonKey,
    Transition,
)
from tests.enrollments.requests import HANAKO, JIRO, KEIKO, TARO, request_by
from tests.factories import (
    CourseRunFactory,
    SeatPoolFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
CARD = {"channel": Channel.POSTCARD, "address": "北町1-2-3"}
PILE = (
    request_by(HANAKO, **CARD, companions=(KEIKO,)),
    request_by(TARO, **CARD, phone="0422-51-5131"),
    request_by(JIRO, **CARD, staff_note="電話は夕方に"),
)


@pytest.fixture
def officer(db):
    return StaffProfileFactory().user


def _run(officer, *, places=3, **facts):
    department = officer.staff_profile.department
    run = CourseRunFactory(
        course__department=department,
        course__title="防災の講座",
        max_participants=2,
        **facts,
    )
    SeatPoolFactory(run=run, capacity=places)
    return run


def _together(run, requests, officer, at, *, tells=True):
    with transaction.atomic():
        hold_run(run.pk)
        foresight = Foresight(run.pk, by=officer)
        passed = [foresight.apply(one, at=at, received_at=at) for one in requests]
        return apply_together(foresight=foresight, passed=passed, at=at, tells=tells)


def _what_is_there(run) -> dict:
    of_run = {"application__run": run}
    return {
        "applications": list(
            run.applications.order_by("tie").values_list(
                *("state", "seats", "family_name", "channel", "entered_by", "phone"),
                *("staff_note", "received_at", "consent__notice", "consent__deemed"),
            )
        ),
        "taken": run.pools.get().seats_taken,
        "people": list(
            Participant.objects.filter(**of_run)
            .order_by("application__tie", "position")
            .values_list("family_name", "position", "is_applicant")
        ),
        "keys": list(
            PersonKey.objects.filter(**of_run)
            .order_by("application__tie", "key")
            .values_list("key", flat=True)
        ),
        "claims": sorted(PersonClaim.objects.filter(run=run).values_list("key", flat=True)),
        "traces": list(
            Transition.objects.filter(**of_run)
            .order_by("application__tie", "pk")
            .values_list("from_state", "to_state", "why", "by", "at")
        ),
        "messages": list(
            Notification.objects.filter(**of_run)
            .order_by("application__tie", "pk")
            .values_list("kind", "subject", "recipient", "state")
        ),
    }


@pytest.mark.parametrize("mode", ["first_come", "lottery", "screening"])
def test_a_pile_is_taken_as_if_each_had_come_alone(now, officer, mode):
    PurposeNotice.objects.create(
        key="application", version=99, body="目的", effective_from=now.date()
    )
    alone, together = (_run(officer, selection_mode=mode) for _ in range(2))
    for one in PILE:
        apply_for_seat(run=alone, request=one, by=officer, at=now)
    _together(together, [replace(one) for one in PILE], officer, now)

    assert _what_is_there(together) == _what_is_there(alone)
    assert differences() == []


def test_numbers_follow_the_order_of_the_pile(now, officer):
    run = _run(officer)
    made = _together(run, PILE, officer, now)

    assert [one.family_name for one in made] == ["山田", "佐藤", "田中"]
    assert [one.tie for one in made] == [1, 2, 3]
    assert [one.state for one in made] == [State.ACCEPTED, State.ACCEPTED, State.WAITING]


def test_a_tie_taken_by_another_run_meanwhile_is_passed_over(now, officer, monkeypatch):
    """Somebody of another run is quicker between the look and the row."""
    run, other = _run(officer), _run(officer)
    give, quicker = receipt._give_ties, []

    def give_late(applications):
        give(applications)
        if not quicker:
            quicker.append(True)
            apply_for_seat(run=other, request=request_by(KEIKO, **CARD), by=officer, at=now)

    monkeypatch.setattr(receipt, "_give_ties", give_late)
    made = _together(run, PILE, officer, now)

    assert [one.tie for one in made] == [2, 3, 4]


def test_somebody_who_applied_is_refused_and_nobody_of_the_pile_is_taken(now, officer):
    run = _run(officer)
    apply_for_seat(run=run, request=replace(PILE[1]), by=officer, at=now)
    again = replace(PILE[1], submission_key=PILE[0].submission_key)

    with pytest.raises(AlreadyApplied):
        _together(run, [PILE[2], again], officer, now)

    assert run.applications.count() == 1


def test_one_person_twice_in_the_pile_is_refused_by_the_database(now, officer):
    run = _run(officer)
    twice = replace(PILE[1], submission_key=PILE[0].submission_key)

    with pytest.raises(IntegrityError), transaction.atomic():
        _together(run, [PILE[1], twice], officer, now)

    assert not run.applications.exists()


def test_places_end_within_the_pile(now, officer):
    run = _run(officer, waiting_list=False)

    with pytest.raises(RunFull):
        _together(run, PILE, officer, now)
    assert len(_together(run, PILE[:2], officer, now)) == 2


def test_nobody_is_told_unless_asked(now, officer):
    run = _run(officer)
    _together(run, PILE, officer, now, tells=False)

    assert not Notification.objects.filter(application__run=run).exists()


def test_outside_a_transaction_nothing_is_taken(now, officer, monkeypatch):
    run = _run(officer)
    foresight = Foresight(run.pk, by=officer)

    with monkeypatch.context() as outside:
        outside.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(transaction.TransactionManagementError):
            apply_together(foresight=foresight, passed=[], at=now)


@pytest.mark.parametrize("mode", ["first_come", "lottery"])
def test_a_longer_pile_costs_no_more_queries(now, officer, mode):
    counts = []
    for pile in (PILE[:1], PILE):
        run = _run(officer, selection_mode=mode, places=9)
        Offered.forget()
        with CaptureQueriesContext(connection) as queries:
            later = now + timedelta(seconds=len(pile))
            _together(run, pile, officer, later, tells=False)
        counts.append(len(queries))

    assert counts[0] == counts[1]
