"""What is offered is kept while people only apply, and never when it has changed."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import PurposeNotice
from cms.page_cache import watching
from courses.models import Course, CourseRun, SeatPool, Session
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.offered import Offered
from enrollments.domain.refusals import ApplicationsClosed
from enrollments.enums import MessageKind
from enrollments.models import MessageTemplate, Notification
from tests.enrollments.requests import HANAKO, JIRO, TARO, request_by
from tests.factories import CourseRunFactory, SeatPoolFactory, SessionFactory, VenueFactory

TABLES = re.compile(r'(?:FROM|JOIN) "?(\w+)"?')
pytestmark = pytest.mark.django_db(transaction=True)  # the generation is raised at commit


@pytest.fixture
def run(transactional_db, settings):
    settings.KEEP_PAGES = True
    run = CourseRunFactory(venue=VenueFactory(name="市民会館"))
    SeatPoolFactory(run=run, capacity=1)
    SessionFactory(run=run, number=1)
    Offered().run(run.code)
    return run


@contextmanager
def queries(number):
    with CaptureQueriesContext(connection) as made:
        yield
    assert len(made) == number


def test_kept_run_costs_the_generation_and_the_counts(run):
    with queries(2):
        shown = Offered().run(run.code)
        assert [session.number for session in shown.sessions.all()] == [1]
        assert shown.venue.name == "市民会館"
        assert shown.course.department.name
        assert list(shown.questions.all()) == []


def test_kept_run_counts_anew_who_has_applied(run, now):
    for person in (HANAKO, TARO, JIRO):
        apply_for_seat(run=run, request=request_by(person), by=None, at=now)

    with queries(2):
        shown = Offered().run(run.code)
    assert [pool.seats_left for pool in shown.pools.all()] == [0]
    assert shown.waiting == 2


CHANGES = {
    "the run": lambda run: CourseRun.objects.update(audience="どなたでも"),
    "the course": lambda run: Course.objects.update(title="新しい題"),
    "the venue": lambda run: run.venue.__class__.objects.update(name="新会館"),
    "a session": lambda run: Session.objects.update(title="発表会"),
    "a new session": lambda run: SessionFactory(run=run, number=2),
}
WORDING = {"kind": "accepted", "language": "ja", "body": "{リンク}"}


def _seen(run):
    shown = Offered().run(run.code)
    sessions = [(session.number, session.title) for session in shown.sessions.all()]
    return shown.audience, shown.course.title, shown.venue.name, sessions


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_change_of_what_is_offered_shows_at_once(run, change):
    before = _seen(run)

    change(run)

    assert _seen(run) != before


def test_changed_capacity_shows_at_once(run):
    SeatPool.objects.update(capacity=7)

    assert [pool.capacity for pool in Offered().run(run.code).pools.all()] == [7]


def test_course_taken_back_is_shown_only_to_those_who_applied(run, now):
    Course.objects.update(withdrawn_at=now)

    with pytest.raises(CourseRun.DoesNotExist):
        Offered().run(run.code)
    assert Offered().run_of(run.pk) == run


def test_new_purpose_of_use_shows_at_once(run, now):
    Offered().notice("application", at=now)
    new = PurposeNotice.objects.create(
        key="application", version=99, body="新しい目的", effective_from=now.date()
    )

    assert Offered().notice("application", at=now) == new


def test_two_requests_do_not_share_the_run_itself(run):
    one, other = Offered().run(run.code), Offered().run(run.code)
    one.waiting = 5

    assert other.waiting == 0


def test_while_nobody_watches_everything_is_read(run):
    watching.rest()
    try:
        CourseRun.objects.update(audience="市民")
        assert Offered().run(run.code).audience == "市民"
    finally:
        watching.begin()


def test_everything_that_is_kept_comes_from_a_watched_table(run, now):
    Offered.forget()
    with CaptureQueriesContext(connection) as made:
        offered = Offered()
        offered.run(run.code)
        offered.notice("application", at=now)
        offered.wordings().of(MessageKind.ACCEPTED, "ja")

    read = set().union(*(TABLES.findall(query["sql"]) for query in made))
    counted = {"courses_seatpool", "enrollments_application"}
    assert counted <= read
    assert read - counted - {watching.TABLE} <= set(watching.watched_tables())
    assert counted == set(watching.COUNTED)


def test_application_is_judged_by_what_changed_since_the_form_was_shown(run, now):
    """Another process closes the run while this one keeps it as open."""
    assert Offered().run(run.code).applications_close_at > now
    CourseRun.objects.update(applications_close_at=now)

    with pytest.raises(ApplicationsClosed):
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)


def test_application_asks_little_under_the_lock(run, now):
    """The lock, the generation and one look; nobody's claims, form or place in line."""
    apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    with CaptureQueriesContext(connection) as made:
        apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)

    read = [query["sql"] for query in made if query["sql"].lstrip().startswith("SELECT")]
    assert len(read) == 4  # and the next free receipt number of the second
    assert len(made) == 16


def test_new_wording_is_in_the_next_message(run, now):
    SeatPool.objects.update(capacity=9)
    apply_for_seat(run=run, request=request_by(TARO), by=None, at=now)
    own = MessageTemplate.objects.create(subject="来てください", changed_at=now, **WORDING)
    apply_for_seat(run=run, request=request_by(HANAKO), by=None, at=now)
    own.delete()
    apply_for_seat(run=run, request=request_by(JIRO), by=None, at=now)

    told = Notification.objects.order_by("pk").values_list("subject", flat=True)
    assert [subject == "来てください" for subject in told] == [False, True, False]
