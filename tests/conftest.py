"""Named people and courses that the tests speak of."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def now() -> datetime:
    """Noon on a Saturday in the middle of a fiscal year."""
    return datetime(2026, 11, 21, 12, 0, tzinfo=TOKYO)
