"""What the database refuses of what is offered: a forbidden and an allowed row each."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from courses.models import SeatPool, Theme
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    ThemeFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def _update(row, **values) -> int:
    with transaction.atomic():
        return type(row).objects.filter(pk=row.pk).update(**values)


UPDATES = {
    "course of an unknown kind": (CourseFactory, {"kind": "party"}, {"kind": "forum"}),
    "course withdrawn but never published": (
        CourseFactory,
        {"published_at": None, "withdrawn_at": NOON},
        {"published_at": NOON, "withdrawn_at": NOON + HOUR},
    ),
    "run that closes before it opens": (
        CourseRunFactory,
        {"applications_open_at": NOON, "applications_close_at": NOON - HOUR},
        {"applications_open_at": NOON, "applications_close_at": NOON + HOUR},
    ),
    "run in an unknown state": (CourseRunFactory, {"state": "odd"}, {"state": "planned"}),
    "run for nobody": (CourseRunFactory, {"max_participants": 0}, {"max_participants": 1}),
    "session that ends before it starts": (
        SessionFactory,
        {"starts_at": NOON, "ends_at": NOON},
        {"starts_at": NOON, "ends_at": NOON + HOUR},
    ),
    "session in an unknown state": (SessionFactory, {"state": "odd"}, {"state": "moved"}),
    "pool sold beyond its capacity": (
        SeatPoolFactory,
        {"capacity": 2, "seats_taken": 3},
        {"capacity": 3, "seats_taken": 3},
    ),
    "pool of an unknown kind": (SeatPoolFactory, {"kind": "odd"}, {"kind": "staff"}),
    "theme of an unknown branch": (ThemeFactory, {"branch": "x"}, {"branch": "personal"}),
    "venue at sea": (
        VenueFactory,
        {"latitude": 1, "longitude": 1},
        {"latitude": 35.7, "longitude": 139.5},
    ),
}


@pytest.mark.parametrize("name", UPDATES)
def test_row_is_refused_or_taken(name):
    make, forbidden, allowed = UPDATES[name]
    row = make()

    with pytest.raises(IntegrityError):
        _update(row, **forbidden)
    assert _update(row, **allowed) == 1


def test_theme_is_not_its_own_parent():
    theme, other = ThemeFactory(), ThemeFactory()

    with pytest.raises(IntegrityError):
        _update(theme, parent=theme)
    assert _update(theme, parent=other) == 1
    assert Theme.objects.get(pk=theme.pk).parent == other


def test_run_has_one_pool_of_a_kind():
    pool = SeatPoolFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        SeatPool.objects.create(run=pool.run, kind=pool.kind)
    assert SeatPool.objects.create(run=pool.run, kind="staff").pk


def test_sessions_of_a_run_are_numbered_apart():
    session = SessionFactory(number=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(run=session.run, number=1)
    assert SessionFactory(run=session.run, number=2).pk


def test_uid_belongs_to_one_session():
    session = SessionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        SessionFactory(uid=session.uid)
    assert SessionFactory().uid != session.uid


def test_rooms_of_a_venue_have_names_of_their_own():
    room = RoomFactory(name="会議室")

    with pytest.raises(IntegrityError), transaction.atomic():
        RoomFactory(name="会議室", venue=room.venue)
    assert RoomFactory(name="会議室").pk
