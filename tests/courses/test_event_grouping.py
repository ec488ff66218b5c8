"""Which rows are one course and which of them one run (docs/adr/0007)."""

import pytest

from courses.enums import CourseKind
from courses.exchange.event_list.planning import understand
from courses.exchange.event_list.reading import read_rows
from tests.courses.event_rows import DATA, courses_of, event, events, shape

WEEKLY = ("2027-02-06", "2027-02-13", "2027-02-20")
MONTHLY = ("2027-02-06", "2027-03-06", "2027-04-03")


def test_same_name_and_contact_are_one_course():
    (course,) = courses_of(event(2), event(3, name="防災　入門", start_date="2027-03-06"))

    assert course.facts.title == "防災入門"


def test_another_contact_is_another_course():
    first, second = courses_of(event(2), event(3, contact_name="公民館"))

    assert first.facts.key != second.facts.key


def test_missing_contact_joins_the_only_one_there_is():
    assert (
        len(courses_of(event(2), event(3, contact_name="", start_date="2027-03-06"))) == 1
    )


def test_missing_contact_stays_alone_among_several():
    rows = (event(2), event(3, contact_name="公民館"), event(4, contact_name=""))

    assert len(courses_of(*rows)) == 3


def test_another_city_is_another_course():
    assert len(courses_of(event(2), event(3, municipality="999999"))) == 2


def test_organiser_stands_in_for_the_contact():
    rows = [
        event(number, contact_name="", organiser=who)
        for number, who in ((2, "市民の会"), (3, "国際交流協会"))
    ]
    assert len(courses_of(*rows)) == 2


def test_weekly_course_is_one_run():
    (course,) = courses_of(*events(*WEEKLY, name="初級卓球教室"))

    assert shape(course) == [3]


def test_monthly_course_is_several_runs():
    (course,) = courses_of(*events(*MONTHLY, name="離乳食教室"))

    assert shape(course) == [1, 1, 1]
    assert [run.facts.label for run in course.runs] == [
        "2月6日（土）",
        "3月6日（土）",
        "4月3日（土）",
    ]


def test_one_deadline_for_all_makes_one_run():
    rows = events(*MONTHLY, name="音楽入門", deadline_date="2027-01-20")

    assert shape(courses_of(*rows)[0]) == [3]


def test_deadline_after_the_first_day_does_not():
    rows = events(*MONTHLY, name="音楽入門", deadline_date="2027-03-20")

    assert shape(courses_of(*rows)[0]) == [1, 1, 1]


@pytest.mark.parametrize(
    "words",
    [
        "全3回の講座です。",
        "第1回:知る\n第2回:つくる",
        "連続講座",
        "2回で1コースとなります。",
        "初回は説明。2回目以降は実習。",
        "全回出席できる方",
        "終了後に修了証をお渡しします。",
        "3日間連続です。",
    ],
)
def test_words_of_a_series_make_one_run(words):
    assert shape(courses_of(*events(*MONTHLY, description=words))[0]) == [3]


@pytest.mark.parametrize(
    "words",
    [
        "1人1回のみの参加です。",
        "希望日を必ず記入してください。",
        "ご希望の日程（会場）をお知らせください。",
        "希望のコースを書いてください。",
        "どちらか選んでご参加ください。",
        "各会場とも内容は同一。",
        "4回とも同じ内容です。全4回",
        "完全入替制",
    ],
)
def test_words_of_choosing_come_first(words):
    rows = events(*WEEKLY, name="初級教室", how_to_apply=f"{words}（申込順）")

    assert shape(courses_of(*rows)[0]) == [1, 1, 1]


@pytest.mark.parametrize("words", ["各回とも前日までに予約", "各20名", "各日先着順"])
def test_each_date_by_itself_is_a_run(words):
    rows = events(*WEEKLY, name="初級教室", how_to_apply=words)

    assert shape(courses_of(*rows)[0]) == [1, 1, 1]


def test_series_comes_before_each():
    words = "第1回 知る\n第2回 つくる\n各回のみの参加も可能です。"

    assert shape(courses_of(*events(*WEEKLY[:2], description=words))[0]) == [2]


def test_consultation_is_never_a_series():
    rows = events(*WEEKLY, name="健康相談教室", deadline_date="2027-01-20")

    assert shape(courses_of(*rows)[0]) == [1, 1, 1]


def test_several_times_on_one_day_are_several_runs():
    rows = [
        event(2, name="親子教室"),
        event(3, name="親子教室", start_time="13:00", end_time="15:00"),
    ]
    (course,) = courses_of(*rows)

    assert [run.facts.label for run in course.runs] == [
        "2月6日（土）10:00",
        "2月6日（土）13:00",
    ]


def test_hour_of_beginning_tells_dates_without_end_apart():
    rows = [
        event(2, name="説明会", end_time=""),
        event(3, name="説明会", start_time="11:40", end_time=""),
    ]
    (course,) = courses_of(*rows)

    assert [run.facts.label for run in course.runs] == [
        "2月6日（土）10:00から",
        "2月6日（土）11:40から",
    ]


def test_different_venues_are_repeats():
    rows = [
        event(2, name="体操教室", venue="東会館"),
        event(3, name="体操教室", venue="西会館", start_date="2027-02-13"),
    ]
    assert shape(courses_of(*rows)[0]) == [1, 1]


@pytest.mark.parametrize(
    "other", [{"fee": "500"}, {"capacity": "10"}, {"how_to_apply": "窓口で（申込順）"}]
)
def test_other_terms_are_another_run(other):
    rows = [
        event(2, name="卓球教室"),
        event(3, name="卓球教室", start_date="2027-02-13", **other),
    ]
    assert shape(courses_of(*rows)[0]) == [1, 1]


def test_another_term_is_another_run():
    rows = [
        event(2, name="卓球教室 第1期"),
        event(3, name="卓球教室 第2期", start_date="2027-02-13"),
    ]
    (course,) = courses_of(*rows)

    assert [run.facts.label for run in course.runs] == ["第1期", "第2期"]


def test_dates_without_application_are_one_run_wherever_they_are():
    rows = [
        event(2, how_to_apply="申込不要", venue="東会館"),
        event(3, how_to_apply="申込不要です", venue="西会館", start_date="2027-03-06"),
    ]
    assert shape(courses_of(*rows)[0]) == [2]


def test_long_break_divides_runs():
    rows = events("2026-05-10", "2026-05-17", "2027-02-06", name="卓球教室")

    assert shape(courses_of(*rows)[0]) == [2, 1]


def test_sessions_stand_in_order_of_time():
    (course,) = courses_of(*events("2027-02-20", "2027-02-06", name="卓球教室"))
    (run,) = course.runs

    assert [session.facts.starts_at.day for session in run.sessions] == [6, 20]
    assert run.facts.fiscal_year == 2026


def test_repeated_row_is_rejected_with_the_first():
    lists = understand([event(2), event(5)])
    (problem,) = [problem for problem in lists.problems if problem.rejected]

    assert (problem.row, problem.text) == (5, "2行目と同じ催し・日時・場所です。")
    assert shape(lists.courses[0]) == [1]


def test_numbered_lines_title_the_sessions_and_leave_the_text():
    words = "春を楽しみます。\n第1回:もち\n【第2回】ゆき\n第3回　くり"
    (course,) = courses_of(*events(*WEEKLY, description=words))
    (run,) = course.runs

    assert [session.facts.title for session in run.sessions] == ["もち", "ゆき", "くり"]
    assert course.facts.summary == "春を楽しみます。"
    assert course.facts.body == ()


def test_numbered_lines_that_do_not_match_the_dates_stay_text():
    words = "第1回:もち\n第2回:ゆき\n第3回:くり\n第4回:やま"
    (course,) = courses_of(*events(*WEEKLY, description=words))

    assert [s.facts.title for s in course.runs[0].sessions] == ["", "", ""]
    assert course.facts.summary == ""
    assert course.facts.body == (("", words),)


def test_short_texts_of_the_dates_become_titles():
    rows = [
        event(2, name="健康塾", description="口腔講座"),
        event(3, name="健康塾", description="体操", start_date="2027-02-13"),
    ]
    (course,) = courses_of(*rows)

    assert [s.facts.title for s in course.runs[0].sessions] == ["口腔講座", "体操"]
    assert (course.facts.summary, course.facts.body) == ("", ())


def test_long_texts_of_the_dates_stand_under_their_dates():
    one, two = "共通の文。" + "一" * 80, "共通の文。" + "二" * 80
    rows = [
        event(2, name="健康塾", description=one),
        event(3, name="健康塾", description=two, start_date="2027-02-13"),
    ]
    (course,) = courses_of(*rows)

    assert course.facts.summary == "共通の文。"
    assert course.facts.body == (
        ("2027年2月6日（土）", "一" * 80),
        ("2027年2月13日（土）", "二" * 80),
    )


def test_fewer_rows_than_the_name_says_are_reported():
    lists = understand(events(*WEEKLY, name="創業スクール(全5回)"))
    (course,) = lists.courses

    assert course.facts.title == "創業スクール"
    assert course.facts.body == (("", "全5回の催しです。"),)
    assert "名称に「全5回」とありますが、一覧にあるのは3回分です。" in [
        problem.text for problem in lists.problems
    ]


def test_what_the_rows_do_not_say_is_reported_once_a_course():
    lists = understand(events(*WEEKLY, fee="", how_to_apply="電話で", venue="会館"))

    assert [(problem.row, problem.text) for problem in lists.problems] == [
        (2, "記載のないもの: 決め方（申込順としました）、費用")
    ]


def test_small_file_is_grouped_as_an_officer_would():
    rows = read_rows((DATA / "base_registry.csv").read_bytes(), file="b.csv")
    lists = understand(rows)

    assert [(course.facts.title, shape(course)) for course in lists.courses] == [
        ("ふたごのつどい", [2]),
        ("親と子の教室", [2]),
        ("土曜学校「ピタゴラスクラブ」", [1, 1]),
        ("小さなおともだち集まれ！「親と子の広場」", [2]),
        ("市民大学「漱石を読む」", [1]),
        ("版画の企画展", [1]),
        ("夜の映画会", [1]),
        ('=HYPERLINK（"http://evil.example","クリック"）', [1]),
    ]
    assert lists.courses[0].facts.kind == CourseKind.EXCHANGE
    assert [(p.row, p.text) for p in lists.problems if p.rejected] == [
        (11, "開始日がありません。"),
        (12, "名称が「#NAME?」になっています。元の表の数式を直してください。"),
        (15, "2行目と同じ催し・日時・場所です。"),
    ]
