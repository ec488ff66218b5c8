"""A year's programme typed in Excel becomes drafts; what is public is never moved."""

from datetime import datetime

import pytest

from cms.models import CoursePage
from courses.domain.fiscal_year import TOKYO
from courses.enums import RowOutcome as Outcome
from courses.models import Course, CourseRun, Session
from tests.cms.imports.bringing import apply, as_csv, outcomes, planned, reasons, undo
from tests.factories import (
    CourseFactory,
    CourseRunFactory,
    InstructorFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
HEADING = [
    "講座名",
    "期",
    "定員",
    "受講料",
    "日付",
    "開始",
    "終了",
    "会場",
    "部屋",
    "講師",
    "テーマ",
]


@pytest.fixture
def room(db):
    return RoomFactory(venue=VenueFactory(name="北会館"), name="会議室1")


def first(**more):
    return row("2027/2/6", "10:00", "12:00", **more)


def second(**more):
    return row("2月13日（土）", "午前10時", "12時", **more)


def row(day, start, end, **more):
    cells = {
        "title": "はじめての防災",
        "label": "",
        "capacity": "30",
        "fee": "500円",
        "venue": "北会館",
        "room": "会議室1",
        "people": "",
        "theme": "",
        **more,
    }
    return [
        *(cells[name] for name in ("title", "label", "capacity", "fee")),
        *(day, start, end),
        *(cells[name] for name in ("venue", "room", "people", "theme")),
    ]


def brought(client, section, *rows, heading=HEADING):
    return planned(client, "courses", as_csv(heading, *rows), department=section.pk)


def test_rows_of_one_name_become_one_draft_with_its_page(client, officer, section, room):
    upload = brought(client, section, first(theme="地震"), second(theme="水"))
    assert (outcomes(upload), reasons(upload)) == ({2: Outcome.NEW, 3: Outcome.NEW}, {})
    assert Course.objects.count() == 0
    apply(client, upload)
    course = Course.objects.get()
    run = course.runs.get()
    assert (course.department, course.is_public, run.state) == (section, False, "planned")
    assert (run.fee, run.pools.get().capacity, run.fiscal_year) == (500, 30, 2026)
    assert [(s.number, s.title, s.starts_at, s.room) for s in run.sessions.all()] == [
        (1, "地震", datetime(2027, 2, 6, 10, tzinfo=TOKYO), room),
        (2, "水", datetime(2027, 2, 13, 10, tzinfo=TOKYO), room),
    ]
    page = CoursePage.objects.get(course=course)
    assert (page.live, page.owner) == (False, officer)


def test_same_programme_again_changes_nothing(client, officer, section, room):
    apply(client, brought(client, section, first(), second()))
    again = brought(client, section, first(), second())
    assert (outcomes(again), reasons(again)) == (
        {2: Outcome.UNCHANGED, 3: Outcome.UNCHANGED},
        {},
    )


def test_undo_leaves_nothing_behind(client, officer, section, room):
    upload = brought(client, section, first(), second(), first(title="茶道", room=""))
    apply(client, upload)
    undo(client, upload)
    assert (upload.state, upload.blocked) == ("undone", {})
    left = (Course.objects.count(), CourseRun.objects.count(), Session.objects.count())
    assert (left, CoursePage.objects.count()) == ((0, 0, 0), 0)


def test_undo_is_refused_once_the_course_is_public(client, officer, section, room):
    upload = brought(client, section, first(), second())
    apply(client, upload)
    CoursePage.objects.get().get_latest_revision().publish()
    CourseRun.objects.update(state="announced")
    undo(client, upload)
    assert (upload.state, Course.objects.count()) == ("applied", 1)
    assert set(upload.blocked) == {"2", "3"}


def test_room_in_use_and_doubled_in_the_list_is_refused(client, officer, section, room):
    busy = SessionFactory(
        room=room,
        starts_at=datetime(2027, 2, 6, 9, tzinfo=TOKYO),
        ends_at=datetime(2027, 2, 6, 11, tzinfo=TOKYO),
    )
    upload = brought(client, section, first(), second(), second(title="茶道"))
    found = reasons(upload)
    assert f"「{busy.run.course.title}」第{busy.number}回で使われています" in found[2]
    assert found[4] == "3行目と、同じ時間に同じ部屋を使います。"


def test_session_of_a_draft_is_moved_and_moved_back(client, officer, section, room):
    apply(client, brought(client, section, first(), second()))
    code = CourseRun.objects.get().code
    heading = ["開催番号", "回", "日付", "開始", "講座名"]
    changed = [code, "2", "2027/2/20", "9:30", "はじめての防災"]
    upload = brought(client, section, changed, heading=heading)
    assert upload.rows.get().changes == {
        "日付": ["2027/02/13", "2027/02/20"],
        "開始時刻": ["10:00", "09:30"],
    }
    apply(client, upload)
    session = Session.objects.get(number=2)
    assert session.starts_at == datetime(2027, 2, 20, 9, 30, tzinfo=TOKYO)
    undo(client, upload)
    session.refresh_from_db()
    assert (upload.state, session.starts_at) == (
        "undone",
        datetime(2027, 2, 13, 10, tzinfo=TOKYO),
    )


def test_facts_of_a_run_that_is_there_are_not_changed(client, officer, section, room):
    apply(client, brought(client, section, first()))
    upload = brought(client, section, first(fee="800"))
    assert reasons(upload) == {
        2: "「費用（円）」が、いまの開催とちがいます。ここでは変えられません。"
        "開催の画面で変えてください。"
    }


def test_rows_of_one_run_agree_about_it(client, officer, section, room):
    upload = brought(client, section, first(), second(capacity="20"))
    assert reasons(upload) == {3: "「定員」が、同じ開催の2行目とちがいます。"}


def test_other_sections_course_is_refused(client, officer, section):
    run = CourseRunFactory(course=CourseFactory(title="よその講座"))
    SeatPoolFactory(run=run)
    heading = ["開催番号", "講座名", "日付", "開始", "終了"]
    row = [run.code, "よその講座", "2027/2/6", "10:00", "12:00"]
    assert reasons(brought(client, section, row, heading=heading)) == {
        2: "この操作をする権限がありません。担当課にお問い合わせください。"
    }


def test_names_have_to_be_known(client, officer, section, room):
    InstructorFactory()
    upload = brought(
        client,
        section,
        first(people="鈴木一郎"),
        second(people="佐藤 二郎"),
        first(title="茶道", venue="南会館", room=""),
    )
    assert reasons(upload) == {
        3: "講師「佐藤 二郎」は登録されていません。先に講師を登録してください。",
        4: "会場「南会館」は登録されていません。先に会場を登録してください。",
    }
    apply(client, upload)
    assert [str(one) for one in Session.objects.get().instructors.all()] == ["鈴木 一郎"]
