"""A plan compares the list with what is there; nothing is guessed and no row is lost."""

from dataclasses import replace

import pytest

from courses.domain.event_facts import RowMark
from courses.domain.event_plan import (
    HOLDING_SECTION,
    Booking,
    Change,
    Known,
    KnownCourse,
    KnownRun,
    KnownSession,
)
from courses.enums import RunState
from courses.exchange.event_list.planning import plan_import, section_for, understand
from courses.exchange.event_list.reading import read_rows
from tests.courses.event_rows import (
    DATA,
    NOW,
    as_csv,
    courses_of,
    event,
    events,
    plan_of,
    shape,
    tokyo,
)

WEEKLY = ("2027-02-06", "2027-02-13", "2027-02-20")


def known_from(*rows, in_hand: bool = False, department: str = HOLDING_SECTION) -> Known:
    """What is there after these rows were imported."""
    plan = plan_of(*rows)
    keys = iter(range(1, 1000))
    places: dict[str, set[str]] = {}
    courses = {}
    for course in plan.courses:
        runs = []
        for run in course.runs:
            for step in run.sessions:
                if step.facts.venue:
                    places.setdefault(step.facts.venue, set()).add(step.facts.room)
            sessions = tuple(KnownSession(next(keys), step.facts) for step in run.sessions)
            runs.append(KnownRun(next(keys), run.facts, sessions, in_hand=in_hand))
        courses[course.facts.key] = KnownCourse(
            next(keys), course.facts.title, department, tuple(runs)
        )
    return Known(
        courses,
        tuple(
            (venue, tuple(room for room in rooms if room))
            for venue, rooms in places.items()
        ),
        {"bousai": "防災課", "imported": "みどり野市"},
    )


def only_run(plan):
    (course,) = plan.courses
    (run,) = course.runs
    return run


def test_first_reading_makes_everything():
    plan = plan_of(*events(*WEEKLY, name="卓球教室", venue="東会館　和室"))
    (course,) = plan.new_courses
    run = only_run(plan)

    assert shape(course) == [3]
    assert (run.pk, [step.pk for step in run.sessions]) == (None, [None, None, None])
    assert [(place.venue, place.room) for place in plan.places] == [("東会館", "和室")]


def test_second_reading_changes_nothing():
    rows = [
        *events(*WEEKLY, name="卓球教室", venue="東会館　和室"),
        event(9, name="つどい", how_to_apply="申込不要", capacity="25"),
        event(10, name="つどい", how_to_apply="申込不要", capacity="25", venue="西会館"),
    ]
    plan = plan_of(*rows, known=known_from(*rows))

    assert len(plan.unchanged_courses) == 2
    assert (plan.new_courses, plan.changed_courses, plan.places) == ([], [], ())
    assert plan.accounts_for_every_row


def test_fewer_rows_than_before_change_nothing():
    """Lists drop what is over; what depends on all sessions must not flicker."""
    usual = {"how_to_apply": "申込不要", "capacity": "25"}
    rows = [
        event(2, venue="東会館", **usual),
        event(3, venue="西会館", start_date="2027-02-13", **usual),
    ]
    after_the_first = tokyo(2, 10)

    plan = plan_of(rows[1], known=known_from(*rows), at=after_the_first)

    assert only_run(plan_of(*rows)).facts.capacity_note == "各回25名"
    assert len(plan.unchanged_courses) == 1
    assert plan.notes == []


def test_changed_cell_changes_that_fact():
    plan = plan_of(event(fee="500"), known=known_from(event()))
    run = only_run(plan)

    assert run.changes == (Change("fee", 0, 500),)
    assert run.sessions[0].changes == ()
    assert len(plan.changed_courses) == 1


def test_changed_place_changes_run_and_session():
    run = only_run(plan_of(event(venue="西会館"), known=known_from(event(venue="東会館"))))

    assert run.changes == (Change("venue", "東会館", "西会館"),)
    assert run.sessions[0].changes == (Change("venue", "東会館", "西会館"),)


def test_longer_session_is_the_same_session():
    run = only_run(plan_of(event(end_time="13:00"), known=known_from(event())))

    assert [c.field for c in run.sessions[0].changes] == ["ends_at"]


def test_one_gone_and_one_new_is_a_move():
    run = only_run(plan_of(event(start_date="2027-02-07"), known=known_from(event())))

    assert run.pk is not None
    assert run.sessions[0].changes == (
        Change("starts_at", tokyo(2, 6, 10), tokyo(2, 7, 10)),
        Change("ends_at", tokyo(2, 6, 12), tokyo(2, 7, 12)),
    )


def test_past_session_that_left_the_list_has_not_moved():
    plan = plan_of(
        event(start_date="2027-02-20"), known=known_from(event()), at=tokyo(2, 10)
    )
    run = only_run(plan)

    assert run.pk is None
    assert all("一覧にありません" not in problem.text for problem in plan.notes)


def test_session_to_come_that_left_the_list_is_reported_not_cancelled():
    rows = events(*WEEKLY, name="卓球教室")
    plan = plan_of(*rows[:2], known=known_from(*rows))

    assert len(plan.unchanged_courses) == 1
    assert [p.text for p in plan.notes if p.row is None] == [
        "「卓球教室」の2月20日（土）10:00の回が一覧にありません。"
        "中止や変更でないか確かめてください。"
    ]


def test_new_date_of_a_series_joins_its_run():
    rows = events(*WEEKLY, name="卓球教室")
    run = only_run(plan_of(*rows, known=known_from(*rows[:2])))

    assert run.pk is not None
    assert [step.pk is None for step in run.sessions] == [False, False, True]


def test_division_into_runs_stays_as_it_is():
    one_run = known_from(*events(*WEEKLY, name="卓球教室"))
    each = events(*WEEKLY, name="卓球教室", remarks="各回とも予約")
    separate = known_from(*each)

    assert shape(plan_of(*each, known=one_run).courses[0]) == [3]
    assert shape(plan_of(*events(*WEEKLY, name="卓球教室"), known=separate).courses[0]) == [
        1,
        1,
        1,
    ]


def test_two_sessions_at_one_time_are_told_by_their_place():
    rows = [event(2, venue="東会館"), event(3, venue="西会館")]
    known = known_from(*rows)
    plan = plan_of(*reversed(rows), known=known)

    assert len(plan.unchanged_courses) == 1


def test_session_called_off_by_the_officer_stays_so():
    known = known_from(event(start_date="2027-02-06"))
    (key,) = known.courses
    course = known.courses[key]
    run = course.runs[0]
    called_off = replace(run.sessions[0], is_held=False)
    held_off = replace(course, runs=(replace(run, sessions=(called_off,)),))

    plan = plan_of(event(end_time="13:00"), known=replace(known, courses={key: held_off}))

    assert len(plan.unchanged_courses) == 1


def test_list_calls_off_but_never_back_on():
    cancelled = plan_of(event(status="中止"), known=known_from(event()))
    silent = plan_of(event(), known=known_from(event(status="中止")))

    assert only_run(cancelled).changes == (
        Change("state", RunState.ANNOUNCED, RunState.CANCELLED),
    )
    assert len(silent.unchanged_courses) == 1


def test_run_that_people_apply_for_is_left_to_people():
    known = known_from(event(2), event(3, start_date="2027-03-06"), in_hand=True)
    plan = plan_of(
        event(2, fee="500"),
        event(3, fee="500", start_date="2027-03-06"),
        event(4, fee="500", start_date="2027-04-03"),
        known=known,
    )

    assert [step.pk is None for run in plan.courses[0].runs for step in run.sessions] == [
        False,
        False,
        True,
    ]
    assert all(run.changes == () for run in plan.courses[0].runs if run.pk)
    assert [p.row for p in plan.notes if "申込みを受け付けている" in p.text] == [2, 3]
    assert plan.accounts_for_every_row


def test_new_date_in_a_run_that_people_apply_for_is_rejected():
    rows = events(*WEEKLY, name="卓球教室")
    plan = plan_of(*rows, known=known_from(*rows[:2], in_hand=True))

    assert [(p.row, "回を足していません" in p.text) for p in plan.rejected] == [(4, True)]
    assert len(plan.unchanged_courses) == 1
    assert plan.accounts_for_every_row


def test_venue_keeps_the_spelling_that_is_there():
    known = Known({}, (("東会館", ("和室Ａ",)),))
    plan = plan_of(
        event(venue="東　会館"), event(3, name="茶道", venue="東会館　和室A"), known=known
    )

    assert {
        (step.facts.venue, step.facts.room)
        for course in plan.courses
        for run in course.runs
        for step in run.sessions
    } == {("東会館", ""), ("東会館", "和室Ａ")}
    assert plan.places == ()


def test_room_is_never_booked_twice():
    rows = [event(2, venue="東会館　和室"), event(3, name="茶道", venue="東会館　和室")]
    plan = plan_of(*rows)

    assert [course.facts.title for course in plan.courses] == ["防災入門"]
    assert [(p.row, p.text) for p in plan.rejected] == [
        (3, "部屋「和室」は、2月6日（土）10:00〜12:00に「防災入門」で使われます。")
    ]
    assert plan.accounts_for_every_row


def test_room_that_another_session_has_is_refused_by_name():
    booked = Booking("東会館", "和室", tokyo(2, 6, 11), tokyo(2, 6, 13), 77, "茶道")
    known = Known({}, (("東会館", ("和室",)),), bookings=(booked,))

    plan = plan_of(event(venue="東会館　和室"), known=known)
    assert plan.courses == ()
    assert [p.text for p in plan.rejected] == [
        "部屋「和室」は、2月6日（土）11:00〜13:00に「茶道」で使われます。"
    ]
    later = event(venue="東会館　和室", start_time="13:00", end_time="14:00")
    assert only_run(plan_of(later, known=known)).sessions[0].facts.room == "和室"


def test_called_off_dates_need_no_room():
    rows = [
        event(2, venue="東会館　和室"),
        event(3, name="茶道", venue="東会館　和室", status="中止"),
    ]
    assert plan_of(*rows).rejected == []


@pytest.mark.parametrize(
    ("contact", "code"),
    [
        ("市民部　市民活動推進課　男女平等推進センター", "heiwa"),
        ("市民活動推進課", "katsudou"),
        ("市民の会", HOLDING_SECTION),
        ("", HOLDING_SECTION),
    ],
)
def test_section_is_the_longest_that_the_contact_names(contact, code):
    known = Known(
        {},
        departments={
            "katsudou": "市民活動推進課",
            "heiwa": "男女平等推進センター",
            HOLDING_SECTION: "市民",
        },
    )
    assert section_for(contact, known) == code


def test_given_section_owns_new_courses_and_no_others():
    lists = understand([event()])
    new = plan_import(lists, Known({}), at=NOW, department="bousai")
    other = plan_import(
        lists, known_from(event(department="")), at=NOW, department="bousai"
    )

    assert new.courses[0].department == "bousai"
    assert other.courses == ()
    assert [p.text for p in other.rejected] == ["「防災入門」はほかの担当課の講座です。"]
    assert other.accounts_for_every_row


def test_two_files_of_one_city_meet_in_one_course():
    first = read_rows(as_csv(event()), file="a.csv")
    second = read_rows(as_csv(event(), event(start_date="2027-03-06")), file="b.csv")
    plan = plan_import(understand([*first, *second]), Known({}), at=NOW)

    assert shape(plan.courses[0]) == [1, 1]
    assert [(p.file, p.row) for p in plan.rejected] == [("b.csv", 2)]
    assert plan.used_rows == {RowMark("a.csv", 2), RowMark("b.csv", 3)}
    assert plan.accounts_for_every_row


@pytest.mark.parametrize("file", ["base_registry.csv", "recommended_cp932.csv"])
def test_every_row_of_a_file_is_used_or_rejected(file):
    plan = plan_of(*read_rows((DATA / file).read_bytes(), file=file))

    assert plan.accounts_for_every_row


def test_course_key_does_not_hang_on_a_missing_contact():
    (named,) = courses_of(event(2))
    (mixed,) = courses_of(event(2, contact_name=""), event(3, start_date="2027-03-06"))

    assert mixed.facts.key == named.facts.key


def test_course_key_is_stable():
    """A change here would make every imported course a second time."""
    (course,) = courses_of(event())

    assert course.facts.key == "999997:341a01678cbb83bdb31c"
