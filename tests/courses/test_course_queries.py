"""Which run a visitor sees first, and which take applications."""

from datetime import timedelta

import pytest

from courses.domain.queries import (
    is_over,
    main_run,
    next_session,
    taking_applications,
    with_facts,
    with_place,
    worth_a_card,
)
from courses.domain.reception import facts_of, reception_status
from courses.enums import ReceptionStatus, RunState, SelectionMode
from courses.models import CourseRun, Session
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def make_run(code: str, *, on=NOON + 7 * DAY, places=2, session=None, **run) -> CourseRun:
    made = CourseRunFactory(code=code, **run)
    SeatPoolFactory(run=made, capacity=places)
    if on:
        SessionFactory(run=made, starts_at=on, **(session or {}))
    return made


def first_run() -> str | None:
    run = main_run(with_facts(CourseRun.objects.all()), at=NOON)
    return run.code if run else None


def test_no_run_is_none():
    assert first_run() is None


def test_next_run_comes_first():
    make_run("later", on=NOON + 20 * DAY)
    make_run("next", on=NOON + 3 * DAY)
    make_run("past", on=NOON - 3 * DAY)

    assert first_run() == "next"


def test_run_one_can_apply_for_goes_before_a_sooner_one_that_is_closed():
    make_run("closed", on=NOON + 2 * DAY, applications_close_at=NOON - DAY)
    make_run("waiting", on=NOON + 3 * DAY, places=0)
    make_run("open", on=NOON + 9 * DAY)

    assert first_run() == "open"


def test_run_that_opens_soon_goes_before_a_cancelled_one():
    make_run("cancelled", on=NOON + 2 * DAY, state="cancelled")
    make_run("soon", on=NOON + 20 * DAY, applications_open_at=NOON + DAY)

    assert first_run() == "soon"


def test_run_without_dates_goes_before_past_ones():
    make_run("past", on=NOON - 3 * DAY)
    make_run("undated", on=None)

    assert first_run() == "undated"


def test_latest_past_run_is_shown_where_nothing_is_to_come():
    make_run("older", on=NOON - 300 * DAY)
    make_run("cancelled", on=NOON - 30 * DAY, state="cancelled")
    make_run("latest", on=NOON - 3 * DAY)

    assert first_run() == "latest"


def test_cancelled_run_is_over_once_its_days_are_past():
    past = make_run("past", on=NOON - 3 * DAY, state="cancelled")
    coming = make_run("coming", state="cancelled")
    postponed = make_run("postponed", on=NOON - 3 * DAY, state="postponed")

    assert [is_over(run, at=NOON) for run in (past, coming, postponed)] == [
        True,
        False,
        False,
    ]


def test_next_session_passes_over_cancelled_ones():
    run = make_run("run", on=NOON - DAY)
    SessionFactory(run=run, starts_at=NOON + DAY, state="cancelled")
    SessionFactory(run=run, starts_at=NOON + 9 * DAY)
    held = SessionFactory(run=run, starts_at=NOON + 2 * DAY, state="moved")

    assert next_session(run, at=NOON) == held


def test_session_going_on_now_is_still_the_next_one():
    run = make_run("run", on=NOON - timedelta(hours=1))

    assert next_session(run, at=NOON) == run.sessions.get()


def test_last_session_over_leaves_no_next_one():
    run = make_run("run", on=NOON - DAY)

    assert next_session(run, at=NOON) is None


def test_the_database_agrees_with_reception_about_what_is_open():
    number = 0
    for mode in SelectionMode.values:
        for state in RunState.values:
            for places, waiting_list in ((2, True), (0, True), (0, False), (None, False)):
                for opens, closes in ((-1, 1), (1, 2), (-2, -1), (-2, 0), (None, None)):
                    number += 1
                    make_run(
                        f"run-{number}",
                        selection_mode=mode,
                        state=state,
                        places=places,
                        waiting_list=waiting_list,
                        applications_open_at=None if opens is None else NOON + opens * DAY,
                        applications_close_at=(
                            None if closes is None else NOON + closes * DAY
                        ),
                    )
    takes = {ReceptionStatus.OPEN, ReceptionStatus.WAITING_LIST}
    expected = {
        run.code
        for run in with_facts(CourseRun.objects.announced())
        if reception_status(facts_of(run), at=NOON) in takes
    }

    assert set(taking_applications(NOON).values_list("code", flat=True)) == expected
    assert len(expected) == 15


@pytest.mark.parametrize(
    ("general", "citizens", "is_open"), [(0, 5, False), (5, 0, True), (None, 5, True)]
)
def test_pool_in_which_residents_are_seated_decides(general, citizens, is_open):
    """The first of the two kinds; places of the other are given by hand."""
    run = make_run("run", places=citizens, waiting_list=False)
    run.pools.update(kind="citizens")
    if general is not None:
        SeatPoolFactory(run=run, kind="general", capacity=general)

    found = with_facts(CourseRun.objects.all()).get()

    assert taking_applications(NOON).exists() is is_open
    assert (reception_status(facts_of(found), at=NOON) == ReceptionStatus.OPEN) is is_open


def test_card_needs_no_past_runs_but_the_latest():
    course = CourseFactory()
    make_run("older", course=course, on=NOON - 300 * DAY)
    make_run("latest", course=course, on=NOON - 3 * DAY)
    make_run("planned", course=course, state="planned")

    assert set(worth_a_card(NOON).values_list("code", flat=True)) == {"latest"}

    for code, extra in (
        ("next", {}),
        ("undated", {"on": None}),
        ("postponed", {"on": NOON - 30 * DAY, "state": "postponed"}),
    ):
        make_run(code, course=course, **extra)
    codes = set(worth_a_card(NOON).values_list("code", flat=True))
    assert codes == {"next", "undated", "postponed"}


def test_place_of_a_session_is_its_rooms_its_own_or_its_runs():
    run = make_run("run", on=None, venue=VenueFactory(name="市民会館", area="中央"))
    room = RoomFactory(venue=VenueFactory(name="東館", area="東部"), name="会議室A")
    west = VenueFactory(name="西館", area="西部")
    SessionFactory(run=run, number=1, room=room, venue=west)
    SessionFactory(run=run, number=2, venue=west)
    SessionFactory(run=run, number=3)
    nowhere = make_run("nowhere", venue=None)

    places = with_place(Session.objects.filter(run=run)).order_by("number")
    assert list(places.values_list("venue_name", "room_name", "area")) == [
        ("東館", "会議室A", "東部"),
        ("西館", "", "西部"),
        ("市民会館", "", "中央"),
    ]
    found = with_place(Session.objects.filter(run=nowhere))
    assert found.values_list("venue_name", "room_name", "area").get() == (None, "", None)
