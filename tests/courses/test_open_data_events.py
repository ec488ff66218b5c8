"""What the event list says of a session, in each state that a session can have."""

from datetime import timedelta

import pytest

from courses.enums import (
    CapacityUnit,
    Delivery,
    PartnerRelation,
    RunState,
    SelectionMode,
    SessionState,
)
from courses.models import CoursePartner, Partner
from tests.courses.open_data_rows import hall, rows, section, sessions, table
from tests.courses.open_data_rules import EVENTS, faults_in_file
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    InstructorFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
KANA = "ボウサイニュウモン"


@pytest.fixture
def run():
    course = CourseFactory(
        slug="防災", title="防災入門", title_kana=KANA, summary="はじめの一歩。",
        department=section(),
    )  # fmt: skip
    made = CourseRunFactory(course=course, code="2026-0001", venue=hall())
    SeatPoolFactory(run=made, capacity=20)
    return made


def test_a_session_is_one_row_with_every_column(run):
    session = SessionFactory(
        run=run, number=1, room=RoomFactory(venue=run.venue, name="研修室")
    )

    (row,) = rows()

    assert row == {
        **dict.fromkeys(EVENTS.names, ""),
        "都道府県コード又は市区町村コード": "999997",
        "NO": f"{session.pk:010}",
        "都道府県名": "あおば県",
        "市区町村名": "みどり野市",
        "イベント名": "防災入門",
        "イベント名_カナ": KANA,
        "開始日": "2026-12-05",
        "終了日": "2026-12-05",
        "開始時間": "12:00",
        "終了時間": "14:00",
        "説明": "はじめの一歩。",
        "料金(基本)": "0",
        "連絡先名称": "市民活動推進課",
        "連絡先電話番号": "0420-60-1830",
        "連絡先内線番号": "2130",
        "主催者": "みどり野市",
        "場所名称": "東会館",
        "住所": "緑町1-1",
        "方書": "研修室",
        "定員": "20",
        "参加申込終了日": "2026-12-01",
        "参加申込終了時間": "12:00",
        "参加申込方法": "申込順\n受付開始：2026-11-11 12:00",
        "URL": "https://manabiba.example/courses/%E9%98%B2%E7%81%BD/",
    }
    assert faults_in_file(table(), EVENTS) == []


def test_several_sessions_are_numbered_rows_with_the_programme(run):
    for number, title in ((1, "知る"), (2, "備える")):
        SessionFactory(
            run=run, number=number, title=title, starts_at=NOON + timedelta(days=number)
        )

    first, second = rows()

    assert (first["イベント名"], second["イベント名"]) == (
        "防災入門 第1回（全2回）",
        "防災入門 第2回（全2回）",
    )
    assert first["説明"] == second["説明"] == "はじめの一歩。\n第1回：知る\n第2回：備える"


def test_a_cancelled_session_stays_and_says_so_first(run):
    SessionFactory(run=run, state=SessionState.CANCELLED, state_note="台風のため")

    (row,) = rows()

    assert row["開始日時特記事項"] == "【中止】台風のため"
    assert row["備考"].startswith("中止：台風のため")


def test_a_cancelled_run_cancels_every_row(run):
    SessionFactory.create_batch(2, run=run)
    run.state, run.state_note = RunState.CANCELLED, "少人数のため"
    run.save()

    assert [row["開始日時特記事項"] for row in rows()] == ["【中止】少人数のため"] * 2


def test_a_moved_session_names_its_former_time(run):
    SessionFactory(
        run=run, state=SessionState.MOVED, former_starts_at=NOON + timedelta(days=7)
    )
    assert rows()[0]["開始日時特記事項"] == "【日時変更】変更前は11月28日（土）12:00"


def test_a_session_held_elsewhere_names_its_former_place(run):
    SessionFactory(run=run, former_place="市民会館", time_note="開場は11時半")
    SessionFactory(run=run, former_place="市民会館", state=SessionState.CANCELLED)
    assert [row["開始日時特記事項"] for row in rows()] == [
        "【会場変更】変更前は市民会館 開場は11時半",
        "【中止】",
    ]


@pytest.mark.parametrize(
    ("note", "hours"),
    [
        ("", ("00:00", "23:59")),
        ("18:00から", ("18:00", "23:59")),
        ("25:00から", ("00:00", "23:59")),
    ],
)
def test_an_all_day_session_takes_up_its_days(run, note, hours):
    midnight = NOON.replace(hour=0) + timedelta(days=3)
    SessionFactory(
        run=run, is_all_day=True, starts_at=midnight, ends_at=midnight + timedelta(days=2),
        time_note=note,
    )  # fmt: skip

    (row,) = rows()

    assert (row["開始時間"], row["終了時間"]) == hours
    assert (row["開始日"], row["終了日"]) == ("2026-11-24", "2026-11-25")


def test_an_online_session_has_no_address_but_the_word(run):
    run.delivery = Delivery.ONLINE
    run.save()
    SessionFactory(run=run, online_url="https://zoom.example/secret")

    (row,) = rows()

    assert (row["場所名称"], row["住所"], row["緯度"]) == ("オンライン", "オンライン", "")
    assert b"zoom.example" not in table()


def test_a_window_until_midnight_ends_the_day_before(run):
    run.applications_close_at = NOON.replace(hour=0) + timedelta(days=2)
    run.save()
    SessionFactory(run=run)

    (row,) = rows()

    assert (row["参加申込終了日"], row["参加申込終了時間"]) == ("2026-11-22", "23:59")


def test_remarks_say_what_has_no_column(run):
    CoursePartner.objects.create(
        course=run.course, partner=Partner.objects.create(name="NPO緑"),
        relation=PartnerRelation.CO_ORGANISER,
    )  # fmt: skip
    for name, value in {
        "audience": "市内在住の方", "bring": "筆記用具", "label": "第1期",
        "note": "雨天決行",
        "capacity_unit": CapacityUnit.PARTIES, "has_childcare": True,
        "has_sign_language": True, "selection_mode": SelectionMode.OPEN,
    }.items():  # fmt: skip
        setattr(run, name, value)
    run.save()
    SessionFactory(run=run)

    (row,) = rows()

    assert row["備考"].split("\n") == [
        "対象：市内在住の方",
        "持ち物：筆記用具",
        "開催の呼び名：第1期",
        "定員：20組",
        "共催：NPO緑",
        "保育あり、手話通訳あり",
        "雨天決行",
    ]
    assert row["参加申込方法"].startswith("申込不要")


def test_only_instructors_who_agreed_and_were_approved_are_named(run, now):
    shown = InstructorFactory(
        family_name="朝倉", given_name="みのり", title="防災士",
        consents_to_publish=True, approved_at=now,
    )  # fmt: skip
    hidden = InstructorFactory(family_name="秘密", consents_to_publish=True)
    silent = InstructorFactory(family_name="内緒", approved_at=now)
    run.course.instructors.set([shown, hidden, silent])
    SessionFactory(run=run)

    assert "講師：朝倉 みのり（防災士）" in rows()[0]["説明"]
    assert "秘密" not in table().decode()
    assert "内緒" not in table().decode()


@pytest.mark.parametrize(
    "left_out",
    [
        lambda run: run.course.__class__.objects.update(published_at=None),
        lambda run: run.course.__class__.objects.update(withdrawn_at=NOON),
        lambda run: run.__class__.objects.update(state=RunState.PLANNED),
        lambda run: run.course.__class__.objects.update(title_kana=""),
        lambda run: run.venue.__class__.objects.update(address=""),
        lambda run: run.__class__.objects.update(venue=None),
    ],
    ids=["draft", "taken down", "planned", "no kana", "no address", "no venue"],
)
def test_what_is_not_public_or_not_complete_is_left_out(run, left_out):
    SessionFactory(run=run)
    assert len(rows()) == 1

    left_out(run)

    assert rows() == []


def test_last_fiscal_year_is_left_out(run):
    before = NOON.replace(month=3, day=31)
    SessionFactory(run=run, starts_at=before)
    SessionFactory(run=run, starts_at=before + timedelta(days=1))

    assert [row["開始日"] for row in rows()] == ["2026-04-01"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(run, number, django_assert_num_queries):
    for _ in range(number):
        other = CourseRunFactory(venue=hall(), course__department=section())
        room = RoomFactory(venue=other.venue)
        SessionFactory(run=other, room=room).instructors.add(InstructorFactory())
    with django_assert_num_queries(15):
        assert len(sessions()) == number
