"""What is changed of a course is written down: by whom, from what to what."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.domain.refusal import NotAllowed
from courses.domain.changes import differences, record_difference
from courses.domain.draft_sessions import discard_session
from courses.domain.making import CourseFacts, make_course, revise_course
from courses.domain.offering import add_run, revise_run
from courses.domain.publication import publish_course, withdraw_course
from courses.domain.run_plan import RunPlan
from courses.domain.session_plans import SessionPlan, plan_of
from courses.domain.sessions import (
    add_session,
    cancel_session,
    edit_session,
    postpone_session,
    reinstate_session,
)
from courses.models import ChangeRecord
from enrollments.domain.capacity import change_capacity
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    InstructorFactory,
    SeatPoolFactory,
    SessionFactory,
    StaffProfileFactory,
    UserFactory,
    VenueFactory,
)
from tests.moved_sessions import move_session

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def run():
    return CourseRunFactory(code="2026-0001")


@pytest.fixture
def session(run):
    return SessionFactory(run=run, number=1)


@pytest.fixture
def officer(run):
    return StaffProfileFactory(department=run.course.department).user


def _records() -> list[tuple[str, str, str, list[list[str]]]]:
    """What, of which thing, from what to what; oldest first."""
    rows = ChangeRecord.objects.order_by("pk")
    return [(row.act, row.thing, row.subject, row.fields) for row in rows]


def test_difference_keeps_the_order_and_leaves_out_what_stayed():
    found = differences(
        {"甲": "1", "乙": "2", "丁": "9"}, {"乙": "3", "甲": "1", "丙": "4"}
    )

    assert found == [["乙", "2", "3"], ["丙", "", "4"], ["丁", "9", ""]]


def test_nothing_is_written_where_nothing_differs(run, officer):
    same = {"講座名": "防災"}

    assert (
        record_difference(subject=run, before=same, after=same, by=officer, at=NOON) is None
    )
    assert ChangeRecord.objects.count() == 0


def test_new_course_is_recorded_with_its_run_and_sessions(officer):
    plan = SessionPlan(starts_at=NOON + WEEK, ends_at=NOON + WEEK + timedelta(hours=2))
    course, _made = make_course(
        facts=CourseFacts(title="防災", department=officer.staff_profile.department),
        run=RunPlan(label="冬", applications_close_at=NOON + WEEK),
        sessions=[plan],
        form_key="a",
        by=officer,
        at=NOON,
    )

    assert _records() == [
        ("made", "course", "防災", []),
        ("made", "run", f"{course.runs.get().code} 冬", []),
        ("made", "session", "第1回 11月28日（土）12:00〜14:00", []),
    ]
    by_and_at = set(ChangeRecord.objects.values_list("by", "at", "course"))
    assert by_and_at == {(officer.pk, NOON, course.pk)}


def test_course_is_recorded_with_each_changed_fact_in_words(run, officer):
    course = run.course
    facts = CourseFacts(
        title=course.title,
        department=course.department,
        kind="workshop",
        summary="家具を留めます。",
        instructors=[InstructorFactory()],
    )
    revise_course(course=course, facts=facts, by=officer, at=NOON)

    assert _records() == [
        (
            "changed",
            "course",
            course.title,
            [
                ["ひとことで", "", "家具を留めます。"],
                ["種別", "講座", "ワークショップ"],
                ["講師", "", "鈴木 一郎"],
            ],
        )
    ]


def test_course_saved_unchanged_leaves_no_record(run, officer):
    course = run.course
    facts = CourseFacts(title=course.title, department=course.department)

    revise_course(course=course, facts=facts, by=officer, at=NOON)

    assert _records() == []


def test_run_is_recorded_with_dates_money_and_choices_as_on_the_site(run, officer):
    plan = RunPlan(
        selection_mode="lottery",
        applications_open_at=run.applications_open_at,
        applications_close_at=NOON + WEEK,
        fee=1500,
        waiting_list=False,
        venue=VenueFactory(name="市民会館"),
    )
    revise_run(run=run, plan=plan, by=officer, at=NOON)

    assert _records() == [
        (
            "changed",
            "run",
            "2026-0001",
            [
                ["決め方", "申込順", "抽選"],
                ["申込締切", "12月1日（火）12:00", "11月28日（土）12:00"],
                ["キャンセル待ちを受け付ける", "はい", "いいえ"],
                ["会場", "", "市民会館"],
                ["費用（円）", "0円", "1,500円"],
            ],
        )
    ]


def test_refused_change_leaves_no_record(run, session):
    stranger = StaffProfileFactory().user

    with pytest.raises(NotAllowed):
        cancel_session(session=session, reason="大雪", by=stranger, at=NOON)
    assert _records() == []


def test_moved_session_is_recorded_from_when_to_when(session, officer):
    move_session(
        session=session,
        starts_at=session.starts_at + WEEK,
        ends_at=session.ends_at + WEEK,
        by=officer,
        at=NOON,
    )

    (record,) = _records()
    assert record == (
        "changed",
        "session",
        "第1回 12月12日（土）12:00〜14:00",
        [
            ["日時", "12月5日（土）12:00〜14:00", "12月12日（土）12:00〜14:00"],
            ["状況", "予定", "日時変更"],
        ],
    )


def test_calling_off_and_back_is_recorded_with_the_reason(session, officer):
    cancel_session(session=session, reason="大雪", by=officer, at=NOON)
    reinstate_session(session=session, by=officer, at=NOON)
    postpone_session(session=session, reason="講師の都合", by=officer, at=NOON)

    subject = "第1回 12月5日（土）12:00〜14:00"
    assert _records() == [
        (
            "cancelled",
            "session",
            subject,
            [["状況", "予定", "中止"], ["理由", "", "大雪"]],
        ),
        (
            "reinstated",
            "session",
            subject,
            [["状況", "中止", "予定"], ["理由", "大雪", ""]],
        ),
        (
            "postponed",
            "session",
            subject,
            [["状況", "予定", "延期"], ["理由", "", "講師の都合"]],
        ),
    ]


def test_session_taken_out_of_a_draft_leaves_its_record(officer):
    draft = CourseFactory(
        published_at=None, department=officer.staff_profile.department, title="防災"
    )
    session = SessionFactory(run__course=draft, number=1)

    discard_session(session=session, by=officer, at=NOON)

    record = ChangeRecord.objects.get()
    assert (record.act, record.subject, record.session, record.run) == (
        "removed",
        "第1回 12月5日（土）12:00〜14:00",
        None,
        session.run,
    )


def test_added_run_and_session_are_recorded(run, officer):
    start = NOON + 3 * WEEK
    plan = SessionPlan(starts_at=start, ends_at=start + timedelta(hours=1))
    other = add_run(
        course=run.course,
        plan=RunPlan(selection_mode="open"),
        sessions=[],
        by=officer,
        at=NOON,
    )
    add_session(run=run, plan=plan, by=officer, at=NOON)

    assert [(act, thing, subject) for act, thing, subject, _fields in _records()] == [
        ("made", "run", other.code),
        ("made", "session", "第1回 12月12日（土）12:00〜13:00"),
    ]


def test_places_are_recorded(run, officer):
    pool = SeatPoolFactory(run=run, capacity=20)
    change_capacity(pool=pool, capacity=30, by=officer, at=NOON)
    change_capacity(pool=pool, capacity=30, by=officer, at=NOON)

    assert _records() == [
        ("changed", "run", "2026-0001", [["定員（一般枠）", "20名", "30名"]])
    ]


def test_publication_is_recorded_with_the_new_name_and_nobody_where_it_was_scheduled():
    course = CourseFactory(slug="old", title="旧", published_at=None)
    officer = UserFactory()
    publish_course(course=course, slug="new", title="新", at=NOON, by=officer)
    publish_course(course=course, slug="new", title="新", at=NOON, by=officer)
    withdraw_course(course=course, at=NOON)

    assert _records() == [
        (
            "published",
            "course",
            "新",
            [["講座名", "旧", "新"], ["アドレス名", "old", "new"]],
        ),
        ("withdrawn", "course", "新", []),
    ]
    assert list(ChangeRecord.objects.order_by("pk").values_list("by", flat=True)) == [
        officer.pk,
        None,
    ]


def test_record_outlives_its_author(run, session, officer):
    cancel_session(session=session, reason="大雪", by=officer, at=NOON)
    officer.delete()

    assert ChangeRecord.objects.get().by is None


def test_other_instructor_of_a_session_is_recorded(session, officer):
    edit_session(
        session=session,
        plan=replace(plan_of(session), instructors=(InstructorFactory(),)),
        by=officer,
        at=NOON,
    )

    ((_act, thing, _subject, fields),) = _records()
    assert (thing, fields) == ("session", [["講師", "", "鈴木 一郎"]])
