"""Facets: any of one facet's values, all facets together, days inclusive in Tokyo."""

from datetime import date, timedelta

import pytest

from courses.domain.catalogue import (
    CatalogueFilter,
    current,
    with_descendants,
)
from courses.domain.ordering import joinable_first
from courses.domain.queries import main_run, next_session, with_facts
from courses.models import Course, CourseRun, Session, Stage, Theme
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def make_course(title: str, *, on=NOON + 14 * DAY, places=2, session=None, **run) -> Course:
    """One run with one session and a pool of places."""
    course = CourseFactory(title=title, slug=title)
    offered = CourseRunFactory(course=course, **run)
    SeatPoolFactory(run=offered, capacity=places)
    SessionFactory(run=offered, starts_at=on, **(session or {}))
    return course


def found(**facets) -> set[str]:
    chosen = CatalogueFilter(**facets).courses(Course.objects.all(), at=NOON)
    return set(chosen.values_list("title", flat=True))


def test_nothing_chosen_finds_everything():
    make_course("防災")
    CourseFactory(title="日程のない講座")

    assert found() == {"防災", "日程のない講座"}


def test_stages_widen_and_a_course_with_both_comes_once():
    growth, practice = (Stage.objects.get(key=key) for key in ("growth", "practice"))
    make_course("両方").stages.add(growth, practice)
    make_course("成長").stages.add(growth)
    make_course("なし")

    assert found(stages=("growth",)) == {"両方", "成長"}
    both = CatalogueFilter(stages=("growth", "practice"))
    titles = both.courses(Course.objects.all(), at=NOON).values_list("title", flat=True)
    assert sorted(titles) == ["両方", "成長"]


def test_theme_finds_what_lies_below_it_at_any_depth():
    disaster = Theme.objects.get(key="disaster")
    shelter = ThemeFactory(key="shelter", parent=disaster)
    make_course("避難所").themes.add(shelter)
    make_course("防災").themes.add(disaster)
    make_course("会計").themes.add(Theme.objects.get(key="accounting"))

    assert found(themes=with_descendants(["local-issues"])) == {"避難所", "防災"}
    assert found(themes=with_descendants(["shelter"])) == {"避難所"}
    assert found(themes=with_descendants(["shelter", "accounting"])) == {"避難所", "会計"}


def test_theme_that_is_nobodys_has_no_descendants():
    assert with_descendants(["no-such-theme"]) == []


def test_course_with_a_theme_and_its_parent_comes_once():
    themes = Theme.objects.filter(key__in=["disaster", "local-issues"])
    make_course("防災").themes.set(themes)

    chosen = CatalogueFilter(themes=tuple(with_descendants(["local-issues"])))
    assert chosen.courses(Course.objects.all(), at=NOON).count() == 1


def test_facets_narrow_each_other():
    growth = Stage.objects.get(key="growth")
    for title, kind in (("講座", "course"), ("講演", "lecture")):
        course = make_course(title)
        course.stages.add(growth)
        Course.objects.filter(pk=course.pk).update(kind=kind)

    assert found(stages=("growth",), kinds=("lecture",)) == {"講演"}
    assert found(kinds=("lecture", "course")) == {"講座", "講演"}
    assert found(stages=("practice",), kinds=("lecture",)) == set()


@pytest.mark.parametrize(
    ("first", "last", "hit"),
    [
        (date(2026, 12, 5), date(2026, 12, 5), True),
        (date(2026, 12, 5), None, True),
        (None, date(2026, 12, 5), True),
        (date(2026, 12, 6), None, False),
        (None, date(2026, 12, 4), False),
        (date(2026, 12, 1), date(2026, 12, 31), True),
    ],
)
def test_days_are_inclusive(first, last, hit):
    make_course("昼の講座", on=NOON + 14 * DAY)  # Saturday 5 December, 12:00 to 14:00

    assert found(first_day=first, last_day=last) == ({"昼の講座"} if hit else set())


def test_session_until_midnight_does_not_reach_the_next_day():
    make_course("夜の講座", on=NOON + 10 * timedelta(hours=1))  # 22:00 to 24:00

    assert found(first_day=date(2026, 11, 21)) == {"夜の講座"}
    assert found(first_day=date(2026, 11, 22)) == set()


def test_cancelled_session_is_not_found_by_its_day():
    make_course("中止の講座", session={"state": "cancelled"})

    assert found(first_day=date(2026, 12, 5)) == set()


def test_planned_run_is_not_found_by_its_day():
    make_course("準備中の講座", state="planned")

    assert found(first_day=date(2026, 12, 5)) == set()


@pytest.mark.parametrize(
    ("run", "places", "hit"),
    [
        ({}, 2, True),
        ({}, None, True),
        ({}, 0, True),  # the waiting list is open
        ({"waiting_list": False}, 0, False),
        ({"waiting_list": False}, 1, True),
        ({"waiting_list": False, "selection_mode": "lottery"}, 0, True),
        ({"applications_open_at": NOON + DAY}, 2, False),
        ({"applications_close_at": NOON}, 2, False),
        ({"applications_close_at": None}, 2, False),
        ({"selection_mode": "open"}, 2, False),
        ({"state": "cancelled"}, 2, False),
        ({"state": "planned"}, 2, False),
    ],
)
def test_open_finds_what_takes_an_application_now(run, places, hit):
    make_course("講座", places=places, **run)

    assert found(open_only=True) == ({"講座"} if hit else set())


def test_open_leaves_out_what_is_for_staff_over_or_called_off():
    CourseRunFactory(course=CourseFactory(title="枠のない講座"))
    staff = CourseRunFactory(course=CourseFactory(title="職員だけ"))
    SeatPoolFactory(run=staff, kind="staff")
    make_course("終わった講座", on=NOON - 5 * DAY)
    make_course("中止の講座", session={"state": "cancelled"})

    assert found(open_only=True) == set()


def test_text_matches_keep_only_what_was_found():
    first, _second = make_course("一"), make_course("二")

    assert found(text_matches=(first.pk,)) == {"一"}
    assert found(text_matches=()) == set()


def test_sessions_follow_the_same_facets_and_the_days():
    course = make_course("防災", on=NOON + 7 * DAY)
    course.stages.add(Stage.objects.get(key="growth"))
    later = SessionFactory(run=course.runs.get(), starts_at=NOON + 21 * DAY)
    make_course("ほか")

    def sessions(**facets):
        chosen = CatalogueFilter(**facets).sessions(Session.objects.all(), at=NOON)
        return set(chosen.values_list("pk", flat=True))

    everything = set(Session.objects.values_list("pk", flat=True))
    assert sessions() == everything
    assert sessions(open_only=True) == everything
    assert sessions(stages=("growth",), first_day=date(2026, 12, 1)) == {later.pk}
    assert sessions(stages=("practice",)) == set()


def test_cancelled_sessions_stay_in_the_calendar():
    make_course("中止の講座", session={"state": "cancelled"})

    chosen = CatalogueFilter(first_day=date(2026, 12, 5))
    assert chosen.sessions(Session.objects.all(), at=NOON).count() == 1


def test_current_courses_are_to_come_or_without_a_date():
    make_course("これから")
    make_course("途中", on=NOON - timedelta(hours=1))
    make_course("終わった", on=NOON - DAY)
    make_course("準備中", state="planned")
    CourseRunFactory(course=CourseFactory(title="日程調整中"))
    CourseRunFactory(course=make_course("次の日程は未定", on=NOON - DAY))
    make_course("延期", on=NOON - DAY, state="postponed")
    CourseRunFactory(course=CourseFactory(title="日程なしで中止"), state="cancelled")
    CourseFactory(title="開催なし")

    titles = current(Course.objects.all(), at=NOON).values_list("title", flat=True)
    assert set(titles) == {"これから", "途中", "日程調整中", "次の日程は未定", "延期"}


def test_what_one_can_join_comes_first_by_the_date_its_card_shows():
    several = make_course("二つの日程", on=NOON + DAY, applications_close_at=NOON)
    later = CourseRunFactory(course=several)
    SeatPoolFactory(run=later)
    SessionFactory(run=later, starts_at=NOON + 9 * DAY)
    waiting = make_course("満員のあと", on=NOON + 2 * DAY, places=0)
    free = CourseRunFactory(course=waiting, selection_mode="open")
    SessionFactory(run=free, starts_at=NOON + 7 * DAY)
    make_course("キャンセル待ち", on=NOON + 5 * DAY, places=0)
    make_course("受付終了", on=NOON + 3 * DAY, applications_close_at=NOON)

    shown = []
    for pk in joinable_first(Course.objects.all(), at=NOON):
        runs = with_facts(CourseRun.objects.filter(course=pk))
        session = next_session(main_run(runs, at=NOON), at=NOON)
        shown.append((Course.objects.get(pk=pk).title, (session.starts_at - NOON).days))
    assert shown == [
        ("満員のあと", 7),
        ("二つの日程", 9),
        ("キャンセル待ち", 5),
        ("受付終了", 3),
    ]
