"""推奨データセット「公共施設一覧」: 24 columns in this order, one row per venue.

Source: 推奨データセット 公共施設一覧. Barrier-free facts use the words of GIF DS-436.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from courses.domain.open_data import Publisher
from courses.domain.wording import WEEKDAYS
from courses.enums import BarrierFree, Presence
from courses.exchange.open_data.columns import Column, Kind
from courses.exchange.open_data.event_columns import number
from courses.exchange.open_data.event_texts import parking
from courses.models import Venue

BETWEEN = ";"


@dataclass(frozen=True)
class ListedVenue:
    venue: Venue
    publisher: Publisher


def barrier_free(venue: Venue) -> str:
    """What there is, in the official order; what is not known is not said."""
    there = {one.item for one in venue.features.all() if one.presence == Presence.YES}
    return BETWEEN.join(str(item.label) for item in BarrierFree if item in there)


def open_weekdays(venue: Venue) -> str:
    """月火水木金 without the closed days; empty where no closed day is known."""
    if not venue.closed_weekdays:
        return ""
    return "".join(
        name
        for weekday, name in enumerate(WEEKDAYS, start=1)
        if str(weekday) not in venue.closed_weekdays
    )


def remarks(venue: Venue) -> str:
    told = parking(venue)
    parts = (f"駐車場：{told}" if told else "", venue.accessibility)
    return "\n".join(part for part in parts if part)


FACILITY_COLUMNS: tuple[Column[ListedVenue], ...] = (
    Column("都道府県コード又は市区町村コード", lambda one: one.publisher.code, Kind.CODE),
    Column(
        "NO",
        lambda one: number(one.venue.pk),
        Kind.CODE,
        about=_("会場ごとの10けたの番号。変わりません。"),
    ),
    Column("都道府県名", lambda one: one.publisher.prefecture),
    Column("市区町村名", lambda one: one.publisher.city),
    Column("名称", lambda one: one.venue.name, required=True),
    Column("名称_カナ", lambda one: one.venue.name_kana, required=True),
    Column("名称_通称", lambda one: ""),
    Column("POIコード", lambda one: "", Kind.CODE),
    Column("住所", lambda one: one.venue.address, required=True),
    Column("方書", lambda one: ""),
    Column("緯度", lambda one: one.venue.latitude, Kind.DEGREES),
    Column("経度", lambda one: one.venue.longitude, Kind.DEGREES),
    Column("電話番号", lambda one: one.venue.phone, Kind.PHONE),
    Column("内線番号", lambda one: ""),
    Column("法人番号", lambda one: "", Kind.CODE),
    Column("団体名", lambda one: ""),
    Column(
        "利用可能曜日",
        lambda one: open_weekdays(one.venue),
        about=_("休館する曜日が分かっている会場だけ。"),
    ),
    Column("開始時間", lambda one: one.venue.opens_at, Kind.TIME),
    Column("終了時間", lambda one: one.venue.closes_at, Kind.TIME),
    Column("利用可能日時特記事項", lambda one: one.venue.opening_note),
    Column("説明", lambda one: one.venue.description, Kind.PROSE),
    Column(
        "バリアフリー情報",
        lambda one: barrier_free(one.venue),
        about=_("あるものだけを、半角のセミコロンで区切って並べます。"),
    ),
    Column("URL", lambda one: one.venue.url, Kind.URL),
    Column("備考", lambda one: remarks(one.venue), Kind.PROSE),
)
