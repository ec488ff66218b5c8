"""How well the search finds courses of the demo city: recall and precision over all
expected and all found courses (micro-averaged). `-s` prints them with every failure."""

import sys
from datetime import datetime

import pytest
from django.db import transaction
from django.test import override_settings

from cms.demo import city as demo
from cms.demo.searches import ASKED
from cms.models import CoursePage
from cms.search.query import matching_course_ids
from courses.domain.fiscal_year import TOKYO
from tests.cms.search_city_cases import QUERIES

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 21, tzinfo=TOKYO)


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, set[str]]:
    """Built once, and without people: they are not searched."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(demo, "_enrol", lambda *args, **kwargs: None)
            demo.build_city(at=TODAY)
        slugs = dict(CoursePage.objects.values_list("course", "slug"))
        found = {
            query: {slugs[course] for course in matching_course_ids(query) or ()}
            for query in [*QUERIES, *(asked[0] for asked in ASKED)]
        }
        transaction.set_rollback(True)
    return found


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
