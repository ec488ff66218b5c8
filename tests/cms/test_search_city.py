"""How well the search finds courses of the demo city: recall and precision over all
expected and all found courses (micro-averaged). `-s` prints them with every failure."""

import sys

import pytest

from cms.demo.searches import ASKED
from cms.models import CoursePage
from cms.search.query import matching_course_ids
from tests.cms.search_city_cases import QUERIES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(city) -> dict[str, set[str]]:
    slugs = dict(CoursePage.objects.values_list("course", "slug"))
    return {
        query: {slugs[course] for course in matching_course_ids(query) or ()}
        for query in [*QUERIES, *(asked[0] for asked in ASKED)]
    }


def test_enough_is_asked():
    assert len(QUERIES) >= 60
    assert sum(not expected for expected in QUERIES.values()) >= 5


def test_recall_and_precision_are_high(answers):
    hits = sum(len(answers[query] & expected) for query, expected in QUERIES.items())
    recall = hits / sum(map(len, QUERIES.values()))
    precision = hits / sum(len(answers[query]) for query in QUERIES)
    said = [f"{len(QUERIES)} queries: recall {recall:.3f}, precision {precision:.3f}"]
    for query, expected in QUERIES.items():
        missing, stray = expected - answers[query], answers[query] - expected
        if missing or stray:
            said.append(f"{query}: missing {sorted(missing)}, stray {sorted(stray)}")
    sys.stdout.write("\n".join(["", *said, ""]))

    assert recall >= 0.95
    assert precision >= 0.95


def test_what_nobody_teaches_is_not_found(answers):
    assert {query: answers[query] for query in QUERIES if not QUERIES[query]} == {
        query: set() for query in QUERIES if not QUERIES[query]
    }


def test_what_was_asked_in_vain_is_not_in_the_city(answers):
    assert [text for text, *_asked in ASKED if answers[text]] == []
