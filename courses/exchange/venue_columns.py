"""The columns of a list of venues: one row a room, or one for a venue without rooms."""

from dataclasses import dataclass

from courses.enums import Presence
from courses.exchange.columns.addresses import Address
from courses.exchange.columns.choices import Choice
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Clock
from courses.exchange.columns.numbers import Degrees, Number
from courses.exchange.columns.phones import Phone
from courses.exchange.columns.postcodes import Postcode
from courses.exchange.columns.texts import Code, Kana, LongText, Text
from courses.exchange.columns.weekdays import Weekdays
from courses.models import Room, Venue


@dataclass(frozen=True)
class VenueRow:
    """What one row of the list is about."""

    venue: Venue
    room: Room | None = None


class VenueColumn(Column):
    def get_value(self, instance: VenueRow) -> object:
        return getattr(instance.venue, self.name)


class RoomColumn(Column):
    def get_value(self, instance: VenueRow) -> object:
        name = self.name.removeprefix("room_")
        return getattr(instance.room, name) if instance.room else None


OF_VENUE = (
    VenueColumn(
        "code",
        "会場コード",
        Code(40),
        known_as="施設コード 会場番号 コード",
        example="kita-center",
    ),
    VenueColumn(
        "name",
        "会場名",
        Text(120),
        known_as="会場 施設名 施設 館名 名称 場所",
        required=True,
        example="北市民センター",
    ),
    VenueColumn(
        "name_kana",
        "会場名（カナ）",
        Kana(160),
        known_as="会場名カナ 施設名カナ 名称カナ カナ フリガナ ふりがな よみ 読み",
        example="キタシミンセンター",
    ),
    VenueColumn("area", "地区", Text(40), known_as="地域 エリア 区域", example="北部"),
    VenueColumn(
        "postal_code",
        "郵便番号",
        Postcode(),
        known_as="〒 郵便 〒番号 zip",
        example="1800001",
    ),
    VenueColumn(
        "address",
        "住所",
        Text(200),
        known_as="所在地 住所1 場所の住所",
        example="北町1-2-3",
    ),
    VenueColumn(
        "phone",
        "電話番号",
        Phone(),
        known_as="電話 TEL 連絡先 代表電話",
        example="0420-12-3456",
    ),
    VenueColumn(
        "access",
        "アクセス",
        LongText(1000),
        known_as="行き方 交通 交通案内 最寄り駅",
    ),
    VenueColumn(
        "description",
        "紹介",
        LongText(2000),
        known_as="説明 概要 備考",
    ),
    VenueColumn(
        "url",
        "ウェブサイト",
        Address(),
        known_as="URL ホームページ HP サイト",
    ),
    VenueColumn(
        "closed_weekdays",
        "休館する曜日",
        Weekdays(),
        known_as="休館日 定休日 休館曜日",
        example="月",
    ),
    VenueColumn(
        "opens_at",
        "開館時刻",
        Clock(),
        known_as="開館 開館時間 開始時刻",
        example="9:00",
    ),
    VenueColumn(
        "closes_at",
        "閉館時刻",
        Clock(),
        known_as="閉館 閉館時間 終了時刻",
        example="21:00",
    ),
    VenueColumn(
        "opening_note",
        "開館日の補足",
        Text(200),
        known_as="開館の補足",
    ),
    VenueColumn(
        "parking",
        "駐車場",
        Choice(
            Presence,
            also={
                "有": Presence.YES,
                "無": Presence.NO,
                "○": Presence.YES,
                "×": Presence.NO,
            },
        ),
        known_as="駐車場有無 駐車場の有無",
        example="あり",
    ),
    VenueColumn(
        "parking_note",
        "駐車場の補足",
        Text(200),
        known_as="駐車台数 駐車場備考",
    ),
    VenueColumn(
        "accessibility",
        "バリアフリーの補足",
        LongText(1000),
        known_as="バリアフリー バリアフリー情報",
    ),
    VenueColumn(
        "latitude",
        "緯度",
        Degrees(),
        known_as="lat latitude",
    ),
    VenueColumn(
        "longitude",
        "経度",
        Degrees(),
        known_as="lng lon longitude",
    ),
)
OF_ROOM = (
    RoomColumn(
        "room_name",
        "部屋名",
        Text(80),
        known_as="部屋 室名 会議室 諸室名 部屋の名前",
        example="第1会議室",
    ),
    RoomColumn(
        "room_capacity",
        "収容人数",
        Number(0, 100_000),
        known_as="定員 人数 収容定員 部屋の定員",
        example="36",
    ),
    RoomColumn(
        "room_equipment",
        "設備",
        Text(200),
        known_as="備品 部屋の設備",
        example="スクリーン",
    ),
)
VENUE_COLUMNS: tuple[Column, ...] = (*OF_VENUE, *OF_ROOM)
