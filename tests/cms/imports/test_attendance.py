"""A list with ○ and × becomes the attendance of each session."""

from datetime import timedelta
from uuid import uuid4

import pytest

from courses.enums import RowOutcome as Outcome
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import Channel
from enrollments.models import Attendance, Completion, Participant
from tests.cms.imports.bringing import apply, as_csv, outcomes, planned, reasons, undo
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
HEADING = ["氏名", "フリガナ", "第1回", "2回目", "第3回"]


@pytest.fixture
def run(section):
    run = CourseRunFactory(course=CourseFactory(department=section))
    SeatPoolFactory(run=run, capacity=10)
    for names in (
        ("山田", "花子", "ヤマダ", "ハナコ"),
        ("鈴木", "太郎", "スズキ", "タロウ"),
    ):
        request = SeatRequest(
            PersonName(*names),
            phone="0422-60-1111",
            channel=Channel.PHONE,
            submission_key=uuid4(),
        )
        apply_for_seat(run=run, request=request, by=None, at=NOON)
    for number, days in ((1, -14), (2, -7), (3, 7)):
        starts = NOON + timedelta(days=days)
        SessionFactory(
            run=run, number=number, starts_at=starts, ends_at=starts + timedelta(hours=2)
        )
    return run


def brought(client, run, *rows, heading=HEADING):
    return planned(client, "attendance", as_csv(heading, *rows), run=run.pk)


def marks():
    found = Attendance.objects.order_by("participant__family_name_kana", "session__number")
    return [(a.participant.family_name, a.session.number, a.status) for a in found]


def test_marks_are_recorded_as_they_are_written(client, officer, run):
    upload = brought(
        client,
        run,
        ["山田花子", "やまだ はなこ", "○", "遅", ""],
        ["鈴木 太郎", "スズキタロウ", "×", "欠（届）", ""],
    )
    assert (outcomes(upload), reasons(upload)) == ({2: Outcome.NEW, 3: Outcome.NEW}, {})
    assert Attendance.objects.count() == 0
    apply(client, upload)
    assert marks() == [
        ("鈴木", 1, "absent"),
        ("鈴木", 2, "excused"),
        ("山田", 1, "present"),
        ("山田", 2, "late"),
    ]
    assert set(Attendance.objects.values_list("source", flat=True)) == {"import"}


def test_empty_cell_leaves_what_is_there_and_undo_puts_it_back(client, officer, run):
    person = Participant.objects.get(family_name="山田")
    session = run.sessions.get(number=1)
    Attendance.objects.create(
        session=session, participant=person, status="late", recorded_at=NOON
    )
    upload = brought(client, run, ["山田 花子", "ヤマダ ハナコ", "○", "", ""])
    assert upload.rows.get().changes == {"第1回": ["遅刻", "出席"]}
    apply(client, upload)
    assert marks() == [("山田", 1, "present")]
    undo(client, upload)
    assert (upload.state, marks()) == ("undone", [("山田", 1, "late")])


def test_undo_is_refused_once_completion_is_recorded(client, officer, run):
    upload = brought(client, run, ["山田 花子", "ヤマダ ハナコ", "○", "", ""])
    apply(client, upload)
    Completion.objects.create(
        participant=Participant.objects.get(family_name="山田"),
        completed_on=NOON.date(),
        recorded_at=NOON,
    )
    undo(client, upload)
    assert upload.blocked == {"2": "山田 花子さんの修了が記録されています。"}


def test_session_to_come_and_strangers_are_refused(client, officer, run):
    upload = brought(
        client,
        run,
        ["山田 花子", "ヤマダ ハナコ", "○", "", "○"],
        ["佐藤 次郎", "サトウ ジロウ", "○", "", ""],
        ["鈴木 太郎", "スズキ タロウ", "△", "", ""],
    )
    found = reasons(upload)
    assert found[2] == "まだ始まっていない回です。出席は開催日から記録できます。"
    assert found[3] == "受講が決まった方の名簿にありません。"
    assert found[4].startswith("第1回: 「△」がわかりません。")
