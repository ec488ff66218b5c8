"""The demo city's words and timetable, before any row is written."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import jpholiday
import pytest

from cms.demo.identifiers import session_uid
from cms.demo.incidents import runs_as_they_stand
from cms.demo.offerings import runs_around
from cms.demo.reading import CONTENT, courses, read
from cms.demo.timetable import plan_fiscal_year
from cms.demo.workdays import (
    bulletin_before,
    is_workday,
    weekday_of_month,
    workday_before,
    workday_from,
)
from cms.plain_prose import blocks_of
from courses.domain.fiscal_year import TOKYO
from courses.enums import CourseKind, RunState, SelectionMode, SessionState


@pytest.fixture(scope="module")
def three_years():
    return [run for year in (2025, 2026, 2027) for run in plan_fiscal_year(courses(), year)]


def _moment(day):
    return datetime(day.year, day.month, day.day, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("## 見出し", [("heading", "見出し")]),
        ("一つ目。\n\n二つ目。", [("paragraph", "<p>一つ目。</p><p>二つ目。</p>")]),
        (
            "前置き\n- 甲\n- 乙",
            [("paragraph", "<p>前置き</p><ul><li>甲</li><li>乙</li></ul>")],
        ),
        ("1. 先\n2. 後", [("steps", {"steps": ["先", "後"]})]),
        (
            "Q. 何？\nA. 答え。",
            [("question", {"question": "何？", "answer": "<p>答え。</p>"})],
        ),
        ("<b>&</b>", [("paragraph", "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>")]),
    ],
)
def test_prose_becomes_blocks(text, blocks):
    assert blocks_of(text) == blocks


def test_content_never_claims_conformance():
    claiming = [p.name for p in CONTENT.rglob("*.toml") if "準拠" in p.read_text("utf-8")]
    assert claiming == []


def test_telephone_numbers_cannot_be_real():
    numbers = [
        entry["phone"]
        for name, key in (("departments", "department"), ("venues", "venue"))
        for entry in read(name)[key]
    ]
    assert [number for number in numbers if not number.startswith("0420-")] == []


def test_every_kind_and_every_way_to_give_places_is_offered():
    assert {course.kind for course in courses()} == set(CourseKind.values)
    assert {course.selection for course in courses()} == set(SelectionMode.values)


def test_every_course_has_prose_worth_reading():
    thin = [
        course.slug
        for course in courses()
        if not course.draft and not (len(blocks_of(course.body)) >= 2 and course.outcomes)
    ]
    assert thin == []


def test_series_and_paths_lead_to_courses_that_exist():
    known = {course.slug for course in courses()}
    units = {slug for entry in read("series")["series"] for slug, _link in entry["units"]}
    steps = {
        slug
        for entry in read("paths")["path"]
        for step in entry["steps"]
        for slug in step[2]
    }
    assert units - known == set()
    assert steps - known == set()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 21), True),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), False),
        (date(2026, 12, 28), False),
        (date(2027, 1, 5), False),
        (date(2027, 1, 6), True),
    ],
)
def test_workdays_leave_out_sundays_holidays_and_new_year(day, works):
    assert is_workday(day) is works


def test_days_of_the_month_are_found():
    assert weekday_of_month(2026, 11, weekday=5, week=3) == date(2026, 11, 21)
    assert bulletin_before(date(2026, 11, 14)) == date(2026, 11, 1)
    assert bulletin_before(date(2026, 11, 15)) == date(2026, 11, 15)
    assert workday_before(date(2026, 11, 24)) == date(2026, 11, 20)
    assert workday_from(date(2027, 1, 1)) == date(2027, 1, 6)


def test_timetable_keeps_to_workdays_and_to_its_fiscal_year(three_years):
    wrong = [
        (run.code, slot.starts_at)
        for run in three_years
        for slot in run.slots
        if slot.starts_at.weekday() == 6
        or jpholiday.is_holiday(slot.starts_at.date())
        or slot.ends_at >= datetime(run.fiscal_year + 1, 4, 1, tzinfo=TOKYO)
    ]
    assert wrong == []


def test_timetable_books_no_room_and_no_instructor_twice(three_years):
    booked = {}
    for run in three_years:
        for slot in (*run.slots, *run.spare):
            names = [
                *run.course.instructors,
                *([f"{slot.venue}/{slot.room}"] * bool(slot.room)),
            ]
            for name in names:
                booked.setdefault(name, []).append((slot.starts_at, slot.ends_at, run.code))
    clashes = [
        (name, before, after)
        for name, times in booked.items()
        for before, after in pairwise(sorted(times))
        if after[0] < before[1]
    ]
    assert clashes == []


def test_run_codes_are_unique(three_years):
    codes = Counter(run.code for run in three_years)
    assert [code for code, times in codes.items() if times > 1] == []


def test_applications_open_before_they_close_and_close_before_the_start(three_years):
    wrong = [
        run.code
        for run in three_years
        if run.window and not run.window[0] < run.window[1] < run.starts_at
    ]
    assert wrong == []


@pytest.mark.parametrize("days", range(0, 365, 15))
def test_on_any_day_something_to_come_is_cancelled_put_off_and_moved(three_years, days):
    at = _moment(date(2026, 4, 2) + timedelta(days=days))
    coming = [run for run in runs_as_they_stand(three_years, at=at) if run.ends_at > at]

    states = {run.state for run in coming}
    session_states = {session.state for run in coming for session in run.sessions}

    assert states >= {RunState.ANNOUNCED, RunState.CANCELLED, RunState.POSTPONED}
    assert SessionState.MOVED in session_states


def _as_subscribed(at):
    return {
        session_uid(run.plan.code, session.number): (session.sequence, session.slot)
        for run in runs_around(at)
        for session in run.sessions
    }


def test_calendars_survive_a_rebuild_on_another_day():
    earlier = _as_subscribed(_moment(date(2026, 11, 21)))
    later = _as_subscribed(_moment(date(2026, 12, 24)))

    both = earlier.keys() & later.keys()
    changed = {uid for uid in both if earlier[uid] != later[uid]}

    assert len(both) > 400
    # What changed says so to subscribers, and nothing goes back.
    assert [uid for uid in changed if later[uid][0] <= earlier[uid][0]] == []
    assert 0 < len(changed) < 10


def test_about_three_hundred_runs_lie_around_today():
    at = _moment(date(2026, 11, 21))
    starts = [run.plan.starts_at for run in runs_around(at)]

    assert 315 <= len(starts) <= 350
    assert min(starts) >= at - timedelta(days=365)
    assert max(starts) <= at + timedelta(days=365)
