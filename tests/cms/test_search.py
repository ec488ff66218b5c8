"""Japanese search: what residents type finds what they mean, on both databases."""

import pytest

from cms.models import CoursePage
from cms.search import dictionary
from cms.search.query import matching_course_ids
from tests.cms.search_cases import QUERIES, TEXTS, UNMET
from tests.factories import CourseFactory
from tests.pages import build_site, publish_page


@pytest.fixture
def city(db) -> dict[str, CoursePage]:
    """The texts as published courses of a kind that none of the queries names."""
    build_site()
    return {
        key: publish_page(
            CourseFactory(slug=key, title=title, kind="staff_training"), intro=intro
        )
        for key, (title, intro) in TEXTS.items()
    }


def found(query: str) -> list[str] | None:
    courses = matching_course_ids(query)
    if courses is None:
        return None
    keys = dict(CoursePage.objects.values_list("course_id", "slug"))
    return [keys[course] for course in courses]


def test_queries_find_what_residents_expect(city):
    answers = {query: set(found(query)) for query in QUERIES}

    assert answers == {
        query: keys - UNMET.get(query, set()) for query, keys in QUERIES.items()
    }
    hits = sum(len(answers[query] & keys) for query, keys in QUERIES.items())
    recall = hits / sum(map(len, QUERIES.values()))
    precision = hits / sum(map(len, answers.values()))
    assert recall >= 0.93
    assert precision >= 0.93
    assert (len(TEXTS) >= 35, len(QUERIES) >= 40) == (True, True)


def test_the_title_comes_before_the_introduction(city):
    assert found("運営") == ["hinan", "bosai"]
    assert found("分別") == ["gomi"]


@pytest.mark.parametrize(
    "text", ["", "  　", '"', "*", "' ; --", "😀", "（）", "\x00", "・", "-", "🎌" * 90]
)
def test_a_text_without_words_asks_for_nothing(text):
    assert matching_course_ids(text) is None


OPERATORS = [
    "防災 OR 手話",
    "防災 AND NOT 手話",
    "title:防災",
    "{title} : 防災",
    "NEAR(防災 手話)",
    "'; DROP TABLE cms_coursepage; --",
    "手話' OR '1'='1",
    "手話 & !防災 <-> x:*",
    "%%_ 手話 %s",
]


def test_operators_and_injections_are_words_like_any_other(city):
    assert {text: found(text) for text in OPERATORS} == {text: [] for text in OPERATORS}


def test_marks_around_words_change_nothing(city):
    for mark in ('"%s"', "%s*", "(%s", "%s\\", "%s\x00", "^%s", "😀%s", "%s ;--"):
        assert found(mark.replace("%s", "手話")) == ["shuwa"]


def test_a_very_long_text_is_cut(city):
    assert found("手話 " * 10_000) == ["shuwa"]
    assert found("あ" * 100_000) == []
    assert found("a" * 100_000) == []


def test_the_best_are_kept_when_there_are_too_many(city):
    all_courses = matching_course_ids("地域")

    assert len(all_courses) == 3
    assert matching_course_ids("地域", limit=2) == all_courses[:2]


def test_a_search_asks_the_database_as_often_for_one_as_for_three(
    city, django_assert_num_queries, django_assert_max_num_queries
):
    # One for other words, and two at most for the search.
    with django_assert_max_num_queries(3) as asked:
        assert len(matching_course_ids("手話")) == 1
    with django_assert_num_queries(len(asked)):
        assert len(matching_course_ids("地域")) == 3


def test_without_a_dictionary_search_goes_by_characters(db, monkeypatch):
    monkeypatch.setattr(dictionary, "tokenizer", lambda: None)
    build_site()
    publish_page(CourseFactory(slug="bosai", title="地域防災講座"))
    publish_page(CourseFactory(slug="server", title="サーバのしくみ"))

    assert found("防災") == ["bosai"]
    assert found("ｻｰﾊﾞｰ") == ["server"]
    assert found("ぼうさい") == []
