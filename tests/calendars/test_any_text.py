"""Any title, place or description comes out of every reader as it went in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courses.exchange.ical import CalendarMail, Method, render_calendar, render_mail
from tests.calendars.agreement import read_alike
from tests.calendars.content_lines import complaints
from tests.calendars.readers import READERS, in_utc
from tests.calendars.unicode_texts import AWKWARD, cleaned, texts
from tests.courses.test_ical import EVENT, FEED, START, TOKYO

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _feed(*events):
    return render_calendar(replace(FEED, events=events))


def _with(text):
    return replace(EVENT, summary=f"x{text}", description=text, location=text)


def _comes_out_of_each(body, text):
    for name, read in READERS.items():
        (event,) = read(body.decode())
        assert (event.summary, event.description, event.location) == (
            _as_read_by(name, cleaned(f"x{text}")),
            _as_read_by(name, cleaned(text)),
            _as_read_by(name, cleaned(text)),
        ), name


def _as_read_by(name, text):
    """ics 0.7.3 undoes one kind of escape after the other, so that of an escaped
    backslash and what follows it makes something else (`ics/utils.py`, unescape_string)."""
    if name != "ics":
        return text
    for raw, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(raw, escaped)
    for escaped, raw in (("\\;", ";"), ("\\,", ","), ("\\n", "\n"), ("\\N", "\n")):
        text = text.replace(escaped, raw)
    for escaped, raw in (("\\r", "\r"), ("\\R", "\r"), ("\\\\", "\\")):
        text = text.replace(escaped, raw)
    return text


@pytest.mark.parametrize("text", AWKWARD, ids=ascii)
def test_awkward_texts_come_out_as_they_went_in(text):
    body = _feed(_with(text))
    assert complaints(body) == []
    _comes_out_of_each(body, text)


@few
@given(texts)
@example("".join(AWKWARD))
def test_any_text_comes_out_as_it_went_in(text):
    body = _feed(_with(text))
    assert complaints(body) == []
    _comes_out_of_each(body, text)


@few
@given(st.lists(texts, max_size=4), texts, texts)
def test_any_name_of_a_calendar_and_any_category_keep_it_readable(names, title, label):
    event = replace(EVENT, categories=tuple(names))
    body = render_calendar(
        replace(FEED, name=f"x{title}", description=label, events=(event,))
    )
    assert complaints(body) == []
    read_alike(body)


@few
@given(texts, st.sampled_from(Method))
def test_any_sender_and_title_keep_a_mail_readable(text, method):
    status = "CANCELLED" if method == Method.CANCEL else "CONFIRMED"
    event = replace(
        EVENT, summary=f"x{text}", status=status, blocks_time=method != Method.CANCEL
    )
    mail = CalendarMail(
        method=method,
        events=(event,),
        organizer=(text, "no-reply@manabiba.example"),
        attendee="hanako@example.jp",
    )
    body = render_mail(mail)
    assert complaints(body) == []
    for read in READERS.values():
        (found,) = read(body.decode())
        assert (found.uid, found.status, found.sequence) == (EVENT.uid, status, 3)


@few
@given(st.permutations(range(6)), st.lists(texts, min_size=6, max_size=6))
def test_the_same_facts_in_any_order_are_the_same_bytes(order, titles):
    events = [
        replace(
            EVENT,
            uid=f"session-{number}@manabiba",
            summary=f"x{title}",
            starts_at=START + timedelta(days=number // 2),
            ends_at=START + timedelta(days=number // 2, hours=1),
        )
        for number, title in enumerate(titles)
    ]
    assert _feed(*(events[number] for number in order)) == _feed(*events)


@few
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)),
    st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
)
def test_any_time_is_the_same_moment_for_all(start, length):
    start = start.replace(microsecond=0)
    end = start + timedelta(seconds=int(length.total_seconds()))
    body = _feed(replace(EVENT, starts_at=start, ends_at=end))
    assert complaints(body) == []
    (read,) = read_alike(body)
    assert (read.start, read.end, read.zone) == (in_utc(start), in_utc(end), "Asia/Tokyo")


@few
@given(st.dates(date(1990, 1, 1), date(2199, 12, 1)), st.integers(1, 9))
def test_days_are_days_for_all_and_the_last_is_exclusive(first, days):
    start = datetime(first.year, first.month, first.day, tzinfo=TOKYO)
    event = replace(
        EVENT,
        starts_at=start,
        ends_at=start + timedelta(days=days),
        is_all_day=True,
        blocks_time=False,
    )
    body = _feed(event)
    assert complaints(body) == []
    (read,) = read_alike(body)
    assert (read.start, read.end) == (first, first + timedelta(days=days))
    assert (read.is_all_day, read.zone, read.transparent) == (True, "", True)
