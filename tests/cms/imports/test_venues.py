"""A list of venues and rooms: looked at row by row, applied whole, taken back."""

import pytest

from courses.enums import RowOutcome as Outcome
from courses.models import Room, Venue
from tests.cms.imports.bringing import (
    address,
    apply,
    as_csv,
    outcomes,
    planned,
    reasons,
    undo,
)
from tests.factories import RoomFactory, SessionFactory, VenueFactory

pytestmark = pytest.mark.django_db
HEADING = ["施設名", "ｶﾅ", "〒", "電話", "休館日", "開館", "閉館", "部屋", "定員"]
NORTH = [
    "北会館",
    "ｷﾀｶｲｶﾝ",
    "180-0001",
    "0422-60-1111",
    "月・火",
    "9時",
    "午後9時",
    "会議室1",
    "30名",
]


def brought(client, section, *rows):
    return planned(client, "venues", as_csv(HEADING, *rows), department=section.pk)


def test_nothing_is_written_before_somebody_agreed(client, officer, section):
    upload = brought(client, section, NORTH)
    assert (upload.state, Venue.objects.count()) == ("planned", 0)
    assert (outcomes(upload), reasons(upload)) == ({2: Outcome.NEW}, {})


def test_new_venue_comes_with_its_room(client, officer, section):
    apply(client, brought(client, section, NORTH))
    venue = Venue.objects.get(name="北会館")
    assert (venue.name_kana, venue.postal_code, venue.phone) == (
        "キタカイカン",
        "1800001",
        "0422-60-1111",
    )
    assert (
        venue.closed_weekdays,
        f"{venue.opens_at:%H:%M}",
        f"{venue.closes_at:%H:%M}",
    ) == (
        "12",
        "09:00",
        "21:00",
    )
    assert [(room.name, room.capacity) for room in venue.rooms.all()] == [("会議室1", 30)]


def test_rows_of_one_venue_are_its_rooms(client, officer, section):
    second = ["北会館", "", "", "", "", "", "", "和室", "20"]
    upload = brought(client, section, NORTH, second)
    assert outcomes(upload) == {2: Outcome.NEW, 3: Outcome.NEW}
    apply(client, upload)
    assert Venue.objects.get().rooms.count() == 2


def test_same_list_again_changes_nothing(client, officer, section):
    apply(client, brought(client, section, NORTH))
    again = brought(client, section, NORTH)
    assert outcomes(again) == {2: Outcome.UNCHANGED}
    page = client.get(address(again)).content.decode()
    assert "取り込むと変わるものはありません。" in page
    assert "同じ" not in page


def test_change_is_shown_field_by_field(client, officer, section):
    VenueFactory(name="北会館", phone="0422-60-1111", area="北部")
    upload = planned(
        client,
        "venues",
        as_csv(["会場名", "電話番号", "地区"], ["北会館", "0422-60-9999", "北部"]),
        department=section.pk,
    )
    row = upload.rows.get()
    assert (row.outcome, row.changes) == (
        "changed",
        {"電話番号": ["0422-60-1111", "0422-60-9999"]},
    )
    page = client.get(address(upload)).content.decode()
    assert "<del>0422-60-1111</del> → <ins>0422-60-9999</ins>" in page


def test_refused_rows_say_why_and_come_first(client, officer, section):
    wrong = ["南会館", "", "12", "110", "さくら", "9時", "", "", ""]
    upload = brought(client, section, NORTH, wrong)
    assert reasons(upload) == {
        3: "郵便番号: 「12」を郵便番号として読めません。7けたで書いてください。 "
        "電話番号: 「110」を電話番号として読めません。市外局番から書いてください。 "
        "休館する曜日: 「さくら」を曜日として読めません。月・火 のように書いてください。"
    }
    page = client.get(address(upload)).content.decode()
    assert 'href="?show=refused" aria-current="page"' in page
    assert "取り込めない1行は、除いて取り込みます。" in page


def test_rule_of_the_register_holds(client, officer, section):
    upload = brought(client, section, ["南会館", "", "", "", "", "9:00", "", "", ""])
    assert reasons(upload) == {2: "開館と閉館の時刻は、両方を入力してください。"}


def test_undo_takes_out_what_was_made_and_puts_back_what_was(client, officer, section):
    kept = VenueFactory(name="東会館", phone="0422-60-1111")
    east = ["東会館", "", "", "0422-60-2222", "", "", "", "", ""]
    upload = brought(client, section, NORTH, east)
    apply(client, upload)
    answer = undo(client, upload)
    assert upload.state == "undone", upload.failure
    assert "取り消しました" in answer.content.decode()
    kept.refresh_from_db()
    assert (kept.phone, list(Venue.objects.all()), Room.objects.count()) == (
        "0422-60-1111",
        [kept],
        0,
    )


def test_undo_is_refused_whole_where_a_room_is_booked(client, officer, section):
    upload = brought(client, section, NORTH, ["南会館", *[""] * 8])
    apply(client, upload)
    room = Room.objects.get()
    SessionFactory(room=room, venue=room.venue)
    answer = undo(client, upload)
    assert (upload.state, Venue.objects.count()) == ("applied", 2)
    words = answer.content.decode()
    assert "取り消せない行が1行あるため、何も取り消していません。" in words
    assert (
        "<strong>2行目</strong> 「北会館 会議室1」は使われているため、取り消せません。"
        in words
    )


def test_undo_is_refused_where_somebody_changed_it_since(client, officer, section):
    upload = brought(client, section, NORTH)
    apply(client, upload)
    Venue.objects.update(phone="0422-99-9999")
    undo(client, upload)
    assert upload.blocked == {"2": "「北会館」は、取込みのあとに変わりました（電話番号）。"}
    assert Venue.objects.count() == 1


def test_who_changes_the_register_meanwhile_is_not_overwritten(client, officer, section):
    VenueFactory(name="北会館", phone="0422-60-1111")
    upload = planned(
        client,
        "venues",
        as_csv(["会場名", "電話番号"], ["北会館", "0422-60-2222"]),
        department=section.pk,
    )
    Venue.objects.update(phone="0422-60-3333")
    answer = apply(client, upload)
    assert Venue.objects.get().phone == "0422-60-3333"
    words = " ".join(answer.content.decode().split())
    assert "見ているあいだに、ほかの変更がありました。" in words
    assert "<del>0422-60-3333</del> → <ins>0422-60-2222</ins>" in words


def test_two_venues_of_one_name_need_the_code(client, officer, section):
    VenueFactory(name="北会館")
    VenueFactory(name="北会館")
    upload = brought(client, section, NORTH)
    assert reasons(upload) == {
        2: "「北会館」という会場が2件あります。会場コードを書いてください。"
    }


def test_room_belongs_to_the_venue_named(client, officer, section):
    RoomFactory(venue=VenueFactory(name="南会館"), name="会議室1")
    apply(client, brought(client, section, NORTH))
    assert sorted(str(room) for room in Room.objects.all()) == [
        "北会館 会議室1",
        "南会館 会議室1",
    ]
