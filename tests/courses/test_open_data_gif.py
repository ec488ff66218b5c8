"""GIF events: parents with their sub events, parts of the official shape."""

from datetime import timedelta

import pytest

from courses.enums import BarrierFree, CourseKind, Delivery, Presence, SessionState
from courses.exchange.event_list.run_facts import FEE_UNKNOWN
from courses.models import VenueFeature
from tests.courses.open_data_rows import events, hall, section
from tests.courses.open_data_rules import faults_in_events
from tests.factories import (
    NOON,
    CourseFactory,
    CourseRunFactory,
    SeatPoolFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    course = CourseFactory(slug="bosai", title="防災入門", department=section())
    venue = hall(
        postal_code="1999901", latitude="35.7", longitude="139.5", phone="0420-51-2025"
    )
    made = CourseRunFactory(course=course, code="2026-0001", venue=venue, label="第1期")
    SeatPoolFactory(run=made, capacity=20)
    return made


def test_a_single_session_is_one_event(run):
    session = SessionFactory(run=run, number=1)

    (event,) = events()

    assert event["id"] == f"999997-{session.pk:010}"
    assert (event["eventName"], event["holdingPattern"]) == ("防災入門", "単独")
    assert (event["startTime"], event["endTime"]) == ("12:00", "14:00")
    assert (event["webinarStatus"], event["feeStatus"]) == ("現地開催のみ", "無料")
    assert (event["targetPerson"], event["capacity"]) == ("指定なし", 20)
    assert event["status"] == "予約可"
    assert "subEvent" not in event
    assert faults_in_events([event]) == []


def test_a_run_of_several_sessions_is_a_parent_of_events(run):
    made = [
        SessionFactory(
            run=run, number=number, title="題", starts_at=NOON + timedelta(days=number)
        )
        for number in (1, 2)
    ]

    parent, first, second = events()

    assert parent["id"] == "999997-2026-0001"
    assert parent["subEvent"] == [first["id"], second["id"]]
    assert [one["id"] for one in (first, second)] == [f"999997-{s.pk:010}" for s in made]
    assert (parent["dateOfStart"], parent["dateOfEnd"]) == ("2026-11-22", "2026-11-23")
    assert "startTime" not in parent
    assert (parent["subTitle"], first["subTitle"]) == ("第1期", "題")
    assert faults_in_events([parent, first, second]) == []


def test_parts_have_their_official_items(run):
    VenueFeature.objects.create(
        venue=run.venue, item=BarrierFree.ACCESSIBLE_TOILET, presence=Presence.YES
    )
    VenueFeature.objects.create(
        venue=run.venue, item=BarrierFree.SUBTITLES, presence=Presence.UNKNOWN
    )
    run.has_sign_language = True
    run.save()
    SessionFactory(run=run)

    (event,) = events()

    assert event["contactPointInformation"] == {
        "contactPointName": "市民活動推進課",
        "contactPointPhoneNumber": ["0420-60-1830"],
        "contactPointExtension": "2130",
    }
    assert event["locationAddress"] == {
        "localGovernmentCode": "999997",
        "prefecture": "あおば県",
        "cityAndCounty": "みどり野市",
        "fullAddress": "緑町1-1",
        "postalCode": "1999901",
        "latitude": "35.700000",
        "longitude": "139.500000",
        "coordinateReferenceSystemCode": "EPSG:6668",
        "country": "JPN",
    }
    assert event["accessibilityInformation"] == {
        "multipurposeToiletStatus": "1",
        "remark": "手話通訳あり",
    }
    assert event["venueFacility"]["facilityAddress"] == event["locationAddress"]
    assert event["venueFacility"]["contactPointInformation"] == {
        "contactPointName": "東会館",
        "contactPointPhoneNumber": ["0420-51-2025"],
    }


def test_one_cancelled_session_says_so_and_the_others_do_not(run):
    SessionFactory(run=run, number=1, state=SessionState.CANCELLED)
    SessionFactory(run=run, number=2, starts_at=NOON - timedelta(days=3))
    SessionFactory(run=run, number=3)

    told = {event["id"][-4:]: event["status"] for event in events()[1:]}

    assert sorted(told.values()) == ["中止", "予約可", "終了"]


@pytest.mark.parametrize(
    ("fee", "note", "status"),
    [
        (0, "", "無料"),
        (300, "", "有料"),
        (0, "材料費 500円", "有料"),
        (0, "傷害保険は市が負担", "無料"),
    ],
)
def test_fee_status_is_one_of_two_words(run, fee, note, status):
    run.fee, run.fee_note = fee, note
    run.save()
    SessionFactory(run=run)
    assert events()[0]["feeStatus"] == status


def test_an_unknown_fee_is_not_called_free(run):
    run.fee_note = FEE_UNKNOWN
    run.save()
    SessionFactory(run=run)
    assert "feeStatus" not in events()[0]


@pytest.mark.parametrize(
    ("delivery", "said"),
    [
        (Delivery.ONLINE, ("オンライン", "オンライン")),
        (Delivery.HYBRID, ("ハイブリッド", "東会館、オンライン")),
    ],
)
def test_online_sessions_say_so(run, delivery, said):
    run.delivery = delivery
    run.save()
    SessionFactory(run=run, online_url="https://zoom.example/secret")
    (event,) = events()
    assert (event["webinarStatus"], event["location"]) == said
    assert "zoom.example" not in str(event)


def test_event_type_is_a_word_of_the_standard(run):
    SessionFactory(run=run)
    run.course.kind = CourseKind.EXCHANGE
    run.course.save()
    assert events()[0]["eventType"] == "その他イベント"
