"""A course as JSON-LD, sign by sign."""

import json
from datetime import timedelta

import pytest

from courses.domain.queries import with_facts
from courses.enums import ReceptionStatus
from courses.exchange.schema_org import (
    CourseWords,
    OfferedRun,
    Site,
    course_document,
    written,
)
from courses.models import CourseRun
from tests.factories import (
    NOON,
    CourseRunFactory,
    RoomFactory,
    SeatPoolFactory,
    SessionFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SITE = Site("みどり野市", "まなびば", "https://manabi.example.jp")
URL = "https://manabi.example.jp/courses/bosai/"
WORDS = CourseWords(title="防災入門", url=URL, language="ja", department="防災課")
CITY = {
    "@type": "GovernmentOrganization",
    "name": "みどり野市",
    "url": "https://manabi.example.jp/",
    "department": {"@type": "GovernmentOrganization", "name": "防災課"},
}
TERM = "https://schema.org/"


def run_with(*sessions: dict, **facts) -> CourseRun:
    """One scheduled session where none is said."""
    run = CourseRunFactory(code="2026-0001", **facts)
    SeatPoolFactory(run=run)
    for number, session in enumerate(sessions or ({},), start=1):
        SessionFactory(run=run, number=number, **{"uid": f"session-{number}@x", **session})
    return with_facts(CourseRun.objects.all()).get(pk=run.pk)


def graph(run: CourseRun, status=ReceptionStatus.OPEN, words=WORDS) -> list[dict]:
    return course_document(words, [OfferedRun(run, status)], SITE)["@graph"]


def event(run: CourseRun) -> dict:
    return graph(run)[1]


def test_whole_document():
    venue = VenueFactory(name="市民会館", postal_code="1800000", address="中央1-1")
    run = run_with({"title": "まちを歩く"}, venue=venue, fee=500)
    offer = {
        "@type": "Offer",
        "url": URL,
        "price": "500",
        "priceCurrency": "JPY",
        "availability": f"{TERM}InStock",
        "validFrom": "2026-11-11T12:00:00+09:00",
        "validThrough": "2026-12-01T12:00:00+09:00",
    }
    place = {
        "@type": "Place",
        "name": "市民会館",
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "JP",
            "postalCode": "1800000",
            "streetAddress": "中央1-1",
        },
    }

    document = course_document(WORDS, [OfferedRun(run, ReceptionStatus.OPEN)], SITE)

    assert document == {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Course",
                "@id": f"{URL}#course",
                "name": "防災入門",
                "description": "防災入門",
                "url": URL,
                "inLanguage": "ja",
                "provider": CITY,
                "hasCourseInstance": [
                    {
                        "@type": "CourseInstance",
                        "@id": f"{URL}#run-2026-0001",
                        "name": "防災入門",
                        "courseMode": "onsite",
                        "startDate": "2026-12-05T12:00:00+09:00",
                        "endDate": "2026-12-05T14:00:00+09:00",
                        "location": place,
                        "organizer": [CITY],
                        "offers": offer,
                    }
                ],
            },
            {
                "@type": "EducationEvent",
                "@id": f"{URL}#session-1@x",
                "name": "防災入門 まちを歩く",
                "url": URL,
                "startDate": "2026-12-05T12:00:00+09:00",
                "endDate": "2026-12-05T14:00:00+09:00",
                "eventStatus": f"{TERM}EventScheduled",
                "eventAttendanceMode": f"{TERM}OfflineEventAttendanceMode",
                "location": place,
                "organizer": [CITY],
                "superEvent": {"@id": f"{URL}#run-2026-0001"},
                "offers": offer,
            },
        ],
    }


def test_what_the_page_says_of_the_course_is_in_it():
    words = CourseWords(
        title="防災入門",
        url=URL,
        language="en",
        department="防災課",
        description="備えを学びます。",
        image=f"{URL}card-0.png",
        themes=["防災"],
        audiences=["どなたでも"],
        organisers=["市民の会"],
        people=["鈴木 一郎"],
    )

    course = graph(run_with(), words=words)[0]

    assert course["description"] == "備えを学びます。"
    assert course["inLanguage"] == "en"
    assert course["image"] == f"{URL}card-0.png"
    assert course["about"] == [{"@type": "Thing", "name": "防災"}]
    assert course["audience"] == [{"@type": "Audience", "audienceType": "どなたでも"}]
    (instance,) = course["hasCourseInstance"]
    assert instance["organizer"][1] == {"@type": "Organization", "name": "市民の会"}
    assert instance["instructor"] == [{"@type": "Person", "name": "鈴木 一郎"}]


@pytest.mark.parametrize(
    ("session", "run", "status"),
    [
        ({}, {}, "EventScheduled"),
        ({"state": "cancelled"}, {}, "EventCancelled"),
        ({"state": "postponed"}, {}, "EventPostponed"),
        ({"state": "moved", "former_starts_at": NOON + DAY}, {}, "EventRescheduled"),
        ({"state": "moved"}, {}, "EventScheduled"),
        # another place on the same day
        ({"former_place": "市民会館"}, {}, "EventScheduled"),
        ({"former_place": "市民会館"}, {"delivery": "online"}, "EventMovedOnline"),
        ({}, {"state": "cancelled"}, "EventCancelled"),
        ({}, {"state": "postponed"}, "EventPostponed"),
        ({"state": "cancelled"}, {"state": "postponed"}, "EventCancelled"),
        (
            {"state": "moved", "former_starts_at": NOON + DAY},
            {"state": "cancelled"},
            "EventCancelled",
        ),
    ],
)
def test_event_says_how_it_stands(session, run, status):
    assert event(run_with(session, **run))["eventStatus"] == TERM + status


def test_moved_event_says_when_it_was_to_be():
    moved = run_with({"state": "moved", "former_starts_at": NOON + DAY})

    assert event(moved)["previousStartDate"] == "2026-11-22T12:00:00+09:00"


def test_other_events_have_no_former_date():
    assert "previousStartDate" not in event(run_with({"former_starts_at": NOON + DAY}))


@pytest.mark.parametrize(
    ("delivery", "mode", "course_mode"),
    [
        ("venue", "OfflineEventAttendanceMode", "onsite"),
        ("online", "OnlineEventAttendanceMode", "online"),
        ("hybrid", "MixedEventAttendanceMode", "blended"),
    ],
)
def test_way_of_delivery_is_told(delivery, mode, course_mode):
    course, session = graph(run_with(delivery=delivery))

    assert session["eventAttendanceMode"] == TERM + mode
    assert course["hasCourseInstance"][0]["courseMode"] == course_mode


def test_online_event_leads_to_the_page_and_not_to_the_meeting():
    run = run_with({"online_url": "https://meet.example.jp/secret"}, delivery="online")

    assert event(run)["location"] == {"@type": "VirtualLocation", "url": URL}
    assert "secret" not in json.dumps(graph(run))


def test_hybrid_event_is_in_both_places():
    run = run_with(delivery="hybrid", venue=VenueFactory(name="市民会館"))

    place, online = event(run)["location"]

    assert (place["name"], online["@type"]) == ("市民会館", "VirtualLocation")


def test_event_is_where_its_session_is():
    room = RoomFactory(venue=VenueFactory(name="公民館"))
    run = run_with({"venue": room.venue, "room": room}, venue=VenueFactory())

    assert event(run)["location"]["name"] == "公民館"


def test_event_without_a_venue_is_in_the_city():
    assert event(run_with())["location"] == {
        "@type": "Place",
        "name": "みどり野市",
        "address": {"@type": "PostalAddress", "addressCountry": "JP"},
    }


@pytest.mark.parametrize(
    ("facts", "price"),
    [({}, "0"), ({"fee": 1000}, "1000"), ({"fee_note": "実費"}, None)],
)
def test_price_is_told_where_it_is_known(facts, price):
    assert event(run_with(**facts))["offers"].get("price") == price


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("open", "InStock"),
        ("not_needed", "InStock"),
        ("not_yet", "PreOrder"),
        ("waiting_list", "SoldOut"),
        ("full", "SoldOut"),
        ("closed", "OutOfStock"),
        ("ended", "OutOfStock"),
        ("cancelled", "OutOfStock"),
        ("postponed", "OutOfStock"),
    ],
)
def test_every_reception_status_has_its_availability(status, word):
    offers = graph(run_with(), ReceptionStatus(status))[1]["offers"]

    assert offers["availability"] == TERM + word


def test_every_status_was_tried():
    assert len(ReceptionStatus) == 9


def test_all_day_event_has_days():
    midnight = NOON.replace(hour=0)
    run = run_with(
        {"is_all_day": True, "starts_at": midnight, "ends_at": midnight + 2 * DAY}
    )

    assert (event(run)["startDate"], event(run)["endDate"]) == ("2026-11-21", "2026-11-22")


def test_several_sessions_are_numbered():
    run = run_with({"title": "知る"}, {"starts_at": NOON + 20 * DAY})

    assert [session["name"] for session in graph(run)[1:]] == [
        "防災入門 第1回 知る",
        "防災入門 第2回",
    ]


def test_nothing_in_it_can_end_the_script():
    words = CourseWords(
        title="</script><script>alert('&')</script><!--\u2028",
        url=URL,
        language="ja",
        department="防災課",
    )

    text = written(course_document(words, [], SITE))

    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["@graph"][0]["name"] == words.title
