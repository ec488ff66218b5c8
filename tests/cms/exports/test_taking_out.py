"""What leaves is what was chosen, in the order that was chosen, and it is written down."""

from datetime import datetime

import pytest

from accounts.models import AccessLog
from cms.exports.kinds import KINDS
from cms.models import SavedExport
from courses.enums import PoolKind
from courses.models import Instructor
from enrollments.domain.applying import apply_for_seat
from enrollments.models import Application
from tests.cms.exports.taking import address, names, rows_of, take
from tests.enrollments.requests import JIRO, request_by
from tests.factories import (
    GroupFactory,
    InstructorFactory,
    MembershipFactory,
    RoomFactory,
    SeatPoolFactory,
    StaffProfileFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
OF = {"run": "2026-0001"}


def test_columns_come_in_the_order_of_their_numbers(client, officer, run):
    answer = take(
        client,
        "applications",
        ["full_name", "phone", "companions"],
        of=OF,
        order_phone="1",
        order_companions="2",
    )
    assert rows_of(answer) == [
        ["電話番号", "同伴者", "氏名"],
        ["0422-60-1111", "佐藤 太郎（サトウ タロウ）", "山田 花子"],
    ]


def test_file_is_named_by_list_run_and_day_and_kept_by_nobody(client, officer, run):
    answer = take(client, "applications", ["full_name"], of=OF, form="xlsx")
    assert answer["Content-Disposition"] == (
        'attachment; filename="applications-2026-0001-20261121.xlsx"'
    )
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_list_is_recorded_before_its_first_byte(client, officer, run):
    """Whoever hangs up has taken it out all the same: here nothing is read at all."""
    answer = take(
        client, "applications", ["full_name", "phone"], of=OF, more="委員会の資料"
    )
    assert answer.streaming
    line = AccessLog.objects.get(kind="export")
    assert (line.user, line.people, line.subject) == (
        officer,
        2,
        "申込みの出力 2026-0001",
    )
    assert (line.reason, line.columns) == (
        "集計・報告：委員会の資料",
        "氏名\n電話番号",
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"reason": ""}, "出力する理由"),
        ({"reason": "other"}, "「そのほか」のときは、理由を書いてください。"),
        ({"columns": []}, "項目を一つ以上えらんでください。"),
    ],
)
def test_nothing_leaves_without_a_reason_or_columns(client, officer, run, more, words):
    said = {"columns": ["full_name"], **more}
    answer = take(client, "applications", said.pop("columns"), of=OF, **said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not AccessLog.objects.exists()


def test_lists_without_people_ask_no_reason(client, officer, run):
    answer = take(client, "courses", ["title", "day"], of=OF, reason="")
    assert rows_of(answer)[1] == ["はじめての防災", "2026/12/05"]
    assert not AccessLog.objects.exists()


def test_sign_that_cp932_lacks_is_reported_and_nothing_leaves(client, officer, run):
    Application.objects.update(family_name="𠮷田")
    answer = take(client, "applications", ["phone", "full_name"], of=OF, form="cp932")
    page = answer.content.decode()
    assert "まだ出力していません" in page
    for shown in (">2</th>", ">氏名</td>", ">𠮷</td>"):
        assert shown in page
    assert not AccessLog.objects.exists()


def test_reported_signs_are_replaced_where_that_was_chosen(client, officer, run):
    Application.objects.update(family_name="𠮷田")
    answer = take(client, "applications", ["full_name"], of=OF, form="cp932", act="replace")
    assert rows_of(answer, "cp932") == [["氏名"], ["〓田 花子"]]
    assert AccessLog.objects.count() == 1


def test_reported_list_leaves_whole_as_utf8(client, officer, run):
    Application.objects.update(family_name="𠮷田")
    answer = take(client, "applications", ["full_name"], of=OF, form="cp932", act="utf8")
    assert rows_of(answer) == [["氏名"], ["𠮷田 花子"]]


@pytest.mark.parametrize("form", ["utf8", "cp932", "xlsx"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_list_opens_in_every_form(client, officer, run, now, may, kind, form):
    """With all columns that there are, and a row where the small city has one."""
    StaffProfileFactory(user__is_superuser=True)
    officer.is_superuser = True
    officer.save()
    VenueFactory(name="北館")
    RoomFactory(name="大会議室")
    InstructorFactory(staff_note="=1+1")
    MembershipFactory(group=GroupFactory(name="+防災の会"))
    _train(officer, run, now)
    of = {"run": run} if KINDS[kind].of_run else {}
    columns = names(kind, officer, now, **of)
    answer = take(client, kind, columns, form=form, of=OF if of else {})
    rows = rows_of(answer, form)
    headings = [
        one.heading
        for group in KINDS[kind].source(_scope(now, **of)).groups()
        for one in group.columns
        if one.name in columns
    ]
    assert rows[0] == headings
    assert {len(row) for row in rows} == {len(headings)}
    empty = {"waiting", "letters", "certificates", "surveys", "accesses"}
    assert (len(rows) > 1) is (kind not in empty)
    for row in rows:
        for cell in row:
            assert not str(cell or "").startswith(("=", "+", "-", "@", "\t", "\r"))


def _train(officer, run, now) -> None:
    """The officer takes one of the places for staff."""
    SeatPoolFactory(run=run, kind=PoolKind.STAFF, capacity=5)
    own = request_by(JIRO, staff_note="")
    apply_for_seat(run=run, request=own, by=officer, at=now, pool_kind=PoolKind.STAFF)


def _scope(now: datetime, **of):
    from courses.exchange.exports.source import Scope

    return Scope(at=now, **of)


def test_choice_is_kept_for_the_section_and_ticked_again(client, officer, run):
    data = {
        "columns": ["phone", "full_name"],
        "order_full_name": "1",
        "format": "xlsx",
        "act": "save",
        "save_as": "受付用",
    }
    answer = client.post(address("applications", **OF), data)
    saved = SavedExport.objects.get()
    assert (saved.name, saved.columns, saved.department) == (
        "受付用",
        ["full_name", "phone"],
        officer.staff_profile.department,
    )
    page = client.get(answer["Location"]).content.decode()
    assert 'value="full_name" checked' in page
    assert 'name="order_full_name" value="1"' in page
    assert 'value="email" checked' not in page


def test_same_name_again_replaces_and_another_sections_cannot_be_taken_out(
    client, officer, run
):
    data = {"columns": ["phone"], "format": "xlsx", "act": "save", "save_as": "受付用"}
    client.post(address("applications", **OF), data)
    client.post(address("applications", **OF), {**data, "columns": ["email"]})
    assert [one.columns for one in SavedExport.objects.all()] == [["email"]]
    client.force_login(_colleague_elsewhere(officer))
    client.post(
        "/manage/exports/applications/",
        {"act": "forget", "saved": SavedExport.objects.get().pk},
    )
    assert SavedExport.objects.count() == 1


def _colleague_elsewhere(officer):
    other = StaffProfileFactory().user
    other.groups.set(officer.groups.all())
    return other


@pytest.mark.parametrize(("pressed", "ticked"), [("all", True), ("none", False)])
def test_all_or_none_are_ticked_without_script(client, officer, run, pressed, ticked):
    answer = client.post(address("applications", **OF), {"act": pressed})
    assert ('value="email" checked' in answer.content.decode()) is ticked


def test_instructors_list_has_people(client, officer, run):
    InstructorFactory(family_name="林", given_name="一郎")
    officer.refresh_from_db()
    answer = take(client, "instructors", ["family_name", "given_name"])
    assert rows_of(answer)[1:] == [["林", "一郎"]]
    assert AccessLog.objects.get().people == Instructor.objects.count()
