"""The copy for the city bulletin: its labels, its order, its words."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from courses.domain.bulletin import for_staff, month_after, month_words, runs_of_month
from courses.domain.fiscal_year import TOKYO
from courses.enums import BulletinGroup, BulletinMonth
from courses.exchange.bulletin.entry import entry_of
from courses.exchange.bulletin.manuscript import as_file, manuscript
from courses.models import CourseRun
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    DepartmentFactory,
    InstructorFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    ThemeFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
DECEMBER = date(2026, 12, 1)
SITE = "https://manabiba.example.jp"


def _at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026 if month > 3 else 2027, month, day, hour, minute, tzinfo=TOKYO)


def _run(*days: tuple[int, int], titles: tuple[str, ...] = (), **facts) -> CourseRun:
    """A course of the civic section that meets on these days from ten to twelve."""
    department = DepartmentFactory(name="市民活動推進課", phone="0420-60-1830")
    course = facts.pop("course", None) or CourseFactory(
        title="はじめての会計", summary="お金の流れがわかります。", department=department
    )
    pools = facts.pop("pools", {"general": 20})
    run = CourseRunFactory(
        code="2026-0007",
        course=course,
        **{
            "applications_open_at": _at(11, 1, 9),
            "applications_close_at": _at(12, 1, 0),
            **facts,
        },
    )
    for kind, capacity in pools.items():
        SeatPoolFactory(run=run, kind=kind, capacity=capacity)
    for number, (month, day) in enumerate(days, start=1):
        SessionFactory(
            run=run,
            number=number,
            title=titles[number - 1] if titles else "",
            starts_at=_at(month, day),
            ends_at=_at(month, day, 12),
        )
    return run


def _entry(run: CourseRun) -> dict[str, str]:
    loaded = runs_of_month(DECEMBER, by=BulletinMonth.SESSIONS).get(pk=run.pk)
    return dict(entry_of(loaded, site=SITE).lines)


def test_entry_is_written_as_the_bulletin_prints_it():
    venue = VenueFactory(name="市民会館")
    run = _run(
        (12, 5),
        (12, 12),
        venue=venue,
        audience="市内在住・在勤・在学の方",
        bring="筆記用具",
        has_childcare=True,
        childcare_note="1歳から就学前まで、5名",
        has_sign_language=True,
        note="駐車場はありません。",
    )
    run.course.instructors.add(
        InstructorFactory(
            title="税理士", consents_to_publish=True, approved_at=NOON - timedelta(days=1)
        ),
        InstructorFactory(given_name="秘密"),
    )
    loaded = runs_of_month(DECEMBER, by=BulletinMonth.SESSIONS).get()

    assert entry_of(loaded, site=SITE).text() == (
        "■はじめての会計\n"
        "日時　12月5日・12日（土）10:00〜12:00（全2回）\n"
        "場所　市民会館\n"
        "対象　市内在住・在勤・在学の方\n"
        "定員　20名（申込順）\n"
        "内容　お金の流れがわかります。\n"
        "講師　鈴木 一郎（税理士）\n"
        "費用　無料\n"
        "持ち物　筆記用具\n"
        "そのほか　保育あり（1歳から就学前まで、5名）、手話通訳あり\n"
        "　　駐車場はありません。\n"
        "申し込み・問い合わせ　11月1日9:00から11月30日までに、"
        "https://manabiba.example.jp/apply/2026-0007/\n"
        "　　市民活動推進課 電話0420-60-1830"
    )


@pytest.mark.parametrize(
    ("mode", "capacity", "words"),
    [
        ("first_come", 20, "20名（申込順）"),
        ("lottery_if_over", 200, "200名（超えた場合抽選）"),
        ("lottery", 15, "15名（抽選）"),
        ("screening", 10, "10名（超えた場合選考）"),
        ("open", 100, "100名"),
    ],
)
def test_places_say_how_they_are_given(mode, capacity, words):
    run = _run((12, 5), selection_mode=mode, pools={"general": capacity})

    assert _entry(run)["定員"] == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"capacity_unit": "parties", "pools": {"general": 5}}, "5組（申込順）"),
        ({"capacity_note": "親子12〜20組"}, "親子12〜20組（申込順）"),
        (
            {"capacity_note": "24名（超えた場合選考）", "selection_mode": "screening"},
            "24名（超えた場合選考）",
        ),
        ({"pools": {"citizens": 20, "staff": 10}}, "市民20名、職員10名（申込順）"),
    ],
)
def test_places_are_counted_as_the_officer_counts_them(facts, words):
    assert _entry(_run((12, 5), **facts))["定員"] == words


def test_places_without_a_number_are_left_out():
    assert "定員" not in _entry(_run((12, 5), pools={"general": None}))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"selection_mode": "lottery", "applications_open_at": None},
            "11月30日（必着）までに、https://manabiba.example.jp/apply/2026-0007/",
        ),
        (
            {"applications_close_at": _at(12, 1, 17)},
            "11月1日9:00から12月1日17:00までに、"
            "https://manabiba.example.jp/apply/2026-0007/",
        ),
        ({"selection_mode": "open"}, "当日直接会場へ"),
        ({"selection_mode": "open", "delivery": "online"}, "申し込み不要"),
        (
            {"applications_close_at": None, "how_to_apply": "はがきで市民活動推進課へ。"},
            "はがきで市民活動推進課へ。",
        ),
    ],
)
def test_how_to_apply_is_said_in_the_bulletins_words(facts, words):
    said = _entry(_run((12, 5), **facts))["申し込み・問い合わせ"]

    assert said == f"{words}\n市民活動推進課 電話0420-60-1830"


@pytest.mark.parametrize(
    ("days", "titles", "words"),
    [
        ([(12, 5)], (), "12月5日（土）10:00〜12:00"),
        (
            [(12, 5), (12, 19), (1, 9)],
            (),
            "12月5日・19日、1月9日（土）10:00〜12:00（全3回）",
        ),
        (
            [(12, 5), (12, 8)],
            (),
            "第1回 12月5日（土）10:00〜12:00\n第2回 12月8日（火）10:00〜12:00\n（全2回）",
        ),
        (
            [(12, 5), (12, 12)],
            ("帳簿", "決算"),
            "第1回 12月5日（土）10:00〜12:00「帳簿」\n"
            "第2回 12月12日（土）10:00〜12:00「決算」\n（全2回）",
        ),
    ],
)
def test_dates_are_drawn_together_where_they_are_alike(days, titles, words):
    assert _entry(_run(*days, titles=titles))["日時"] == words


def test_session_that_was_called_off_is_not_printed():
    run = _run((12, 5), (12, 12))
    run.sessions.filter(number=2).update(state="cancelled")

    assert _entry(run)["日時"] == "12月5日（土）10:00〜12:00"


def test_all_day_session_has_no_time():
    run = _run((12, 5))
    midnight = _at(12, 5, 0)
    run.sessions.update(
        is_all_day=True, starts_at=midnight, ends_at=midnight + timedelta(days=2)
    )

    assert _entry(run)["日時"] == "12月5日（土）〜12月6日（日）"


def test_several_places_name_their_sessions():
    run = _run((12, 5), (12, 12), (12, 19), venue=VenueFactory(name="市民会館"))
    room = RoomFactory(venue=VenueFactory(name="図書館"), name="集会室")
    run.sessions.filter(number=2).update(room=room)

    assert _entry(run)["場所"] == "市民会館（第1・3回）、図書館 集会室（第2回）"


@pytest.mark.parametrize(
    ("delivery", "words"),
    [("online", "オンライン"), ("hybrid", "市民会館、オンライン")],
)
def test_place_says_online(delivery, words):
    run = _run((12, 5), delivery=delivery, venue=VenueFactory(name="市民会館"))

    assert _entry(run)["場所"] == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "無料"),
        ({"fee": 1500}, "1,500円"),
        ({"fee": 500, "fee_note": "教材費"}, "500円（教材費）"),
        ({"fee_note": "飲み物代は各自"}, "飲み物代は各自"),
    ],
)
def test_fee_is_said_in_words(facts, words):
    assert _entry(_run((12, 5), **facts))["費用"] == words


def test_copy_is_japanese_for_readers_in_english():
    run = _run((12, 5))
    with translation.override("en"):
        assert _entry(run)["定員"] == "20名（申込順）"


def test_month_is_that_of_the_first_session_or_of_the_applications():
    december = _run((11, 28), (12, 5))
    january = CourseRunFactory(applications_open_at=_at(12, 1, 0))
    SessionFactory(run=january, number=1, starts_at=_at(1, 9), ends_at=_at(1, 9, 12))
    without = CourseRunFactory(selection_mode="open", applications_open_at=None)
    SessionFactory(run=without, number=1, starts_at=_at(12, 31), ends_at=_at(12, 31, 12))
    cancelled = CourseRunFactory(state="cancelled")
    SessionFactory(run=cancelled, number=1, starts_at=_at(12, 6), ends_at=_at(12, 6, 12))

    def chosen(month: date, by: BulletinMonth) -> list[CourseRun]:
        return list(runs_of_month(month, by=by))

    assert chosen(date(2026, 11, 1), BulletinMonth.SESSIONS) == [december]
    assert chosen(DECEMBER, BulletinMonth.SESSIONS) == [without]
    assert chosen(DECEMBER, BulletinMonth.APPLICATIONS) == [without, january]
    assert chosen(date(2026, 11, 1), BulletinMonth.APPLICATIONS) == [december]


def test_staff_see_public_courses_and_the_drafts_of_their_section():
    own, other = DepartmentFactory(), DepartmentFactory()
    runs = {}
    for name, department, public in (
        ("public", other, True),
        ("draft", other, False),
        ("own draft", own, False),
        ("co-hosted draft", other, False),
    ):
        course = CourseFactory(department=department, published_at=NOON if public else None)
        runs[name] = CourseRunFactory(course=course)
        SessionFactory(run=runs[name], number=1, starts_at=_at(12, 5), ends_at=_at(12, 6))
    runs["co-hosted draft"].course.co_hosts.add(own)

    found = set(for_staff(runs_of_month(DECEMBER, by=BulletinMonth.SESSIONS), own))
    assert found == {runs["public"], runs["own draft"], runs["co-hosted draft"]}


@pytest.mark.parametrize(
    ("group", "headings"),
    [
        (BulletinGroup.SECTION, ["●市民活動推進課", "●防災課"]),
        (BulletinGroup.THEME, ["●お金", "●そのほか"]),
    ],
)
def test_manuscript_is_grouped_and_dated(group, headings):
    first = _run((12, 5))
    first.course.themes.add(ThemeFactory(name="お金"))
    civic = first.course.department
    civic.sort_order = 1
    civic.save()
    other = CourseRunFactory(
        course=CourseFactory(department=DepartmentFactory(name="防災課", sort_order=2))
    )
    SessionFactory(run=other, number=1, starts_at=_at(12, 1), ends_at=_at(12, 1, 12))
    text = manuscript(
        runs_of_month(DECEMBER, by=BulletinMonth.SESSIONS),
        month=DECEMBER,
        group=group,
        site=SITE,
    )

    assert text.startswith("広報原稿　令和8年12月\n\n●")
    assert [line for line in text.splitlines() if line.startswith("●")] == headings


def test_file_opens_on_an_office_computer():
    assert as_file("広報\n原稿\n") == b"\xef\xbb\xbf" + "広報\r\n原稿\r\n".encode()


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (date(2026, 12, 1), "令和8年12月"),
        (date(2019, 5, 1), "令和元年5月"),
        (date(2019, 4, 1), "平成31年4月"),
    ],
)
def test_month_is_dated_by_era(month, words):
    assert month_words(month) == words


@pytest.mark.parametrize(
    ("month", "following"),
    [
        (date(2026, 11, 21), date(2026, 12, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_month_after(month, following):
    assert month_after(month) == following


def test_queries_do_not_grow_with_the_runs(django_assert_num_queries):
    counts = []
    for number in (1, 2):
        for _each in range(number):
            run = CourseRunFactory()
            run.course.instructors.add(
                InstructorFactory(consents_to_publish=True, approved_at=NOON)
            )
            SeatPoolFactory(run=run)
            SessionFactory(run=run, number=1, starts_at=_at(12, 5), ends_at=_at(12, 6))
        with django_assert_num_queries(9) as seen:
            runs = runs_of_month(DECEMBER, by=BulletinMonth.SESSIONS)
            manuscript(runs, month=DECEMBER, group=BulletinGroup.THEME, site=SITE)
        counts.append(len(seen))

    assert counts == [9, 9]
