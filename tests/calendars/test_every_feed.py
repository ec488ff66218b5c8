"""Every calendar of the demo city, as four foreign readers and a strict linter see it."""

import pytest

from courses.enums import RunState, SessionState
from courses.models import Session
from tests.calendars.agreement import agreed
from tests.calendars.content_lines import complaints
from tests.calendars.every_feed import ADDRESSES, calendar_patterns
from tests.calendars.readers import in_utc

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("city", "day_of_the_city"),
]
CALLED_OFF = (SessionState.CANCELLED, RunState.CANCELLED)


def test_no_address_of_a_calendar_is_forgotten():
    assert sorted(calendar_patterns()) == sorted(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_all_readers_agree_on_every_calendar(name, client):
    addresses = ADDRESSES[name]()
    read = 0
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert complaints(response.content) == [], address
        read += len(agreed(response.content))
    assert addresses
    assert read


def test_what_they_agree_on_is_what_the_city_holds(client):
    events = agreed(client.get("/calendar.ics").content)
    sessions = Session.objects.filter(uid__in=events).select_related("run__course")
    assert len(events) == len(sessions) > 300
    for session in sessions:
        event = events[session.uid]
        assert (event.start, event.end, event.zone) == (
            in_utc(session.starts_at),
            in_utc(session.ends_at),
            "Asia/Tokyo",
        )
        assert session.run.course.title in event.summary
        called_off = session.state in CALLED_OFF or session.run.state in CALLED_OFF
        assert (event.status == "CANCELLED") == called_off
        assert event.sequence == session.sequence
        assert event.url.endswith("/") == session.run.course.is_public


def test_every_state_of_a_session_is_among_them(client):
    """Otherwise the readers would have agreed on very little."""
    events = agreed(client.get("/calendar.ics").content).values()
    assert {event.status for event in events} == {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    marks = {event.summary.split("】")[0] for event in events if event.summary[0] == "【"}
    assert {"【中止", "【延期", "【日時変更"} <= marks
