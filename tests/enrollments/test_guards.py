"""What the database refuses from anybody: one forbidden and one allowed act for each."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from courses.models import Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.moving import move
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, Notification, PersonClaim, Transition
from tests.enrollments.requests import HANAKO, request_by
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(run, now) -> Application:
    return apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


def _refused(name: str, act) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


def _one(application: Application):
    return Application.objects.filter(pk=application.pk)


def test_session_of_a_run_with_applications_is_kept(run, application):
    _refused("session_with_applications_is_kept", run.sessions.all().delete)
    assert run.sessions.count() == 1


def test_session_of_a_run_without_applications_may_go(run):
    run.sessions.all().delete()
    assert not Session.objects.exists()


def test_uid_of_a_session_is_permanent():
    session = SessionFactory()
    found = Session.objects.filter(pk=session.pk)
    _refused("session_uid_is_permanent", lambda: found.update(uid="other@manabiba"))
    assert found.update(title="題名") == 1


def test_application_begins_as_received(application):
    def insert(state: str) -> Application:
        copy = Application.objects.get(pk=application.pk)
        copy.pk, copy.tie, copy.state = None, copy.tie + 1, state
        copy.public_id, copy.submission_key = uuid4(), uuid4()
        copy.save(force_insert=True)
        return copy

    _refused("application_begins_as_received", lambda: insert("accepted"))
    assert insert("received").pk


def test_state_moves_only_with_its_trace(application, now):
    _refused(
        "application_moves_with_its_trace",
        lambda: _one(application).update(state="withdrawn"),
    )
    move(application=application, to=State.WITHDRAWN, by=None, at=now)
    assert _one(application).get().state == "withdrawn"


def test_an_old_trace_serves_no_second_time(application, now):
    """Back along a trace that was used already."""
    Transition.objects.create(
        application=application, from_state="waiting", to_state="lost", at=now
    )
    _refused(
        "application_moves_with_its_trace",
        lambda: _one(application).update(state="lost"),
    )


def test_application_takes_a_place_of_its_own_run(run, application):
    elsewhere = SeatPoolFactory(run=CourseRunFactory())
    _refused(
        "application_stays_in_its_run", lambda: _one(application).update(pool=elsewhere)
    )
    staff = SeatPoolFactory(run=run, kind="staff")
    assert _one(application).update(pool=staff) == 1


def test_new_application_takes_a_place_of_its_own_run(application):
    def insert() -> None:
        copy = Application.objects.get(pk=application.pk)
        copy.pk, copy.tie, copy.state = None, copy.tie + 1, "received"
        copy.public_id, copy.submission_key = uuid4(), uuid4()
        copy.pool = SeatPoolFactory(run=CourseRunFactory())
        copy.save(force_insert=True)

    _refused("application_takes_a_pool_of_its_run", insert)


def test_claim_is_in_the_run_of_its_application(run, application):
    def claim(where) -> PersonClaim:
        return PersonClaim.objects.create(run=where, application=application, key="k")

    _refused("claim_is_in_the_run_of_its_application", lambda: claim(CourseRunFactory()))
    assert claim(run).pk


def test_trace_is_neither_deleted_nor_rewritten(application, now):
    traces = Transition.objects.filter(application=application)
    _refused("trace_is_kept", lambda: traces._raw_delete("default"))
    _refused("trace_is_not_rewritten", lambda: traces.update(at=now - timedelta(days=1)))
    assert traces.update(by=None) == 2


def test_message_is_kept_until_it_is_sent(application):
    messages = Notification.objects.filter(application=application)
    _refused("message_not_yet_sent_is_kept", lambda: messages._raw_delete("default"))
    messages.update(state="sent")
    assert messages._raw_delete("default") == 1
