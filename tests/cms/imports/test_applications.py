"""Postcards typed in Excel become applications by the rules that hold at the counter."""

from datetime import date, datetime, timedelta

import pytest

from courses.domain.fiscal_year import TOKYO
from courses.enums import RowOutcome as Outcome
from enrollments.models import Application, Attendance, Notification, Participant
from tests.cms.imports.bringing import (
    address,
    apply,
    as_csv,
    as_workbook,
    chosen,
    outcomes,
    planned,
    reasons,
    undo,
)
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
HEADING = [
    "受付日時",
    "受付方法",
    "氏　名",
    "ﾌﾘｶﾞﾅ",
    "TEL",
    "〒",
    "住所",
    "生年月日",
    "備考",
]


def card(name, kana, phone="", **more):
    cells = {
        "received": "2026/11/20 9:00",
        "channel": "はがき",
        "postcode": "180-0001",
        "address": "北町1-2-3",
        "born": "S45.5.8",
        "note": "",
        **more,
    }
    return [
        cells["received"],
        cells["channel"],
        name,
        kana,
        phone,
        cells["postcode"],
        cells["address"],
        cells["born"],
        cells["note"],
    ]


HANA = card("山田　花子", "ﾔﾏﾀﾞ ﾊﾅｺ", "0422-60-1111")
TARO = card("鈴木 太郎", "すずき たろう", "9012345678")
JIRO = card("佐藤 次郎", "サトウ ジロウ", "0422-60-3333")


@pytest.fixture
def run(section):
    run = CourseRunFactory(course=CourseFactory(department=section))
    SeatPoolFactory(run=run, capacity=2)
    SessionFactory(run=run, number=1)
    return run


def brought(client, run, *rows, heading=HEADING, **more):
    return planned(client, "applications", as_csv(heading, *rows), run=run.pk, **more)


def test_cards_become_applications_in_order_of_receipt(client, officer, run):
    upload = brought(client, run, HANA, TARO, JIRO)
    assert (outcomes(upload), reasons(upload)) == (
        {2: Outcome.NEW, 3: Outcome.NEW, 4: Outcome.NEW},
        {},
    )
    assert Application.objects.count() == 0
    apply(client, upload)
    made = Application.objects.order_by("received_at", "tie")
    assert [(one.full_name, one.full_name_kana, one.state) for one in made] == [
        ("山田 花子", "ヤマダ ハナコ", "accepted"),
        ("鈴木 太郎", "スズキ タロウ", "accepted"),
        ("佐藤 次郎", "サトウ ジロウ", "waiting"),
    ]
    hana = made[0]
    assert (hana.receipt_number, hana.channel, hana.entered_by, hana.user) == (
        "261120-090000-001",
        "postcard",
        officer,
        None,
    )
    assert (hana.phone, hana.postal_code, hana.address) == (
        "0422-60-1111",
        "1800001",
        "北町1-2-3",
    )
    assert hana.participants.get().birth_date == date(1970, 5, 8)
    assert hana.received_at == datetime(2026, 11, 20, 9, tzinfo=TOKYO)


def test_plan_says_how_far_each_would_come_and_what_was_restored(client, officer, run):
    upload = brought(client, run, HANA, TARO, JIRO)
    rows = list(upload.rows.order_by("line"))
    assert [row.changes["状態"][1] for row in rows] == [
        "受講決定",
        "受講決定",
        "キャンセル待ち",
    ]
    assert rows[1].notes == ["電話番号のはじめの0を補いました（09012345678）。"]
    page = client.get(address(upload)).content.decode()
    assert "電話番号のはじめの0を補いました（09012345678）。" in page


def test_nobody_is_told_unless_asked(client, officer, run):
    apply(client, brought(client, run, HANA))
    assert Notification.objects.count() == 0
    apply(client, brought(client, run, TARO), tell="1")
    assert [one.application.family_name for one in Notification.objects.all()] == ["鈴木"]


def test_full_run_without_waiting_list_refuses_the_rest(client, officer, run):
    run.waiting_list = False
    run.save()
    upload = brought(client, run, HANA, TARO, JIRO)
    assert reasons(upload) == {4: "定員に達しました。キャンセル待ちも受け付けていません。"}
    apply(client, upload)
    assert Application.objects.count() == 2


def test_card_that_came_too_late_is_refused(client, officer, run):
    run.paper_deadline = date(2026, 11, 19)
    run.save()
    assert reasons(brought(client, run, HANA)) == {
        2: "はがきが必着の期限のあとに届いています。"
        "受け付けるときは、理由を書いてください。"
    }
    heading, row = [*HEADING, "特別に受け付ける理由"], [*HANA, "配達の遅れ"]
    apply(client, brought(client, run, row, heading=heading))
    made = Application.objects.get()
    assert made.transitions.order_by("pk").first().why == "配達の遅れ"


def test_same_person_twice_is_refused_with_the_other_line(client, officer, run):
    again = card("山田 花子", "ヤマダ ハナコ", "0422-60-1111", received="2026/11/20 9:30")
    upload = brought(client, run, HANA, again)
    assert reasons(upload) == {3: "2行目と、氏名の読みと連絡先が同じです。"}
    apply(client, upload)
    later = brought(client, run, again)
    number = Application.objects.get().receipt_number
    assert reasons(later) == {
        2: f"受付番号 {number} の申込みと、氏名の読みと連絡先が同じです。"
    }


def test_same_file_again_makes_nothing(client, officer, run):
    apply(client, brought(client, run, HANA, TARO))
    upload = brought(client, run, HANA, TARO)
    assert outcomes(upload) == {2: Outcome.UNCHANGED, 3: Outcome.UNCHANGED}
    waiting = chosen(client, "applications", as_csv(HEADING, HANA, TARO), run=run.pk)
    page = client.get(address(waiting)).content.decode()
    assert "同じ内容のファイルを、" in page


def test_sent_twice_the_plan_is_applied_once(client, officer, run):
    upload = brought(client, run, HANA)
    apply(client, upload)
    apply(client, upload)
    assert Application.objects.count() == 1


def test_name_without_a_space_is_refused_with_what_to_do(client, officer, run):
    upload = brought(client, run, card("山田花子", "ヤマダ ハナコ", "0422-60-1111"))
    assert reasons(upload) == {
        2: "氏名「山田花子」の氏と名の切れ目がわかりません。"
        "間に空白を一つ入れるか、氏と名を別の列にしてください。"
    }


def test_name_in_two_columns_needs_no_space(client, officer, run):
    upload = brought(
        client,
        run,
        ["山田", "花子", "ヤマダ", "ハナコ", "0422-60-1111"],
        heading=["姓", "名", "セイ", "メイ", "電話"],
    )
    apply(client, upload)
    assert Application.objects.get().full_name == "山田 花子"


def test_companions_come_with_their_readings(client, officer, run):
    run.max_participants = 3
    run.save()
    heading = [*HEADING, "同伴者"]
    upload = brought(
        client,
        run,
        [*HANA, "山田 一郎（ヤマダ イチロウ）"],
        [*TARO, "鈴木二郎"],
        heading=heading,
    )
    assert reasons(upload) == {
        3: "同伴者「鈴木二郎」を読めません。"
        "「山田 太郎（ヤマダ タロウ）」のように、氏名とフリガナを書いてください。"
    }
    apply(client, upload)
    people = Participant.objects.order_by("position")
    assert [one.full_name_kana for one in people] == ["ヤマダ ハナコ", "ヤマダ イチロウ"]


def test_receipt_number_leads_to_the_application_that_is_there(client, officer, run):
    apply(client, brought(client, run, HANA))
    made = Application.objects.get()
    heading = ["受付番号", "氏名", "電話"]
    upload = brought(
        client, run, [made.receipt_number, "山田 華子", "0422-60-1111"], heading=heading
    )
    row = upload.rows.get()
    assert (row.outcome, row.changes) == ("changed", {"名": ["花子", "華子"]})
    apply(client, upload)
    made.refresh_from_db()
    assert made.full_name == "山田 華子"
    assert made.corrections.count() == 1
    undo(client, upload)
    made.refresh_from_db()
    assert (upload.state, made.full_name) == ("undone", "山田 花子")


def test_unknown_receipt_number_is_refused(client, officer, run):
    upload = brought(
        client, run, ["261101-090000-001", "山田 花子"], heading=["受付番号", "氏名"]
    )
    assert reasons(upload) == {
        2: "受付番号「261101-090000-001」の申込みは、この開催にありません。"
    }


def test_undo_voids_what_was_made_and_moves_nobody_wrongly(client, officer, run):
    upload = brought(client, run, HANA, TARO, JIRO)
    apply(client, upload)
    undo(client, upload)
    assert upload.state == "undone", upload.blocked
    assert set(Application.objects.values_list("state", flat=True)) == {"void"}
    assert run.pools.get().seats_taken == 0
    assert Notification.objects.count() == 0
    again = brought(client, run, HANA)
    assert outcomes(again) == {2: Outcome.NEW}
    apply(client, again)
    assert Application.objects.filter(state="accepted").count() == 1


def test_undo_is_refused_once_somebody_came(client, officer, run):
    upload = brought(client, run, HANA, TARO)
    apply(client, upload)
    person = Participant.objects.get(family_name="山田")
    Attendance.objects.create(
        session=run.sessions.get(), participant=person, status="present", recorded_at=NOON
    )
    undo(client, upload)
    number = person.application.receipt_number
    assert upload.blocked == {"2": f"受付番号 {number}: 出席の記録があります。"}
    assert Application.objects.filter(state="void").count() == 0


def test_undo_is_refused_once_people_were_told(client, officer, run):
    upload = brought(client, run, HANA)
    apply(client, upload, tell="1")
    undo(client, upload)
    assert next(iter(upload.blocked.values())).endswith(
        "お知らせを書いたか、送っています。"
    )


def test_place_taken_meanwhile_is_seen_before_anything_is_done(client, officer, run):
    upload = brought(client, run, HANA, TARO)
    other = brought(client, run, JIRO)
    apply(client, other)
    answer = apply(client, upload)
    assert Application.objects.count() == 1
    assert "もう一度確かめてください" in answer.content.decode()
    assert [row.changes["状態"][1] for row in upload.rows.order_by("line")] == [
        "受講決定",
        "キャンセル待ち",
    ]


def test_workbook_is_read_below_its_title_without_totals(client, officer, run):
    content = as_workbook(
        ["令和8年度 講座 申込者一覧"],
        [],
        HEADING,
        [
            datetime(2026, 11, 20, 9),
            "葉書",
            "山田 花子",
            "ヤマダ ハナコ",
            9012345678,
            1800001,
            "北町",
            datetime(1970, 5, 8),
            None,
        ],
        HEADING,
        ["合計", "1名"],
    )
    upload = planned(client, "applications", content, name="名簿.xlsx", run=run.pk)
    assert (outcomes(upload), reasons(upload)) == ({4: Outcome.NEW}, {})
    assert (upload.reading["heading"], upload.passed_over) == (3, [5, 6])
    apply(client, upload)
    made = Application.objects.get()
    assert (made.phone, made.postal_code) == ("09012345678", "1800001")


def test_day_of_receipt_in_the_future_is_refused(client, officer, run):
    late = card("山田 花子", "ヤマダ ハナコ", "0422-60-1111", received="2026/11/22")
    assert reasons(brought(client, run, late)) == {
        2: "受付日時は、いまより前にしてください。"
    }


def test_other_section_may_not_bring_a_list_for_the_run(client, officer, run):
    other = CourseRunFactory()
    answer = client.post(
        "/manage/imports/new/applications/",
        {"form_key": "8f1c7a8e-24a5-4fc9-8f0c-1a2b3c4d5e6f", "run": other.pk},
    )
    assert answer.status_code == 422
    upload = brought(client, run, HANA)
    upload.department = other.course.department
    upload.save()
    assert client.get(address(upload)).status_code == 404


def test_age_goes_to_the_note_where_no_birthday_is_told(client, officer, run):
    upload = brought(
        client,
        run,
        ["山田 花子", "ヤマダ ハナコ", "0422-60-1111", "56歳", "車で来ます"],
        heading=["氏名", "フリガナ", "電話", "年齢", "備考"],
    )
    apply(client, upload)
    made = Application.objects.get()
    assert (made.staff_note, made.received_at) == ("車で来ます\n年齢 56歳", NOON)


def test_window_and_eligibility_hold(client, officer, run):
    run.applications_close_at = NOON - timedelta(days=3)
    run.save()
    assert reasons(brought(client, run, HANA)) == {
        2: "申込みの受付は終わりました。お困りのときは担当課へお電話ください。"
    }
