"""What a subscriber sees between two fetches, for every kind of change: which events are
revised, how, what they say, and whether the server has anything new to tell."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from courses.views.calendar_memory import memory
from tests.calendars.fetching import answers_again, changed_between, fetch, revision
from tests.calendars.happenings import BEFORE_THE_FIRST, HAPPENINGS, World
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
)

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ALL, OWN, OTHER = (
    "/calendar.ics",
    "/courses/bosai/calendar.ics",
    "/courses/engei/calendar.ics",
)


@pytest.fixture
def world(now):
    cache.clear()
    memory.forget()
    department = DepartmentFactory(name="市民活動推進課", phone="0420-00-0000")
    course = CourseFactory(slug="bosai", title="防災入門", department=department)
    run = CourseRunFactory(course=course, label="A日程")
    SeatPoolFactory(run=run)
    room = RoomFactory(name="第1会議室", venue__name="市民会館")
    for number, days in ((1, -7), (2, 14), (3, 21)):
        start = now + days * DAY
        SessionFactory(
            run=run,
            number=number,
            starts_at=start,
            ends_at=start + 2 * HOUR,
            venue=room.venue,
            room=room,
            created_at=now - 20 * DAY,
            revised_at=now - 20 * DAY,
        )
    SessionFactory(
        run__course=CourseFactory(slug="engei", title="園芸", department=department),
        created_at=now - 20 * DAY,
        revised_at=now - 20 * DAY,
    )
    return World(run, StaffProfileFactory(department=department).user, RoomFactory())


def _shown_between(world, happening, client, now):
    """Both fetches, and the second's answers to who holds the first."""
    for number, act in enumerate(happening.before):
        act(world, now - (len(happening.before) - number) * HOUR)
    at = now + HOUR
    with time_machine.travel(now, tick=False):
        before = {address: fetch(client, address) for address in (ALL, OWN, OTHER)}
    with time_machine.travel(at, tick=False):
        happening.act(world, at)
    with time_machine.travel(at + HOUR, tick=False):
        after = {address: fetch(client, address) for address in (ALL, OWN, OTHER)}
        answers = {
            address: answers_again(client, address, before[address]) for address in before
        }
    return before, after, answers


def _check(world, happening, client, now):
    before, after, answers = _shown_between(world, happening, client, now)
    uids = {session.uid: session.number for session in world.run.sessions.all()}
    for address in (ALL, OWN):
        changed = changed_between(before[address], after[address])
        told = {
            uids[uid]: (str(event["SUMMARY"]), str(event["STATUS"]))
            for uid, event in changed.items()
        }
        assert told == happening.shows
        assert before[address].events.keys() <= after[address].events.keys()
        for uid, event in changed.items():
            sequence, stamp, modified = revision(event)
            assert stamp == modified == now + HOUR
            known = before[address].events.get(uid)
            if known is not None:
                assert (sequence, stamp) > revision(known)[:2]
                assert sequence > revision(known)[0]
        if happening.words:
            assert any(
                happening.words in event["DESCRIPTION"] for event in changed.values()
            )
        moved = bool(happening.shows)
        assert answers[address] == [200 if moved else 304] * 3
        assert (before[address].etag != after[address].etag) == moved
        assert (before[address].last_modified != after[address].last_modified) == moved
    assert before[OTHER] == after[OTHER]
    assert answers[OTHER] == [304] * 3


@pytest.mark.parametrize("name", HAPPENINGS)
def test_a_subscriber_sees_what_happened_and_nothing_else(name, world, client, now):
    _check(world, HAPPENINGS[name], client, now)


@pytest.mark.parametrize("name", BEFORE_THE_FIRST)
def test_a_subscriber_sees_what_happens_to_a_run(name, world, client, now):
    world.session(1).delete()
    _check(world, BEFORE_THE_FIRST[name], client, now)


def test_a_restart_changes_nothing(world, client, now):
    """What a process and the cache remembered is gone; what the database says is not."""
    with time_machine.travel(now, tick=False):
        before = fetch(client, ALL)
    cache.clear()
    with time_machine.travel(now + HOUR, tick=False):
        assert fetch(client, ALL) == before
        assert answers_again(client, ALL, before) == [304] * 3


def test_what_left_the_window_moves_the_time_of_the_calendar_and_revises_nothing(
    world, client, now
):
    with time_machine.travel(now, tick=False):
        before = fetch(client, ALL)
    gone = world.session(1)
    with time_machine.travel(now + 60 * DAY, tick=False):
        answers = answers_again(client, ALL, before)
        after = fetch(client, ALL)
    assert answers == [200] * 3
    assert changed_between(before, after) == {}
    assert before.events.keys() - after.events.keys() == {gone.uid}
