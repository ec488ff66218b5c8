"""One row in the product's own words."""

from datetime import date

import pytest

from courses.enums import CapacityUnit, Delivery, RunState, SelectionMode
from courses.exchange.event_list.facts import occurrence
from courses.exchange.event_list.limits import limit_of
from courses.exchange.event_list.reading import read_rows
from courses.exchange.event_list.run_facts import (
    CAPACITY_UNKNOWN,
    FEE_UNKNOWN,
    HOW_UNKNOWN,
)
from tests.courses.event_rows import DATA, event, facts_of, sentences_about, tokyo


def from_file(name: str, number: int):
    rows = read_rows((DATA / name).read_bytes(), file=name)
    (row,) = [row for row in rows if getattr(row, "number", None) == number]
    found, problems = occurrence(row)
    assert found is not None
    assert problems == []
    return found


def test_row_of_the_second_shape_becomes_facts():
    found = from_file("recommended_cp932.csv", 2)
    run, place = found.run, found.place

    assert found.name.title == "市民活動フォーラム2027"
    assert found.title_kana == "シミンカツドウフォーラム"
    assert (found.session.starts_at, found.session.ends_at) == (
        tokyo(2, 6, 13, 30),
        tokyo(2, 6, 16),
    )
    assert place is not None
    assert (place.venue, place.room, place.address) == (
        "市民会館",
        "大ホール",
        "みどり県みどり野市緑町1-2-3",
    )
    assert (run.fiscal_year, run.selection_mode) == (2026, SelectionMode.LOTTERY_IF_OVER)
    assert (run.capacity, run.capacity_unit, run.capacity_note) == (
        200,
        CapacityUnit.PERSONS,
        "",
    )
    assert (run.fee, run.fee_note) == (500, "資料代")
    assert run.how_to_apply == (
        "電話か電子申請（超えた場合抽選）\n申込期限　2027年1月31日（日）17:00"
    )
    assert (run.audience, run.bring) == ("市内在住・在勤・在学", "筆記用具")
    assert run.note == "主催　みどり野市"
    assert run.contact_phone == "0420-60-1830 内線123"
    assert run.source_url == "https://www.city.example/forum"


def test_row_without_application_says_so():
    run = from_file("recommended_cp932.csv", 3).run

    assert run.selection_mode == SelectionMode.OPEN
    assert (run.fee, run.fee_note) == (1000, "大人1,000円、子ども無料")
    assert run.capacity_note == "20名（申込順）"


def test_what_is_not_said_is_said_to_be_unknown():
    found = facts_of(fee="", how_to_apply="", capacity="")

    assert found.run.fee_note == FEE_UNKNOWN
    assert found.run.how_to_apply == HOW_UNKNOWN
    assert found.run.capacity_note == CAPACITY_UNKNOWN
    assert found.unsaid == ("決め方（申込順としました）", "費用", "会場")


def test_deadline_that_the_text_names_is_not_repeated():
    text = "電話で（申込順）。締切1月12日（火）必着"
    told = facts_of(how_to_apply=text, deadline_date="2027-01-12")
    other = facts_of(how_to_apply=text, deadline_date="2027-01-02")

    assert told.run.how_to_apply == text
    assert other.run.how_to_apply == f"{text}\n申込期限　2027年1月2日（土）"
    assert told.deadline == date(2027, 1, 12)


def test_deadline_of_an_event_without_application_is_left_out():
    found = facts_of(how_to_apply="当日、直接会場へ", deadline_date="2027-02-06")

    assert found.run.how_to_apply == "当日、直接会場へ"


def test_deadline_is_read_from_the_echo_where_its_column_is_empty():
    found = facts_of(how_to_apply="電話で\n申込期限日: 46424")

    assert found.deadline == date(2027, 2, 6)
    assert found.run.how_to_apply == "電話で\n申込期限　2027年2月6日（土）"


def test_unreadable_deadline_is_said():
    assert sentences_about(deadline_date="前日まで") == [
        "申込期限日「前日まで」を日付として読めません。"
    ]


def test_state_is_taken_from_its_column_or_the_name():
    assert facts_of(status="中止").run.state == RunState.CANCELLED
    assert facts_of(name="【延期】防災入門").run.state == RunState.POSTPONED
    assert facts_of(status="受付中").run.state == RunState.ANNOUNCED
    assert facts_of(name="【10月開催中止】学級").run.state == RunState.ANNOUNCED


def test_labelled_remarks_go_to_their_fields():
    run = facts_of(remarks="対象:\n女子中学生\n持ち物：水着、タオル\n雨天決行").run

    assert (run.audience, run.bring, run.note) == ("女子中学生", "水着、タオル", "雨天決行")


def test_audience_column_wins():
    assert (
        facts_of(audience="市内在住", remarks="対象：どなたでも").run.audience == "市内在住"
    )


def test_organisers_and_languages_are_kept_in_the_remarks():
    run = facts_of(organiser="教育委員会", co_organiser="市民の会", languages="英語").run

    assert run.note == "主催　教育委員会\n共催　市民の会\n外国語対応　英語"


def test_online_row_has_no_venue():
    found = facts_of(meeting_place="オンライン")

    assert (found.run.delivery, found.session.venue) == (Delivery.ONLINE, "")


def test_unsafe_addresses_are_dropped_and_said():
    found, problems = occurrence(
        event(url="javascript:alert(1)", contact_email="not-mail", meeting_place="会館")
    )

    assert found is not None
    assert (found.run.source_url, found.run.contact_email) == ("", "")
    assert [problem.text for problem in problems] == [
        "メールアドレス「not-mail」が正しくありません。",
        "URL「javascript:alert(1)」が正しくありません。",
    ]


def test_long_cells_are_cut_to_their_columns_and_said():
    long = {
        "name": "あ" * 500,
        "venue": "い" * 500,
        "audience": "う" * 500,
        "capacity": "え" * 500,
        "fee_note": "お" * 500,
        "contact_name": "か" * 500,
        "contact_phone": "き" * 500,
    }
    found, problems = occurrence(event(**long))

    assert found is not None
    assert len(found.name.title) == limit_of("title")
    assert len(found.session.venue) == limit_of("venue")
    assert len(found.run.audience) == limit_of("audience")
    assert len(found.run.capacity_note) == limit_of("capacity_note")
    assert len(found.run.fee_note) == limit_of("fee_note")
    assert len(found.run.contact_name) == limit_of("contact_name")
    assert len(found.run.contact_phone) == limit_of("contact_phone")
    assert len(problems) == len(long)
    assert all("長いため" in problem.text for problem in problems)


def test_control_characters_are_dropped():
    found = facts_of(name="防災\x00入門", description="一\x0b二")

    assert (found.name.title, found.description) == ("防災入門", "一二")


def test_row_that_is_no_event_is_rejected_with_its_number():
    found, (problem,) = occurrence(event(7, name="#NAME?"))

    assert found is None
    assert (problem.row, problem.rejected) == (7, True)
    assert problem.text == "名称が「#NAME?」になっています。元の表の数式を直してください。"
    assert sentences_about(name=" ") == ["名称がありません。"]
    assert sentences_about(start_date="") == ["開始日がありません。"]


def test_own_list_tells_the_label_and_the_number_of_a_date():
    found = facts_of(
        name="防災入門 第2回（全3回）", remarks="開催の呼び名：第1期\n雨天決行"
    )

    assert (found.name.title, found.name.label, found.name.times) == (
        "防災入門",
        "第1期",
        3,
    )
    assert found.run.note == "雨天決行"


def test_called_off_is_read_from_the_remark_on_time():
    assert facts_of(time_note="【中止】台風のため").run.state == RunState.CANCELLED
    assert facts_of(time_note="雨天中止").run.state == RunState.ANNOUNCED


@pytest.mark.parametrize(
    ("building", "venue", "room", "address"),
    [
        ("研修室2", "市民センター みどり", "研修室2", "緑町1-1"),
        ("第1スタジオ", "市民センター みどり", "第1スタジオ", "緑町1-1"),
        ("駅前ビル3階", "市民センター", "みどり", "緑町1-1 駅前ビル3階"),
    ],
)
def test_a_room_behind_the_address_is_the_room(building, venue, room, address):
    place = facts_of(
        venue="市民センター みどり", address="緑町1-1", building=building
    ).place
    assert place is not None
    assert (place.venue, place.room, place.address) == (venue, room, address)
