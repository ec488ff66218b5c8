"""Where it is: a venue, a room in it where that is certain, or no place but online."""

import re
from dataclasses import dataclass
from decimal import Decimal

from courses.domain.event_facts import Place
from courses.enums import Delivery
from courses.exchange.event_list.cleaning import (
    Unreadable,
    line,
    postal_code,
    prose,
    read_coordinate,
    width,
)
from courses.exchange.event_list.reading import Row

_ONLINE = re.compile(r"^(オンライン|web|ウェブ|zoom|youtube|動画配信)", re.I)
_SEVERAL = re.compile(r"[、，,/／]|ほか|および|及び")
# A building ends in one of these words, so that what follows a space is a room in it.
_BUILDING = re.compile(
    r"(館|センター|プレイス|プラザ|役所|役場|庁舎|棟|ホール|学校|大学|公園|スイング|分室)$"
)
# 方書 that names a room of the place and not the building the place is in.
_ROOM = re.compile(
    r"(室|ホール|スペース|ルーム|コーナー|スタジオ|ギャラリー|ロビー|ラウンジ|アトリエ)[A-Z0-9]*$"
)
_FLOOR = re.compile(r"^(.+?[^\d\s(（])\s*((?:地下)?\d+(?:階|F)(?!建).*)$")
_FOUNDER = re.compile(r"^(\S{1,10}立) ")  # 武蔵野市立 武蔵野ふるさと歴史館 is one name
LATITUDES, LONGITUDES = (20, 46), (122, 154)


@dataclass(frozen=True)
class Whereabouts:
    delivery: Delivery
    place: Place | None


def whereabouts(row: Row) -> Whereabouts:
    """Of a row, from 場所名称 or, where that is empty, 集合場所."""
    text = _FOUNDER.sub(r"\1", line(row["venue"] or row["meeting_place"]))
    parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
    on_site = [part for part in parts if not _ONLINE.match(width(part))]
    if not text or len(on_site) == len(parts):
        return Whereabouts(Delivery.VENUE, _place(text, row) if text else None)
    if not on_site:
        return Whereabouts(Delivery.ONLINE, None)
    return Whereabouts(Delivery.HYBRID, _place("、".join(on_site), row))


def split_room(text: str) -> tuple[str, str]:
    """桜堤児童館　1階ホール → 桜堤児童館, 1階ホール. In doubt everything is the venue."""
    if _SEVERAL.search(text):
        return text, ""
    first, _space, rest = text.partition(" ")
    if rest and _BUILDING.search(first):
        return first, rest
    floor = _FLOOR.match(text)
    if floor and "(" not in floor[1] and "（" not in floor[1]:
        return floor[1], floor[2]
    return text, ""


def _place(text: str, row: Row) -> Place:
    room = line(row["building"])
    inside = bool(_ROOM.search(width(room)))
    venue, room = (text, room) if inside else split_room(text)
    parking = prose(row["parking"])
    directions = (prose(row["access"]), f"駐車場　{parking}" if parking else "")
    latitude, longitude = _position(row)
    return Place(
        venue=venue,
        room=room,
        address=_address(row, building="" if inside else line(row["building"])),
        postal_code=postal_code(row["postal_code"]),
        access="\n".join(part for part in directions if part),
        latitude=latitude,
        longitude=longitude,
    )


def _address(row: Row, *, building: str) -> str:
    """Only where a street is named: the town alone says nothing."""
    whole = line(row["address"])
    if not whole and line(row["town"]):
        whole = "".join(line(row[part]) for part in ("prefecture", "city", "town", "block"))
    return f"{whole} {building}".strip() if whole else ""


def _position(row: Row) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """Both or neither; a place outside Japan is a mistake in the list."""
    try:
        latitude = read_coordinate(row["latitude"], *LATITUDES)
        longitude = read_coordinate(row["longitude"], *LONGITUDES)
    except Unreadable:
        return None, None
    if latitude is None or longitude is None:
        return None, None
    return latitude, longitude
