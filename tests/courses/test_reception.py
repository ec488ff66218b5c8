"""Every way a run can stand towards somebody who wants to come."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from courses.domain.reception import (
    PUBLIC_WORDS,
    RunFacts,
    capacity_words,
    facts_of,
    places_words,
    public_words,
    reception_status,
)
from courses.enums import (
    CapacityUnit,
    ReceptionStatus,
    RunState,
    SelectionMode,
    SessionState,
)
from courses.models import CourseRun
from tests.factories import NOON, CourseRunFactory, SeatPoolFactory, SessionFactory

DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)
Status = ReceptionStatus

FIRST_COME = RunFacts(
    state=RunState.ANNOUNCED,
    mode=SelectionMode.FIRST_COME,
    opens_at=NOON - DAY,
    closes_at=NOON + DAY,
    waiting_list=True,
    capacity=20,
    seats_left=10,
    ends_at=NOON + 14 * DAY,
)
DRAWN = (SelectionMode.LOTTERY_IF_OVER, SelectionMode.LOTTERY, SelectionMode.SCREENING)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        # the window: from its opening on, until just before its close
        ({}, Status.OPEN),
        ({"opens_at": NOON + MOMENT}, Status.NOT_YET),
        ({"opens_at": NOON}, Status.OPEN),
        ({"opens_at": None}, Status.OPEN),
        ({"closes_at": NOON + MOMENT}, Status.OPEN),
        ({"closes_at": NOON}, Status.CLOSED),
        ({"closes_at": None}, Status.CLOSED),
        ({"opens_at": NOON + DAY, "closes_at": None}, Status.NOT_YET),
        ({"opens_at": NOON + DAY, "seats_left": 0}, Status.NOT_YET),
        ({"closes_at": NOON - DAY, "seats_left": 0}, Status.CLOSED),
        ({"has_places": False}, Status.CLOSED),
        # places in order of application
        ({"seats_left": 1}, Status.OPEN),
        ({"seats_left": 0}, Status.WAITING_LIST),
        ({"seats_left": 0, "waiting_list": False}, Status.FULL),
        ({"seats_left": 1, "waiting": 1}, Status.WAITING_LIST),
        ({"seats_left": 1, "waiting": 1, "waiting_list": False}, Status.FULL),
        ({"seats_left": None, "capacity": None}, Status.OPEN),
        # over, called off or put off goes before everything else
        ({"ends_at": NOON}, Status.ENDED),
        ({"ends_at": NOON + MOMENT}, Status.OPEN),
        ({"ends_at": None}, Status.OPEN),
        ({"ends_at": NOON - DAY, "opens_at": NOON + DAY}, Status.ENDED),
        ({"state": RunState.CANCELLED}, Status.CANCELLED),
        ({"state": RunState.CANCELLED, "ends_at": NOON - DAY}, Status.CANCELLED),
        ({"state": RunState.POSTPONED}, Status.POSTPONED),
        ({"state": RunState.POSTPONED, "ends_at": NOON - DAY}, Status.POSTPONED),
        # no application needed, whatever the window says
        ({"mode": SelectionMode.OPEN}, Status.NOT_NEEDED),
        ({"mode": SelectionMode.OPEN, "closes_at": None}, Status.NOT_NEEDED),
        ({"mode": SelectionMode.OPEN, "opens_at": NOON + DAY}, Status.NOT_NEEDED),
        ({"mode": SelectionMode.OPEN, "ends_at": NOON}, Status.ENDED),
        ({"mode": SelectionMode.OPEN, "has_places": False}, Status.NOT_NEEDED),
    ],
)
def test_status_of_a_run(changes, status):
    assert reception_status(replace(FIRST_COME, **changes), at=NOON) == status


@pytest.mark.parametrize("mode", DRAWN)
@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, Status.OPEN),
        ({"seats_left": 0}, Status.OPEN),
        ({"waiting": 4}, Status.OPEN),
        ({"opens_at": NOON + DAY}, Status.NOT_YET),
        ({"closes_at": NOON}, Status.CLOSED),
        ({"ends_at": NOON}, Status.ENDED),
        ({"state": RunState.CANCELLED}, Status.CANCELLED),
    ],
)
def test_a_draw_or_screening_takes_everybody_until_it_closes(mode, changes, status):
    facts = replace(FIRST_COME, mode=mode, **changes)

    assert reception_status(facts, at=NOON) == status


def test_every_status_can_be_said():
    assert set(PUBLIC_WORDS) == set(ReceptionStatus)
    assert public_words(FIRST_COME, Status.OPEN) == "受付中"
    assert public_words(FIRST_COME, Status.CLOSED) == "受付終了"


def test_official_words_stay_for_open_data():
    """GIF 452-1 §5.3.3 予約の状況 and §5.3.1 開催状況."""
    with translation.override("ja"):
        official = {status.value: str(status.label) for status in Status}

    assert official == {
        "not_yet": "受付開始前",
        "open": "予約可",
        "waiting_list": "キャンセル待可",
        "full": "予約不可",
        "not_needed": "予約不要",
        "closed": "予約期間終了",
        "ended": "終了",
        "cancelled": "中止",
        "postponed": "延期",
    }


def test_words_for_residents():
    with translation.override("ja"):
        assert {status.value: public_words(FIRST_COME, status) for status in Status} == {
            "not_yet": "受付開始前",
            "open": "受付中",
            "waiting_list": "キャンセル待ち受付中",
            "full": "満員",
            "not_needed": "申込不要",
            "closed": "受付終了",
            "ended": "終了",
            "cancelled": "中止",
            "postponed": "延期",
        }


def test_seat_that_others_wait_for_is_not_offered_as_left():
    """A place came free, and the first in line has not been asked yet."""
    facts = replace(FIRST_COME, seats_left=1, waiting=2)
    status = reception_status(facts, at=NOON)

    assert public_words(facts, status) == "キャンセル待ち受付中"
    assert places_words(facts, status, CapacityUnit.PERSONS) == "キャンセル待ち2件"


@pytest.mark.parametrize("changes", [{"closes_at": None}, {"has_places": False}])
def test_run_applied_for_elsewhere_is_not_called_closed(changes):
    facts = replace(FIRST_COME, **changes)
    status = reception_status(facts, at=NOON)

    assert public_words(facts, status) == "申込方法を確認"


@pytest.mark.parametrize(
    ("capacity", "left", "words"),
    [
        (20, 20, "残り20名"),
        (20, 5, "残り5名"),
        (20, 4, "残りわずか（残り4名）"),  # a fifth
        (20, 1, "残りわずか（残り1名）"),
        (100, 21, "残り21名"),
        (100, 20, "残りわずか（残り20名）"),
        (10, 4, "残り4名"),
        (10, 3, "残りわずか（残り3名）"),  # three, though more than a fifth
        (None, None, ""),
        (0, 0, ""),
    ],
)
def test_few_places_are_called_few(capacity, left, words):
    facts = replace(FIRST_COME, capacity=capacity, seats_left=left)

    assert places_words(facts, Status.OPEN, CapacityUnit.PERSONS) == words


def test_places_of_pairs_are_counted_in_pairs():
    facts = replace(FIRST_COME, capacity=5, seats_left=5)

    assert places_words(facts, Status.OPEN, CapacityUnit.PARTIES) == "残り5組"


@pytest.mark.parametrize(
    ("waiting", "words"), [(0, "満員"), (1, "キャンセル待ち1件"), (4, "キャンセル待ち4件")]
)
def test_waiting_list_says_how_many_wait(waiting, words):
    facts = replace(FIRST_COME, seats_left=0, waiting=waiting)

    assert places_words(facts, Status.WAITING_LIST, CapacityUnit.PERSONS) == words


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.OPEN, Status.WAITING_LIST}))
def test_places_are_not_counted_where_nobody_can_apply(status):
    assert places_words(FIRST_COME, status, CapacityUnit.PERSONS) == ""


@pytest.mark.parametrize("mode", DRAWN)
def test_places_left_say_nothing_before_a_draw(mode):
    facts = replace(FIRST_COME, mode=mode)

    assert places_words(facts, Status.OPEN, CapacityUnit.PERSONS) == ""


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (20, CapacityUnit.PERSONS, "20名"),
        (5, CapacityUnit.PARTIES, "5組"),
        (None, CapacityUnit.PERSONS, "定員なし"),
    ],
)
def test_capacity_is_written_as_in_the_bulletin(number, unit, words):
    with translation.override("ja"):
        assert capacity_words(number, unit) == words


def _facts(run: CourseRun) -> RunFacts:
    return facts_of(CourseRun.objects.prefetch_related("pools", "sessions").get(pk=run.pk))


@pytest.mark.django_db
def test_facts_of_a_run_count_the_places_for_residents():
    run = CourseRunFactory(waiting_list=False)
    SeatPoolFactory(run=run, kind="citizens", capacity=20, seats_taken=5)
    SeatPoolFactory(run=run, kind="staff", capacity=10)
    SessionFactory(run=run, number=1, starts_at=NOON)
    last = SessionFactory(run=run, number=2, starts_at=NOON + DAY)

    assert _facts(run) == RunFacts(
        state=RunState.ANNOUNCED,
        mode=SelectionMode.FIRST_COME,
        opens_at=run.applications_open_at,
        closes_at=run.applications_close_at,
        waiting_list=False,
        capacity=20,
        seats_left=15,
        ends_at=last.ends_at,
    )


@pytest.mark.django_db
def test_facts_of_a_run_for_staff_have_no_place_for_residents():
    run = CourseRunFactory()
    SeatPoolFactory(run=run, kind="staff", capacity=10)

    assert (_facts(run).has_places, _facts(run).capacity) == (False, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("states", "state"),
    [
        ((), RunState.ANNOUNCED),
        ((SessionState.SCHEDULED, SessionState.CANCELLED), RunState.ANNOUNCED),
        ((SessionState.MOVED,), RunState.ANNOUNCED),
        ((SessionState.CANCELLED, SessionState.CANCELLED), RunState.CANCELLED),
        ((SessionState.CANCELLED, SessionState.POSTPONED), RunState.POSTPONED),
    ],
)
def test_run_without_a_session_left_is_not_held(states, state):
    run = CourseRunFactory()
    for number, session_state in enumerate(states, start=1):
        SessionFactory(run=run, number=number, state=session_state)

    assert _facts(run).state == state


@pytest.mark.django_db
def test_run_is_over_after_its_last_session_that_was_held():
    run = CourseRunFactory()
    held = SessionFactory(run=run, number=1, starts_at=NOON - DAY)
    SessionFactory(run=run, number=2, starts_at=NOON + DAY, state="cancelled")

    assert _facts(run).ends_at == held.ends_at
