"""Venue and room, told apart only where that is certain."""

from decimal import Decimal

import pytest

from courses.enums import Delivery
from courses.exchange.event_list.places import split_room, whereabouts
from tests.courses.event_rows import event


@pytest.mark.parametrize(
    ("text", "venue", "room"),
    [
        ("若葉児童館 1階ホール", "若葉児童館", "1階ホール"),
        ("市役所 会議室 8階和室", "市役所", "会議室 8階和室"),
        ("文化プレイス 4階フォーラム", "文化プレイス", "4階フォーラム"),
        ("市役所4階相談室3", "市役所", "4階相談室3"),
        ("産業振興プラザ3階研修室2", "産業振興プラザ", "3階研修室2"),
        ("若葉児童館", "若葉児童館", ""),
        ("まちづくりセンター和室(2階)", "まちづくりセンター和室(2階)", ""),
        ("プレイス1階ギャラリー、緑駅", "プレイス1階ギャラリー、緑駅", ""),
        ("陸上競技場 400メートルトラック", "陸上競技場 400メートルトラック", ""),
        ("電気通信大学3号館ほか", "電気通信大学3号館ほか", ""),
    ],
)
def test_split_room_in_doubt_keeps_all_as_venue(text, venue, room):
    assert split_room(text) == (venue, room)


def test_whereabouts_prefers_the_venue_column():
    found = whereabouts(event(venue="市民会館", meeting_place="駅前広場"))

    assert found.place is not None
    assert found.place.venue == "市民会館"


def test_whereabouts_takes_the_meeting_place_otherwise():
    found = whereabouts(event(meeting_place="みどり野市立　歴史館"))

    assert found.place is not None
    assert found.place.venue == "みどり野市立歴史館"


@pytest.mark.parametrize(
    "text", ["オンライン", "オンライン（Zoom）", "ＺＯＯＭ", "YouTube配信"]
)
def test_whereabouts_knows_online(text):
    found = whereabouts(event(meeting_place=text))

    assert (found.delivery, found.place) == (Delivery.ONLINE, None)


def test_whereabouts_knows_both():
    found = whereabouts(event(meeting_place="オンライン(Zoom)、緑図書館"))

    assert found.delivery == Delivery.HYBRID
    assert found.place is not None
    assert found.place.venue == "緑図書館"


def test_whereabouts_of_nothing_is_a_venue_unknown():
    found = whereabouts(event())

    assert (found.delivery, found.place) == (Delivery.VENUE, None)


def test_place_takes_address_only_with_a_street():
    town = {"prefecture": "みどり県", "city": "みどり野市"}
    full = town | {"town": "緑町", "block": "1-2-3", "building": "緑ビル"}

    bare = whereabouts(event(venue="市民会館", **town)).place
    whole = whereabouts(event(venue="市民会館", **full)).place

    assert bare is not None
    assert whole is not None
    assert bare.address == ""
    assert whole.address == "みどり県みどり野市緑町1-2-3 緑ビル"


def test_place_outside_japan_has_no_position():
    swapped = whereabouts(event(venue="会館", latitude="139.5", longitude="35.7")).place
    right = whereabouts(event(venue="会館", latitude="35.7029", longitude="139.5597")).place

    assert swapped is not None
    assert right is not None
    assert (swapped.latitude, swapped.longitude) == (None, None)
    assert (right.latitude, right.longitude) == (
        Decimal("35.702900"),
        Decimal("139.559700"),
    )


def test_place_keeps_the_way_there():
    place = whereabouts(event(venue="会館", access="駅から5分", parking="なし")).place

    assert place is not None
    assert place.access == "駅から5分\n駐車場　なし"
