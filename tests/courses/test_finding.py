"""One look at the runs: what fits, what each choice would find, what to loosen; and that
the database, asked for the same, gives the same."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from courses.domain import finding
from courses.domain.catalogue import CatalogueFilter, offered
from courses.domain.finding import find
from courses.models import Audience, Course, CourseRun, Session, Stage
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SATURDAY, TUESDAY = NOON + 14 * DAY, NOON + 10 * DAY


@pytest.fixture
def north():
    return VenueFactory(code="north", name="北会館", area="北")


@pytest.fixture
def south():
    return VenueFactory(code="south", name="南会館", area="南")


def make(title: str, *meetings: dict, **run) -> CourseRun:
    """A course with one run, a pool and these sessions; on a Saturday at noon where
    nothing else is said."""
    course = Course.objects.filter(title=title).first()
    course = course or CourseFactory(title=title, slug=title)
    made = CourseRunFactory(course=course, **run)
    SeatPoolFactory(run=made)
    for meeting in meetings or ({},):
        SessionFactory(run=made, **{"starts_at": SATURDAY, **meeting})
    return made


def titles(**chosen) -> set[str]:
    """Looked for in both ways, which have to agree."""
    asked = CatalogueFilter(**chosen)
    by_look = set(find(asked, at=NOON).runs)
    by_database = set(offered(asked, at=NOON).values_list("pk", flat=True))
    assert by_look == by_database
    return {course.title for course in Course.objects.filter(pk__in=by_look)}


def counts(facet: str, **chosen) -> dict[str, int]:
    found = find(CatalogueFilter(**chosen), at=NOON).by_choice
    return {
        value: len(courses) for (name, value), courses in found.items() if name == facet
    }


@pytest.mark.parametrize(
    ("starts_at", "weekday"),
    [
        (datetime.fromisoformat("2026-12-04T23:59+09:00"), 5),
        (datetime.fromisoformat("2026-12-05T00:00+09:00"), 6),
        (datetime.fromisoformat("2026-12-06T08:59+09:00"), 7),
        (datetime.fromisoformat("2026-12-07T00:00+09:00"), 1),
    ],
)
def test_day_of_the_week_is_that_of_tokyo(starts_at, weekday):
    make("講座", {"starts_at": starts_at})

    assert titles(weekdays=(weekday,)) == {"講座"}
    assert titles(weekdays=(weekday % 7 + 1,)) == set()
    assert counts("weekday") == {str(weekday): 1}


@pytest.mark.parametrize(
    ("hour", "minute", "time"),
    [
        (0, 0, "morning"),
        (11, 59, "morning"),
        (12, 0, "afternoon"),
        (16, 59, "afternoon"),
        (17, 0, "evening"),
        (23, 30, "evening"),
    ],
)
def test_time_of_day_is_when_it_begins(hour, minute, time):
    make("講座", {"starts_at": SATURDAY.replace(hour=hour, minute=minute)})

    assert titles(times=(time,)) == {"講座"}
    others = tuple({"morning", "afternoon", "evening"} - {time})
    assert titles(times=others) == set()
    assert counts("time") == {time: 1}


def test_place_is_the_rooms_else_the_sessions_else_the_runs(north, south):
    make("部屋", {"room": RoomFactory(venue=north), "venue": south}, venue=south)
    make("回", {"venue": north}, venue=south)
    make("開催", venue=north)
    make("ほか", venue=south)
    make("未定", venue=None)

    assert titles(areas=("北",)) == {"部屋", "回", "開催"}
    assert titles(venues=("south",)) == {"ほか"}
    assert titles(areas=("北", "南")) == {"部屋", "回", "開催", "ほか"}
    assert counts("area") == {"北": 3, "南": 1}
    assert counts("venue") == {"north": 3, "south": 1}


def test_venue_without_an_area_hides_that_of_the_run(north):
    make("どこか", {"venue": VenueFactory(code="nowhere", area="")}, venue=north)

    assert titles(areas=("北",)) == set()
    assert counts("area") == {}


def test_what_is_asked_of_a_meeting_holds_for_one_and_the_same(north, south):
    make("別々", {"venue": south}, {"venue": north, "starts_at": TUESDAY})
    make("同じ", {"venue": north}, {"venue": south, "starts_at": TUESDAY})

    assert titles(weekdays=(6,)) == titles(areas=("北",)) == {"別々", "同じ"}
    assert titles(weekdays=(6,), areas=("北",)) == {"同じ"}
    assert titles(weekdays=(6,), venues=("north",)) == {"同じ"}
    december_5 = {"first_day": date(2026, 12, 5), "last_day": date(2026, 12, 5)}
    assert titles(areas=("北",), **december_5) == {"同じ"}
    assert titles(times=("morning",), areas=("北",)) == set()


def test_what_is_asked_of_a_run_holds_for_the_run_of_the_meeting():
    make("無料は平日", {"starts_at": TUESDAY}, fee=0)
    make("無料は平日", {}, fee=500)
    make("無料の土曜", {}, fee=0, has_childcare=True)

    assert titles(fees=("free",)) == {"無料は平日", "無料の土曜"}
    assert titles(fees=("free",), weekdays=(6,)) == {"無料の土曜"}
    assert titles(fees=("paid",), childcare=True) == set()


@pytest.mark.parametrize(
    "meeting",
    [
        {"state": "cancelled"},
        {"state": "postponed"},
        {"starts_at": SATURDAY - 21 * DAY},
    ],
)
def test_session_that_is_not_held_or_over_answers_no_question(meeting):
    make("講座", {"starts_at": TUESDAY}, meeting)

    assert titles() == {"講座"}
    assert titles(weekdays=(6,)) == set()
    assert counts("weekday") == {"2": 1}


def test_planned_run_answers_no_question():
    make("準備中", state="planned")

    assert titles(weekdays=(6,)) == titles(fees=("free",)) == set()


def test_days_find_what_was_held_on_them_too():
    make("秋の土曜", {"starts_at": SATURDAY - 28 * DAY})

    assert titles(weekdays=(6,)) == set()
    assert titles(weekdays=(6,), first_day=date(2026, 11, 1)) == {"秋の土曜"}
    assert titles(weekdays=(7,), first_day=date(2026, 11, 1)) == set()


def test_words_look_at_past_meetings_only_where_nothing_is_to_come():
    both = make("続く", {"starts_at": SATURDAY - 28 * DAY})
    make("続く", {"starts_at": TUESDAY})
    over = make("終わった", {"starts_at": SATURDAY - 28 * DAY})
    found = {"text_matches": (both.course_id, over.course_id)}

    assert titles(**found) == {"続く", "終わった"}
    assert titles(weekdays=(6,), **found) == {"終わった"}
    assert titles(weekdays=(2,), **found) == {"続く"}


def test_words_find_courses_without_a_run_unless_more_is_asked():
    course = CourseFactory(title="これから")

    assert titles(text_matches=(course.pk,)) == {"これから"}
    assert titles(text_matches=(course.pk,), fees=("free",)) == set()


@pytest.mark.parametrize(
    ("run", "fee"),
    [
        ({"fee": 0}, "free"),
        ({"fee": 500}, "paid"),
        ({"fee": 0, "fee_note": "材料費は当日"}, "paid"),
        ({"fee": 300, "fee_note": "保険料"}, "paid"),
    ],
)
def test_fee_is_free_only_where_nothing_is_said_of_money(run, fee):
    make("講座", **run)

    other = {"free": "paid", "paid": "free"}[fee]
    assert titles(fees=(fee,)) == titles(fees=(fee, other)) == {"講座"}
    assert titles(fees=(other,)) == set()
    assert counts("fee") == {fee: 1}


@pytest.mark.parametrize(
    ("delivery", "found_as"),
    [
        ("venue", {"venue"}),
        ("online", {"online"}),
        ("hybrid", {"venue", "online", "hybrid"}),
    ],
)
def test_hybrid_counts_for_venue_and_online(delivery, found_as):
    make("講座", delivery=delivery)

    for wanted in ("venue", "online", "hybrid"):
        assert titles(deliveries=(wanted,)) == ({"講座"} if wanted in found_as else set())
    assert counts("delivery") == dict.fromkeys(found_as, 1)


def test_sign_is_sign_language_or_captioning():
    make("手話", has_sign_language=True)
    make("要約筆記", has_captioning=True)
    make("なし")

    assert titles(sign=True) == {"手話", "要約筆記"}
    assert counts("sign") == {"1": 2}


def test_childcare_is_asked_of_the_run():
    make("保育", has_childcare=True)
    make("なし", childcare_note="近くの園を紹介します")

    assert titles(childcare=True) == {"保育"}
    assert counts("childcare") == {"1": 1}


def test_open_is_asked_of_the_run_of_the_meeting():
    make("締切後の土曜", {}, applications_close_at=NOON - DAY)
    make("締切後の土曜", {"starts_at": TUESDAY})
    make("受付中の土曜")

    assert titles(open_only=True) == {"締切後の土曜", "受付中の土曜"}
    assert titles(open_only=True, weekdays=(6,)) == {"受付中の土曜"}


def test_audience_is_the_courses():
    make("シニア").course.audiences.add(Audience.objects.get(key="seniors"))
    families = Audience.objects.filter(key__in=["seniors", "families"])
    make("両方").course.audiences.set(families)

    assert titles(audiences=("seniors",)) == {"シニア", "両方"}
    assert titles(audiences=("families", "teens")) == {"両方"}
    assert counts("audience") == {"seniors": 2, "families": 1}


def test_run_without_a_date_has_facts_but_no_meeting(north):
    CourseRunFactory(course=CourseFactory(title="日程調整中"), venue=north, fee=100)

    assert titles() == titles(fees=("paid",)) == {"日程調整中"}
    assert titles(areas=("北",)) == set()


def test_choices_fit_the_other_facets_and_not_their_own(north, south):
    make("北の土曜", {"venue": north}, fee=0)
    make("北の火曜", {"venue": north, "starts_at": TUESDAY}, fee=500)
    make("南の土曜", {"venue": south}, fee=500)

    assert counts("area", areas=("北",)) == {"北": 2, "南": 1}
    assert counts("area", weekdays=(6,)) == {"北": 1, "南": 1}
    assert counts("weekday", areas=("北",)) == {"6": 1, "2": 1}
    assert counts("fee", areas=("北",), weekdays=(6,)) == {"free": 1}
    assert counts("area", areas=("北",), fees=("free",)) == {"北": 1}


def test_choice_counts_a_course_once_and_only_for_a_meeting_that_fits(north, south):
    make("講座", {"venue": north}, {"venue": south, "starts_at": TUESDAY}, {"venue": north})

    assert counts("area") == {"北": 1, "南": 1}
    assert counts("area", weekdays=(6,)) == {"北": 1}
    assert counts("kind", weekdays=(6,)) == {"course": 1}


def test_chosen_choice_counts_what_is_shown():
    make("講座").course.stages.add(Stage.objects.get(key="growth"))
    make("講演").course.stages.add(Stage.objects.get(key="practice"))

    assert titles(stages=("growth",)) == {"講座"}
    assert counts("stage", stages=("growth",)) == {"growth": 1, "practice": 1}
    assert counts("kind", stages=("growth",)) == {"course": 1}


def test_without_tells_what_one_facet_alone_keeps_away(north, south):
    make("南の土曜", {"venue": south})
    make("北の火曜", {"venue": north, "starts_at": TUESDAY})
    make("北の土曜で有料", {"venue": north}, fee=500)
    make("南の火曜", {"venue": south, "starts_at": TUESDAY})

    found = find(CatalogueFilter(weekdays=(6,), areas=("北",), fees=("free",)), at=NOON)

    assert found.runs == {}
    assert {facet: len(courses) for facet, courses in found.without.items()} == {
        "area": 1,
        "weekday": 1,
        "fee": 1,
    }


def test_many_courses_are_looked_at_alike(monkeypatch):
    make("一").course.stages.add(Stage.objects.get(key="growth"))
    counted = counts("stage"), counts("kind", stages=("growth",))

    monkeypatch.setattr(finding, "FEW_KEYS", 0)

    assert (counts("stage"), counts("kind", stages=("growth",))) == counted


def test_look_and_database_agree_on_every_pair_of_conditions(north, south):
    """Each pair of values, over courses that differ in one thing or another."""
    make("一", {"venue": north}, {"starts_at": TUESDAY}, venue=south, has_childcare=True)
    make("二", {"starts_at": TUESDAY.replace(hour=19)}, delivery="hybrid", fee=300)
    make("三", {"venue": south, "state": "cancelled"}, {"venue": north}, delivery="online")
    make("四", {"starts_at": NOON - 7 * DAY}, has_sign_language=True)
    make("四", {"starts_at": SATURDAY.replace(hour=9)}, applications_close_at=NOON - DAY)
    make("五", state="postponed", fee_note="実費")
    make("六", state="planned")
    asked = (
        {"weekdays": (6,)},
        {"weekdays": (2, 7)},
        {"times": ("morning",)},
        {"times": ("afternoon", "evening")},
        {"areas": ("北",)},
        {"venues": ("south",)},
        {"fees": ("free",)},
        {"deliveries": ("online",)},
        {"childcare": True},
        {"sign": True},
        {"open_only": True},
        {"first_day": date(2026, 11, 1), "last_day": date(2026, 12, 5)},
        {"text_matches": tuple(Course.objects.values_list("pk", flat=True))},
    )
    seen = {frozenset(titles(**{**one, **two})) for one, two in product(asked, asked)}
    assert len(seen) > 10


@pytest.mark.parametrize("number", [1, 3])
def test_finding_takes_four_queries(number, django_assert_num_queries):
    for at in range(number):
        make(f"講座{at}", {}, {"starts_at": TUESDAY})

    with django_assert_num_queries(4):
        find(CatalogueFilter(weekdays=(6,), fees=("free",)), at=NOON)


def test_calendar_of_a_filter_has_the_sessions_that_fit_themselves(north, south):
    make("講座", {"venue": north}, {"venue": south, "starts_at": TUESDAY}, fee=0)
    make("講座", {"venue": north}, fee=500)

    def areas(**chosen) -> list[tuple[str, int]]:
        sessions = CatalogueFilter(**chosen).sessions(Session.objects.all(), at=NOON)
        return sorted((one.venue.area, one.run.fee) for one in sessions)

    assert areas(areas=("北",)) == [("北", 0), ("北", 500)]
    assert areas(areas=("北",), fees=("free",)) == [("北", 0)]
    assert areas(weekdays=(2,)) == [("南", 0)]
    assert areas(weekdays=(2,), areas=("北",)) == []
