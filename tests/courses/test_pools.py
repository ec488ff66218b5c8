"""Which places a resident is offered, and how a run stands that has several kinds."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef, Subquery, Value

from courses.domain.pools import choosable_sessions, offered_pools
from courses.domain.queries import resident_pools, taking_applications, with_facts
from courses.domain.reception import facts_of, places_words, reception_status
from courses.enums import CapacityUnit, PoolKind, ReceptionStatus, SessionState
from courses.models import CourseRun, SeatPool
from enrollments.domain.queries import with_waiting
from tests.factories import NOON, CourseRunFactory, SeatPoolFactory, SessionFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def choosing() -> CourseRun:
    """One of three sessions is chosen; the first is over, two places in each."""
    run = CourseRunFactory(chooses_session=True)
    for number, days in ((1, -1), (2, 7), (3, 14)):
        session = SessionFactory(run=run, number=number, starts_at=NOON + days * DAY)
        SeatPoolFactory(run=run, session=session, capacity=2)
    return run


def _read(run) -> CourseRun:
    return with_facts(with_waiting(CourseRun.objects.filter(pk=run.pk))).get()


@contextmanager
def _refused(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        yield


def _take(run, *, number, seats):
    SeatPool.objects.filter(run=run, session__number=number).update(seats_taken=seats)


@pytest.mark.parametrize(
    ("kinds", "offered"),
    [
        (["general"], ["general"]),
        (["staff", "citizens"], ["citizens"]),
        (["general", "online"], ["general", "online"]),
        (["online"], ["online"]),
        (["groups"], ["groups"]),
        (["groups", "staff"], ["groups"]),
        (["general", "groups"], ["general"]),
        (["staff"], []),
    ],
)
def test_residents_are_offered_what_is_theirs(kinds, offered):
    run = CourseRunFactory()
    for kind in kinds:
        SeatPoolFactory(run=run, kind=kind)

    assert [pool.kind for pool in offered_pools(_read(run))] == offered
    asked = SeatPool.objects.filter(pk__in=_asked_of_the_database(run))
    assert sorted(pool.kind for pool in asked) == sorted(offered)


def _asked_of_the_database(run):
    """The same question as a subquery of the catalogue."""
    kinds = resident_pools().filter(kind=OuterRef("kind_asked")).values("pk")[:1]
    found = []
    for kind in PoolKind.values:
        rows = CourseRun.objects.filter(pk=run.pk).annotate(kind_asked=Value(kind))
        found += rows.annotate(found=Subquery(kinds)).values_list("found", flat=True)
    return [pk for pk in found if pk]


def test_venue_and_online_places_are_added_up():
    run = CourseRunFactory(delivery="hybrid")
    SessionFactory(run=run)
    SeatPoolFactory(run=run, kind="general", capacity=2, seats_taken=2)
    online = SeatPoolFactory(run=run, kind="online", capacity=4, seats_taken=1)

    facts = facts_of(_read(run), at=NOON)
    assert (facts.capacity, facts.seats_left, facts.several) == (6, 3, True)
    assert reception_status(facts, at=NOON) == ReceptionStatus.OPEN
    assert run in taking_applications(NOON)

    SeatPool.objects.filter(pk=online.pk).update(seats_taken=4)
    facts = facts_of(_read(run), at=NOON)
    assert reception_status(facts, at=NOON) == ReceptionStatus.WAITING_LIST


def test_sessions_to_choose_from_are_held_and_to_come(choosing):
    choosing.sessions.filter(number=3).update(state=SessionState.CANCELLED)

    run = _read(choosing)
    assert [one.number for one in choosable_sessions(run, at=NOON)] == [2]
    assert [pool.session.number for pool in offered_pools(run, at=NOON)] == [2]


def test_run_is_full_once_every_coming_session_is(choosing):
    CourseRun.objects.filter(pk=choosing.pk).update(waiting_list=False)
    _take(choosing, number=2, seats=2)
    facts = facts_of(_read(choosing), at=NOON)
    assert reception_status(facts, at=NOON) == ReceptionStatus.OPEN
    status = reception_status(facts, at=NOON)
    assert places_words(facts, status, CapacityUnit.PERSONS) == "残りわずか（残り2名）"
    assert choosing in taking_applications(NOON)

    _take(choosing, number=3, seats=2)
    facts = facts_of(_read(choosing), at=NOON)
    # the places left in the session that is over help nobody
    assert reception_status(facts, at=NOON) == ReceptionStatus.FULL
    assert choosing not in taking_applications(NOON)


def test_database_keeps_pools_where_people_choose_a_session():
    run = CourseRunFactory(chooses_session=True)
    session, elsewhere = SessionFactory(run=run), SessionFactory()

    pool = SeatPoolFactory(run=run, session=session)

    for wrong in (None, elsewhere):
        with _refused("pool_is_of_its_run"):
            SeatPoolFactory(run=run, session=wrong, kind="online")
        with _refused("pool_stays_with_its_run"):
            SeatPool.objects.filter(pk=pool.pk).update(session=wrong)


def test_database_keeps_pools_where_a_run_is_one_whole():
    run = CourseRunFactory()
    session = SessionFactory(run=run)

    pool = SeatPoolFactory(run=run)

    with _refused("pool_is_of_its_run"):
        SeatPoolFactory(run=run, session=session)
    with _refused("pool_stays_with_its_run"):
        SeatPool.objects.filter(pk=pool.pk).update(session=session)


def test_database_keeps_how_people_come_while_there_are_pools():
    run = CourseRunFactory()
    pool = SeatPoolFactory(run=run)
    changing = "UPDATE courses_courserun SET chooses_session = NOT chooses_session"
    with _refused("run_with_pools_keeps"), connection.cursor() as cursor:
        cursor.execute(changing)
    pool.delete()

    with connection.cursor() as cursor:
        cursor.execute(changing)

    run.refresh_from_db()
    assert run.chooses_session


def test_database_keeps_a_session_with_places_in_its_run(choosing):
    free = SessionFactory()
    other = CourseRunFactory()
    session = choosing.sessions.get(number=2)

    with _refused("session_with_pools_stays"):
        type(session).objects.filter(pk=session.pk).update(run=other)

    assert type(free).objects.filter(pk=free.pk).update(run=other, number=9) == 1
