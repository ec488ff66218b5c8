"""The bytes of a calendar: every property, folding, order, limits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from courses.domain.calendar_event import CalendarEvent
from courses.exchange.ical import CalendarFeed, render_calendar
from tests.courses.calendars import events_in, lines_of, summaries, unfolded

TOKYO = ZoneInfo("Asia/Tokyo")
START = datetime(2026, 12, 5, 10, 0, tzinfo=TOKYO)
EVENT = CalendarEvent(
    uid="session-1@manabiba",
    sequence=3,
    created_at=datetime(2026, 10, 1, 9, 0, 0, 123456, tzinfo=TOKYO),
    revised_at=datetime(2026, 11, 20, 18, 30, 15, 999999, tzinfo=TOKYO),
    starts_at=START,
    ends_at=START + timedelta(hours=2),
    is_all_day=False,
    summary="防災入門 第2回（全5回）",
    description="避難所をつくる\n持ち物: 筆記用具",
    location="第1会議室, 市民会館, みどり野市中央1-2-3",
    position=(35.717512, 139.566187),
    url="https://manabiba.example/courses/%E9%98%B2%E7%81%BD/",
    categories=("活動実践", "防災, 減災"),
    conference=("https://manabiba.example/courses/bosai/", "講座のページ"),
)
FEED = CalendarFeed(
    name="防災入門｜まなびば",
    description="講座の日程です。",
    events=(EVENT,),
    page="https://manabiba.example/courses/bosai/",
    source="https://manabiba.example/courses/bosai/calendar.ics",
)
ZONE = [
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Tokyo",
    "X-LIC-LOCATION:Asia/Tokyo",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0900",
    "TZNAME:JST",
    "END:STANDARD",
    "END:VTIMEZONE",
]


def _body(**changes):
    return render_calendar(replace(FEED, events=(replace(EVENT, **changes),)))


def _line(body, name):
    """The one line of a property inside the event."""
    lines = unfolded(body)
    inside = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    return [line for line in inside if line.replace(";", ":").split(":")[0] == name]


def test_calendar_lines_are_exactly_these():
    assert unfolded(render_calendar(FEED)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Manabiba//Manabiba//JA",
        "CALSCALE:GREGORIAN",
        "NAME:防災入門｜まなびば",
        "X-WR-CALNAME:防災入門｜まなびば",
        "DESCRIPTION:講座の日程です。",
        "X-WR-CALDESC:講座の日程です。",
        "X-WR-TIMEZONE:Asia/Tokyo",
        "LAST-MODIFIED:20261120T093015Z",
        "URL:https://manabiba.example/courses/bosai/",
        "SOURCE;VALUE=URI:https://manabiba.example/courses/bosai/calendar.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "COLOR:mediumblue",
        *ZONE,
        "BEGIN:VEVENT",
        "UID:session-1@manabiba",
        "DTSTAMP:20261120T093015Z",
        "CREATED:20261001T000000Z",
        "LAST-MODIFIED:20261120T093015Z",
        "SEQUENCE:3",
        "DTSTART;TZID=Asia/Tokyo:20261205T100000",
        "DTEND;TZID=Asia/Tokyo:20261205T120000",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "CLASS:PUBLIC",
        "SUMMARY:防災入門 第2回（全5回）",
        "DESCRIPTION:避難所をつくる\\n持ち物: 筆記用具",
        "LOCATION:第1会議室\\, 市民会館\\, みどり野市中央1-2-3",
        "GEO:35.717512;139.566187",
        "URL:https://manabiba.example/courses/%E9%98%B2%E7%81%BD/",
        "CATEGORIES:活動実践,防災、 減災",
        "CONFERENCE;FEATURE=VIDEO;LABEL=講座のページ;VALUE=URI:"
        "https://manabiba.example/courses/bosai/",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_calendar_without_events_keeps_its_zone_and_has_no_empty_property():
    lines = unfolded(render_calendar(CalendarFeed(name="まなびば")))
    assert [line for line in lines if line.endswith(":")] == []
    assert lines[-11:] == [*ZONE, "END:VCALENDAR"]
    assert [line for line in lines if line.startswith(("LAST-MODIFIED", "SOURCE"))] == []


def test_event_with_the_least_facts_has_no_empty_property():
    bare = CalendarEvent(
        uid="session-2@manabiba",
        sequence=0,
        created_at=START,
        revised_at=START,
        starts_at=START,
        ends_at=START + timedelta(hours=1),
        is_all_day=False,
        summary="講座",
        categories=("", " "),
    )
    lines = unfolded(render_calendar(replace(FEED, events=(bare,))))
    assert [line for line in lines if line.endswith(":")] == []
    assert _line(_body(description="", location=" \n"), "LOCATION") == []


def test_library_reads_back_what_was_written():
    (event,) = events_in(render_calendar(FEED))
    assert event.start == START
    assert event.end == START + timedelta(hours=2)
    assert event.start.utcoffset() == timedelta(hours=9)
    assert event.stamp == datetime(2026, 11, 20, 9, 30, 15, tzinfo=UTC)
    assert event.last_modified == event.stamp
    assert str(event["DESCRIPTION"]) == EVENT.description
    assert str(event["LOCATION"]) == EVENT.location
    assert event.categories == ["活動実践", "防災、 減災"]


def test_same_facts_give_the_same_bytes():
    assert render_calendar(FEED) == render_calendar(replace(FEED))


def test_events_are_written_by_time_whatever_their_order():
    late = replace(EVENT, uid="b@manabiba", starts_at=START + timedelta(minutes=1))
    twin = replace(EVENT, uid="a@manabiba")
    one = render_calendar(replace(FEED, events=(late, EVENT, twin)))
    assert one == render_calendar(replace(FEED, events=(twin, late, EVENT)))
    assert [str(event["UID"]) for event in events_in(one)] == [
        "a@manabiba",
        "session-1@manabiba",
        "b@manabiba",
    ]


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ((2026, 12, 5, 0, 0), (2026, 12, 6, 0, 0), ("20261205", "20261206")),
        ((2026, 12, 5, 0, 0), (2026, 12, 7, 0, 0), ("20261205", "20261207")),
        ((2026, 12, 5, 9, 0), (2026, 12, 5, 17, 0), ("20261205", "20261206")),
        ((2026, 12, 31, 0, 0), (2027, 1, 1, 0, 0), ("20261231", "20270101")),
    ],
)
def test_all_day_event_ends_on_the_day_after(start, end, days):
    body = _body(
        is_all_day=True,
        blocks_time=False,
        starts_at=datetime(*start, tzinfo=TOKYO),
        ends_at=datetime(*end, tzinfo=TOKYO),
    )
    assert _line(body, "DTSTART") == [f"DTSTART;VALUE=DATE:{days[0]}"]
    assert _line(body, "DTEND") == [f"DTEND;VALUE=DATE:{days[1]}"]
    assert _line(body, "TRANSP") == ["TRANSP:TRANSPARENT"]
    assert events_in(body)[0].start == date.fromisoformat(
        f"{days[0][:4]}-{days[0][4:6]}-{days[0][6:]}"
    )


def test_times_are_local_in_summer_and_winter_alike():
    for month in (1, 7):
        start = datetime(2027, month, 3, 1, 0, tzinfo=UTC)
        body = _body(starts_at=start, ends_at=start + timedelta(hours=1))
        assert _line(body, "DTSTART") == [
            f"DTSTART;TZID=Asia/Tokyo:2027{month:02}03T100000"
        ]


@pytest.mark.parametrize(
    "text",
    [
        "あ" * 300,
        "😀👨‍👩‍👧‍👦" * 40,
        "a" * 61 + "あい",
        "髙𠮷" * 80,
        "a,b;c\\d" * 40,
    ],
)
def test_lines_are_folded_at_75_octets_between_characters(text):
    body = _body(summary=text, description=text, location=text)
    for line in lines_of(body):
        assert len(line) <= 75
        line.decode()
    (event,) = events_in(body)
    assert [str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")] == [
        text
    ] * 3


def test_only_crlf_ends_a_line_and_no_bom_begins_the_file():
    body = _body(description="一\r\n二\r三\n四\u2028五\x85六\x0b七")
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert body.count(b"\n") == body.count(b"\r") == body.count(b"\r\n")
    assert _line(body, "DESCRIPTION") == ["DESCRIPTION:一\\n二\\n三\\n四\\n五\\n六\\n七"]


def test_text_is_nfc_without_control_characters():
    body = _body(summary="か\u3099っこう\x00\x07\x1b\t祭")
    assert summaries(body) == ["がっこう 祭"]


@pytest.mark.parametrize(
    "harmful", ["\ud83d", "\ufffe", "\uffff", "\U0001fffe", "\ufdd0", "\ufeff"]
)
def test_characters_that_readers_refuse_are_left_out(harmful):
    body = _body(summary=f"祭{harmful}り", categories=(f"文化{harmful}",))
    assert summaries(body) == ["祭り"]
    assert _line(body, "CATEGORIES") == ["CATEGORIES:文化"]


def test_text_of_nothing_readable_leaves_no_line():
    assert _line(_body(location="\ufeff\x00 "), "LOCATION") == []


@pytest.mark.parametrize("kept", ["👨‍👩‍👧", "𠮷", "葛\U000e0100", "\ue000", "é", "〜"])
def test_rare_characters_stay(kept):
    assert summaries(_body(summary=kept)) == [kept]


def test_a_file_says_nothing_of_itself():
    lines = unfolded(render_calendar(replace(FEED, is_file=True)))
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Manabiba//Manabiba//JA",
        "CALSCALE:GREGORIAN",
        "BEGIN:VTIMEZONE",
    ]
    assert lines[-1] == "END:VCALENDAR"


def test_backslashes_commas_semicolons_and_colons_survive():
    text = 'C:\\new; 1,000円 "引用" : \\, \\;'
    assert summaries(_body(summary=text)) == [text]
    assert _line(_body(summary="甲;乙,丙\\丁"), "SUMMARY") == ["SUMMARY:甲\\;乙\\,丙\\\\丁"]


def test_a_typed_backslash_before_n_does_not_become_a_line_break():
    assert summaries(_body(summary="C:\\New")) == ["C:＼New"]


@given(st.text(max_size=300))
def test_any_text_keeps_the_calendar_well_formed(text):
    body = _body(summary=f"x{text}", description=text, location=text, categories=(text,))
    lines = lines_of(body)
    assert all(0 < len(line) <= 75 for line in lines)
    assert [line for line in lines if line.startswith(b"BEGIN:")] == [
        b"BEGIN:VCALENDAR",
        b"BEGIN:VTIMEZONE",
        b"BEGIN:STANDARD",
        b"BEGIN:VEVENT",
    ]
    assert len(Calendar.from_ical(body).events) == 1


def _many(number, **changes):
    return tuple(
        replace(
            EVENT,
            uid=f"session-{n}@manabiba",
            starts_at=START + timedelta(hours=n),
            **changes,
        )
        for n in range(number)
    )


def test_at_most_a_thousand_events_are_written_those_in_front():
    body = render_calendar(replace(FEED, events=_many(1_005)))
    uids = [str(event["UID"]) for event in events_in(body)]
    assert uids == [f"session-{n}@manabiba" for n in range(1_000)]


def test_a_calendar_stays_below_a_megabyte_and_keeps_those_in_front():
    events = _many(400, description="長い説明" * 300)
    body = render_calendar(replace(FEED, events=events))
    uids = [str(event["UID"]) for event in events_in(body)]
    assert 990_000 < len(body) <= 1_000_000
    assert uids == [f"session-{n}@manabiba" for n in range(len(uids))]
