"""公共施設一覧 of the venues where public courses are held."""

from datetime import time, timedelta

import pytest

from courses.domain.open_data import listed_venues
from courses.enums import BarrierFree, Presence
from courses.exchange.open_data.columns import complete
from courses.exchange.open_data.facility_columns import FACILITY_COLUMNS, ListedVenue
from courses.exchange.open_data.table import write_table
from courses.models import VenueFeature
from tests.courses.open_data_rows import CITY, hall
from tests.courses.open_data_rules import FACILITIES, faults_in_file, rows_of
from tests.factories import NOON, CourseRunFactory, RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db


def content() -> bytes:
    listed = [ListedVenue(venue, CITY) for venue in listed_venues()]
    return b"".join(write_table(FACILITY_COLUMNS, complete(FACILITY_COLUMNS, listed)))


def test_a_venue_is_one_row_with_its_barrier_free_facts():
    venue = hall(
        phone="(0420)51-2025", latitude="35.7", longitude="139.5", closed_weekdays="1",
        opens_at=time(9), closes_at=time(21, 30), opening_note="祝日は休み",
        url="https://hall.example/", parking=Presence.YES, parking_note="6台",
        accessibility="段差なし",
    )  # fmt: skip
    for item, presence in (
        (BarrierFree.NURSING_ROOM, Presence.YES),
        (BarrierFree.WHEELCHAIR, Presence.YES),
        (BarrierFree.BRAILLE, Presence.NO),
    ):
        VenueFeature.objects.create(venue=venue, item=item, presence=presence)
    CourseRunFactory(venue=venue)

    (row,) = rows_of(content())

    assert row == {
        **dict.fromkeys(FACILITIES.names, ""),
        "都道府県コード又は市区町村コード": "999997",
        "NO": f"{venue.pk:010}",
        "都道府県名": "あおば県",
        "市区町村名": "みどり野市",
        "名称": "東会館",
        "名称_カナ": "ヒガシカイカン",
        "住所": "緑町1-1",
        "緯度": "35.700000",
        "経度": "139.500000",
        "電話番号": "0420-51-2025",
        "利用可能曜日": "火水木金土日",
        "開始時間": "09:00",
        "終了時間": "21:30",
        "利用可能日時特記事項": "祝日は休み",
        "バリアフリー情報": "車いすの利用;授乳室",
        "URL": "https://hall.example/",
        "備考": "駐車場：あり 6台\n段差なし",
    }
    assert faults_in_file(content(), FACILITIES) == []


def test_venues_of_runs_sessions_and_rooms_are_listed_once():
    by_run, by_session, by_room = hall(code="a"), hall(code="b"), hall(code="c")
    run = CourseRunFactory(venue=by_run)
    SessionFactory(run=run, venue=by_session)
    room = RoomFactory(venue=by_room)
    for day in (1, 2):
        SessionFactory(run=run, room=room, starts_at=NOON + timedelta(days=day))
    assert list(listed_venues()) == [by_run, by_session, by_room]


def test_venues_of_drafts_and_of_nothing_are_not_listed():
    hall()
    CourseRunFactory(venue=hall(), course__published_at=None)
    CourseRunFactory(venue=hall(), state="planned")
    assert list(listed_venues()) == []


def test_a_venue_without_kana_is_left_out():
    CourseRunFactory(venue=hall(name_kana=""))
    assert rows_of(content()) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_two_queries(number, django_assert_num_queries):
    for _ in range(number):
        CourseRunFactory(venue=hall())
    with django_assert_num_queries(2):
        content()
