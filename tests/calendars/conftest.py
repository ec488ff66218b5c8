"""The demo city, for tests that only read it."""

import pytest
import time_machine
from django.core.cache import cache

from courses.views.calendar_memory import memory
from tests.demo_city import TODAY


@pytest.fixture
def day_of_the_city():
    """The clock of who fetches, and nothing that was fetched before."""
    cache.clear()
    memory.forget()
    with time_machine.travel(TODAY, tick=False):
        yield TODAY
