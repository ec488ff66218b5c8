"""The bytes of a calendar that goes with a mail (RFC 5546)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from courses.exchange import ical
from courses.exchange.ical import CalendarMail, Method, render_calendar, render_mail
from tests.courses.calendars import events_in, lines_of, unfolded
from tests.courses.test_ical import EVENT, FEED, ZONE

REQUEST = CalendarMail(
    method=Method.REQUEST,
    events=(EVENT,),
    organizer=("まなびば", "no-reply@manabiba.example"),
    attendee="hanako@example.jp",
)


def _event_lines(body):
    lines = unfolded(body)
    return lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]


def test_a_request_has_these_lines_and_the_event_of_the_feed():
    body = render_mail(REQUEST)

    assert unfolded(body)[:15] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Manabiba//Manabiba//JA",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        *ZONE,
    ]
    assert _event_lines(body) == [
        *_event_lines(render_calendar(FEED)),
        "ORGANIZER;CN=まなびば:mailto:no-reply@manabiba.example",
        "ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:hanako@example.jp",
    ]


def test_what_is_published_asks_nobody():
    later = replace(EVENT, uid="session-2@manabiba")
    body = render_mail(replace(REQUEST, method=Method.PUBLISH, events=(EVENT, later)))

    assert "METHOD:PUBLISH" in unfolded(body)
    assert [str(event["UID"]) for event in events_in(body)] == [EVENT.uid, later.uid]
    assert b"ATTENDEE" not in body
    assert b"hanako" not in body


def test_sender_without_a_name_is_an_address():
    body = render_mail(replace(REQUEST, organizer=("", "a@city.example.jp")))

    assert "ORGANIZER:mailto:a@city.example.jp" in unfolded(body)


@pytest.mark.parametrize(
    "name", ["みどり野市, 生涯学習課", "a;b:c", "改行\r\nX-EVIL:1", "長い名前" * 40]
)
def test_no_name_of_a_sender_breaks_the_lines(name):
    body = render_mail(replace(REQUEST, organizer=(name, "a@city.example.jp")))

    (event,) = events_in(body)
    assert str(event["ORGANIZER"]) == "mailto:a@city.example.jp"
    assert event["ORGANIZER"].params["CN"] == name.replace("\r", "")
    assert "X-EVIL" not in event
    assert max(map(len, lines_of(body))) <= 75


@given(st.text())
def test_any_title_keeps_the_mail_s_calendar_well_formed(title):
    body = render_mail(replace(REQUEST, events=(replace(EVENT, summary=title),)))

    (event,) = Calendar.from_ical(body).events
    assert str(event["UID"]) == EVENT.uid
    assert str(event["ATTENDEE"]) == "mailto:hanako@example.jp"


def test_addresses_of_people_are_not_kept_in_memory():
    render_mail(REQUEST)
    before = ical._line.cache_info().currsize
    render_mail(replace(REQUEST, attendee="somebody.else@example.jp"))

    assert ical._line.cache_info().currsize == before


def test_a_cancellation_is_dated_by_its_revision():
    revised = replace(
        EVENT, status="CANCELLED", sequence=4, revised_at=EVENT.revised_at + timedelta(1)
    )
    body = render_mail(replace(REQUEST, method=Method.CANCEL, events=(revised,)))

    (event,) = events_in(body)
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 4)
    assert event["DTSTAMP"].dt == revised.revised_at.replace(microsecond=0)
    assert "METHOD:CANCEL" in unfolded(body)
