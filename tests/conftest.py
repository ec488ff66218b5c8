"""Named people and courses that the tests speak of."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import translation

from accounts import guarding
from tests import kept_database, seeds

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def now() -> datetime:
    """Noon on a Saturday in the middle of a fiscal year."""
    return datetime(2026, 11, 21, 12, 0, tzinfo=TOKYO)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker
) -> Iterator[seeds.Rows]:
    """The test database, and what the migrations seeded, read before a test empties it."""
    with django_db_blocker.unblock():
        former = kept_database.make()
        yield seeds.take()
        connection.close()
        connection.creation.destroy_test_db(former, verbosity=0)


@pytest.fixture
def seeded(transactional_db, django_db_setup: seeds.Rows) -> None:
    """For tests that commit and need the root page, the stages and the themes."""
    seeds.put_back(django_db_setup)


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A page asked for in English leaves its language to the next test otherwise."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_is_offered_before() -> None:
    """What one test's database offered is not kept for the next one's."""
    from enrollments.domain.offered import Offered

    Offered.forget()


@pytest.fixture(autouse=True)
def _guards_let_tables_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits ends by emptying the tables, which the guards refuse; they
    are laid down again after it, as after `migrate`."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if mark and mark.kwargs.get("transaction"):
        guarding.lift()
