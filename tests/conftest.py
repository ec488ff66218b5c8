"""Named people and courses that the tests speak of."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as searching

from tests import kept_database, seeds
from tests.demo_city import settled_city

TOKYO = ZoneInfo("Asia/Tokyo")
# The same examples each time, however slow the machine: a failure tells of the change.
# To look for new ones: pytest --hypothesis-profile=default
searching.register_profile("steady", derandomize=True, deadline=None)
searching.load_profile("steady")


@pytest.fixture
def now() -> datetime:
    """Noon on a Saturday in the middle of a fiscal year."""
    return datetime(2026, 11, 21, 12, 0, tzinfo=TOKYO)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker
) -> Iterator[None]:
    """The test database. After a test that commits it is as the migrations seeded it."""
    with django_db_blocker.unblock():
        former = kept_database.make()
        rows = seeds.take()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _test: seeds.put_back(rows)
        )
        yield  # closed: a test that asks for no database would leave in it what it writes
    with django_db_blocker.unblock():
        connection.close()
        connection.creation.destroy_test_db(former, verbosity=0)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The demo city, once for the module: a test takes back what it does to it."""
    with django_db_blocker.unblock(), settled_city(tmp_path_factory.mktemp("media")):
        yield


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
