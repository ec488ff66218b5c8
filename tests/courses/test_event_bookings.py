"""Imported sessions and what they book: nothing twice, each clash said with its row."""

import pytest

from courses.domain.teaching import lineup_of
from courses.models import Course, Session
from tests.courses.event_rows import event, tokyo
from tests.courses.test_event_import import bring_in
from tests.factories import InstructorFactory, SessionFactory

pytestmark = pytest.mark.django_db


def _row(number: int, name: str, begin: int, venue: str = "東会館　和室", **said):
    times = {"start_time": f"{begin}:00", "end_time": f"{begin + 2}:00"}
    return event(number, name=name, venue=venue, **times, **said)


def _of(name: str) -> Session:
    return Session.objects.select_related("room").get(run__course__title=name)


def _notes(plan) -> list[tuple[int | None, str]]:
    return [(note.row, note.text) for note in plan.notes if "同じ時間" in note.text]


@pytest.fixture
def suzuki():
    return InstructorFactory()


def test_two_sessions_swap_their_times_in_one_room():
    bring_in(_row(2, "書道", 10), _row(3, "茶道", 13))
    plan, _made = bring_in(_row(2, "書道", 13), _row(3, "茶道", 10))

    assert _notes(plan) == []
    assert [(_of(name).starts_at, _of(name).room.name) for name in ("書道", "茶道")] == [
        (tokyo(2, 6, 13), "和室"),
        (tokyo(2, 6, 10), "和室"),
    ]


def test_session_that_stays_keeps_its_room_before_one_that_comes():
    """Whatever the order of the rows; who may not come stays where it was."""
    bring_in(_row(2, "書道", 10), _row(3, "茶道", 13))
    plan, _made = bring_in(_row(2, "書道", 13), _row(3, "茶道", 13))

    words = "部屋「和室」は、2月6日（土）13:00〜15:00に「茶道」で使われます。"
    assert [(problem.row, problem.text) for problem in plan.rejected] == [(2, words)]
    assert [_of(name).starts_at for name in ("書道", "茶道")] == [
        tokyo(2, 6, 10),
        tokyo(2, 6, 13),
    ]


def test_who_may_not_move_keeps_its_place_from_others():
    """書道 cannot go to 13:00, so 華道 cannot have its place at 10:00."""
    bring_in(_row(2, "書道", 10), _row(3, "茶道", 13))
    plan, _made = bring_in(_row(2, "華道", 10), _row(3, "茶道", 13), _row(4, "書道", 13))

    assert [(problem.row, problem.text) for problem in plan.rejected] == [
        (2, "部屋「和室」は、2月6日（土）10:00〜12:00に「書道」で使われます。"),
        (4, "部屋「和室」は、2月6日（土）13:00〜15:00に「茶道」で使われます。"),
    ]
    assert not Course.objects.filter(title="華道").exists()


def test_new_session_is_taught_by_the_instructors_of_its_course(suzuki):
    bring_in(_row(2, "書道", 10))
    Course.objects.get().instructors.add(suzuki)
    bring_in(_row(2, "書道", 10), _row(3, "書道", 13))

    assert [lineup_of(session) for session in Session.objects.order_by("starts_at")] == [
        {},
        {suzuki.pk: ""},
    ]


def test_busy_instructor_is_left_out_and_said_with_the_row(suzuki):
    bring_in(_row(2, "書道", 10))
    moving = _of("書道")
    moving.teaching.create(instructor=suzuki)
    elsewhere = SessionFactory(starts_at=tokyo(2, 6, 14), ends_at=tokyo(2, 6, 16))
    elsewhere.teaching.create(instructor=suzuki)

    plan, _made = bring_in(_row(5, "書道", 13))
    words = "講師「鈴木 一郎」は同じ時間に別の回で教えます。講師を外して取り込みました。"
    assert _notes(plan) == [(5, words)]
    moving.refresh_from_db()
    assert (moving.starts_at, lineup_of(moving)) == (tokyo(2, 6, 13), {})


def test_instructor_of_two_sessions_that_swap_teaches_both(suzuki):
    bring_in(_row(2, "書道", 10), _row(3, "茶道", 13))
    for name in ("書道", "茶道"):
        _of(name).teaching.create(instructor=suzuki)

    plan, _made = bring_in(_row(2, "書道", 13), _row(3, "茶道", 10))
    assert _notes(plan) == []
    assert [lineup_of(_of(name)) for name in ("書道", "茶道")] == [{suzuki.pk: ""}] * 2


def test_change_that_is_no_booking_leaves_instructors_alone(suzuki):
    bring_in(_row(2, "書道", 10))
    session = _of("書道")
    row = session.teaching.create(instructor=suzuki)
    bring_in(_row(2, "書道", 10, capacity="30名"))

    assert [found.pk for found in session.teaching.all()] == [row.pk]
