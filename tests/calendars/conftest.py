"""The demo city, for tests that only read it."""

from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from courses.domain.fiscal_year import TOKYO
from courses.views.calendar_memory import memory
from tests.demo_city import settled_city

TODAY = datetime(2026, 11, 21, tzinfo=TOKYO)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once for the module, and rolled back after it."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        settled_city(at=TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def day_of_the_city():
    """The clock of who fetches, and nothing that was fetched before."""
    cache.clear()
    memory.forget()
    with time_machine.travel(TODAY, tick=False):
        yield TODAY
