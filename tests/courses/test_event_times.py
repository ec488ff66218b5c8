"""When a row takes place: timed with both times, else all day with words."""

import pytest

from courses.exchange.event_list.cleaning import Unreadable
from courses.exchange.event_list.times import when
from tests.courses.event_rows import tokyo


def told(**cells: str):
    """(start, end, all day, note) and the sentences."""
    notes: list[str] = []
    facts = when({"start_date": "2027-02-06"} | cells, notes.append)
    return (facts.starts_at, facts.ends_at, facts.is_all_day, facts.time_note), notes


def test_both_times_make_a_timed_session():
    facts, notes = told(end_date="2027-02-06", start_time="10:00", end_time="12:00")

    assert facts == (tokyo(2, 6, 10), tokyo(2, 6, 12), False, "")
    assert notes == []


def test_remarks_go_beside_the_time():
    facts, _notes = told(start_time="10:00", end_time="12:00", time_note="受付は9:45〜")

    assert facts[3] == "受付は9:45〜"


def test_missing_end_is_all_day_with_the_hour_in_words():
    assert told(start_time="18:00")[0] == (tokyo(2, 6), tokyo(2, 7), True, "18:00から")


def test_missing_times_are_said():
    assert told()[0] == (tokyo(2, 6), tokyo(2, 7), True, "時刻の記載はありません。")


def test_times_in_prose_stay_prose():
    facts, _notes = told(time_note="10時〜11時、\n14時〜15時\n開始日: 2027/2/6")

    assert facts == (tokyo(2, 6), tokyo(2, 7), True, "10時〜11時、 14時〜15時")


def test_end_until_midnight_is_the_next_day():
    assert told(start_time="22:00", end_time="24:00")[0][1] == tokyo(2, 7)


def test_period_is_one_all_day_session_with_its_hours():
    facts, _notes = told(end_date="2027-03-31", start_time="09:00", end_time="17:00")

    assert facts == (tokyo(2, 6), tokyo(4, 1), True, "9:00〜17:00")


def test_period_without_hours_needs_no_word():
    assert told(end_date="2027-02-08")[0] == (tokyo(2, 6), tokyo(2, 9), True, "")


def test_night_that_ends_before_it_began_is_timed():
    facts, _notes = told(end_date="2027-02-07", start_time="22:00", end_time="05:00")

    assert facts == (tokyo(2, 6, 22), tokyo(2, 7, 5), False, "")


def test_end_before_start_uses_the_start_and_says_so():
    facts, notes = told(end_date="2027-01-06", start_time="14:00", end_time="16:00")

    assert facts == (tokyo(2, 6, 14), tokyo(2, 6, 16), False, "")
    assert notes == [
        "終了日（2027-01-06）が開始日（2027-02-06）より前です。開始日だけを使いました。"
    ]


def test_unreadable_end_uses_the_start_and_says_so():
    facts, notes = told(end_date="未定", start_time="14:00", end_time="16:00")

    assert facts[1] == tokyo(2, 6, 16)
    assert notes == ["終了日「未定」を日付として読めません。開始日だけを使いました。"]


def test_end_time_before_start_time_is_left_out_and_said():
    facts, notes = told(start_time="14:00", end_time="13:00")

    assert facts == (tokyo(2, 6), tokyo(2, 7), True, "14:00から")
    assert notes == ["終了時刻が開始時刻より後ではありません。開始時刻だけを使いました。"]


def test_unreadable_time_is_said():
    facts, notes = told(start_time="朝から", end_time="12:00")

    assert facts == (tokyo(2, 6), tokyo(2, 7), True, "12:00まで")
    assert notes == ["「朝から」を時刻として読めません。時刻なしで取り込みました。"]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("", "開始日がありません。"),
        ("毎月第1土曜", "開始日「毎月第1土曜」を日付として読めません。"),
        ("0027-02-06", "開始日の年（27年）が正しくありません。"),
        ("9999-12-31", "開始日の年（9999年）が正しくありません。"),
    ],
)
def test_row_without_a_first_day_is_refused(cell, sentence):
    with pytest.raises(Unreadable, match=sentence):
        told(start_date=cell)


def test_long_note_is_cut_and_said():
    facts, notes = told(time_note="あ" * 400)

    assert len(facts[3]) == 300
    assert notes == ["「日時備考」が長いため、300文字で切りました。"]


@pytest.mark.parametrize("end", ["23:59", "24:00"])
def test_from_midnight_to_midnight_is_all_day_and_no_hour(end):
    facts, notes = told(start_time="0:00", end_time=end)
    assert (facts[2:], notes) == ((True, ""), [])


def test_open_ended_time_is_not_told_twice():
    facts, _notes = told(
        start_time="18:00", end_time="23:59", time_note="18:00から 雨天中止"
    )
    assert facts[2:] == (True, "18:00から 雨天中止")


def test_an_evening_until_midnight_stays_timed():
    assert told(start_time="20:00", end_time="23:59")[0][2] is False
