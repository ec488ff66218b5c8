"""What the database refuses of who takes part: a forbidden and an allowed row each."""

import pytest
from django.db import IntegrityError, transaction

from enrollments.domain.applying import apply_for_seat
from enrollments.models import (
    Application,
    Attendance,
    Notification,
    Participant,
    Transition,
)
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(run, now) -> Application:
    return apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


def _update(row, **values) -> int:
    with transaction.atomic():
        return type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(
    ("forbidden", "allowed"),
    [
        ({"channel": "dream"}, {"channel": "fax"}),
        ({"seats": 0}, {"seats": 2}),
        ({"email": "", "phone": "", "address": ""}, {"email": "", "phone": "0420"}),
    ],
)
def test_application_is_refused_or_taken(application, forbidden, allowed):
    with pytest.raises(IntegrityError):
        _update(application, **forbidden)
    assert _update(application, **allowed) == 1


def test_participants_sit_in_places_of_their_own(application):
    names = {"family_name": "山", "given_name": "花"}

    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.create(application=application, position=1, **names)
    assert Participant.objects.create(application=application, position=2, **names).pk


def test_attendance_is_marked_once_per_session(application, now):
    who = {"participant": application.participants.get(), "recorded_at": now}
    session = application.run.sessions.get()
    Attendance.objects.create(session=session, status="present", **who)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(session=session, status="absent", **who)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(session=SessionFactory(), status="odd", **who)
    assert Attendance.objects.create(session=SessionFactory(), status="late", **who).pk


def test_transition_leads_from_one_state_to_another(application, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Transition.objects.create(
            application=application, from_state="waiting", to_state="waiting", at=now
        )
    assert Transition.objects.create(
        application=application, from_state="accepted", to_state="withdrawn", at=now
    ).pk


def test_an_occasion_is_told_once(application, now):
    message = Notification.objects.get()

    def again(occasion: str) -> Notification:
        return Notification.objects.create(
            kind="other",
            occasion=occasion,
            subject="件名",
            body="",
            due_at=now,
            created_at=now,
        )

    with pytest.raises(IntegrityError), transaction.atomic():
        again(message.occasion)
    assert again("another").pk
