"""The terms of taking part, read from prose: how places are given, how many, the fee.

The words are those of the city bulletin (申込順, 超えた場合抽選, …). What the words do
not say is not made up: it stays unknown and is said so.
"""

import re
from dataclasses import dataclass

from courses.enums import CapacityUnit, SelectionMode
from courses.exchange.event_list.cleaning import Unreadable, line, read_number, width

LARGEST = 1_000_000
_NEEDED = re.compile(
    r"^(必要|要($|[(（\s]))|(申し?込み?|予約)(が|は)必要(?!あり)|要(予約|申込)"
)
_NOT_NEEDED = re.compile(
    r"^不要|(申し?込み?|予約)(は|の)?\s*(不要|いりません|必要(は|も)?(ありません|ない|なし))"
)
_WALK_IN = re.compile(r"当日[、,\s]*(直接|会場|現地)|直接[、,\s]*会場")
_WORDS = (
    (
        SelectionMode.LOTTERY_IF_OVER,
        re.compile(r"(多数|超え|こえ|超過|上回|オーバー)[^。\n]{0,20}抽選"),
    ),
    (SelectionMode.SCREENING, re.compile(r"選考")),
    (SelectionMode.FIRST_COME, re.compile(r"先着|(申し?込み?|受付)順")),
    (SelectionMode.LOTTERY, re.compile(r"抽選")),
)
_UNLIMITED = re.compile(r"^(定員(は)?)?(なし|無し|ありません|設けません|制限なし|無制限)$")
_PEOPLE = re.compile(
    r"^(?:各[回日]|先着|定員|親子)*[:\s]*(?:\d+[~〜-])?(\d+)(名|人|組|家族|世帯)?"
)
_PARTIES = ("組", "家族", "世帯")
_YEN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)\s*円")


def selection_mode(how_to_apply: str, *elsewhere: str) -> SelectionMode | None:
    """None where the list does not say it.

    Whether an application is needed is said in 申込方法 (or, that being empty, in the
    remarks); in which way places are given, anywhere.
    """
    said = width(how_to_apply) or "\n".join(width(text) for text in elsewhere)
    asked = _NEEDED.search(said)
    if _NOT_NEEDED.search(said) and not asked:
        return SelectionMode.OPEN
    for text in (how_to_apply, *elsewhere):
        for mode, words in _WORDS:
            if words.search(width(text)):
                return mode
    if _WALK_IN.search(width(how_to_apply)) and not asked:
        return SelectionMode.OPEN
    return None


@dataclass(frozen=True)
class Capacity:
    """`number` none: no limit was set, or none can be told from `note`."""

    number: int | None
    unit: CapacityUnit = CapacityUnit.PERSONS
    note: str = ""


def capacity(text: str) -> Capacity:
    """20, 20名（申込順）, 各回10組, 定員なし, 若干名."""
    said = line(text)
    cell = re.sub(r"[\s,]", "", width(text))
    if not cell:
        return Capacity(None)
    if _UNLIMITED.match(cell):
        return Capacity(None, note="定員なし")
    found = _PEOPLE.match(cell)
    if not found or not 0 < int(found[1]) <= LARGEST:
        return Capacity(None, note=said)
    unit = CapacityUnit.PARTIES if found[2] in _PARTIES else CapacityUnit.PERSONS
    plain = re.fullmatch(r"\d+(名|人|組)?", cell)
    return Capacity(int(found[1]), unit, "" if plain else said)


@dataclass(frozen=True)
class Fee:
    """`yen` is 0 where it is free, or where only `note` knows."""

    yen: int
    note: str
    is_known: bool


def fee(basic: str, detail: str) -> Fee:
    """From 料金(基本) and 料金(詳細); without the first, the first amount of the second."""
    words = line(detail)
    try:
        yen = read_number(basic)
    except Unreadable:
        words, yen = f"{line(basic)} {words}".strip(), None
    if yen is not None and yen <= LARGEST:
        return Fee(yen, "" if words in ("無料", str(yen), f"{yen:,}円") else words, True)
    amounts = [int(amount.replace(",", "")) for amount in _YEN.findall(width(words))]
    paid = [amount for amount in amounts if 0 < amount <= LARGEST]
    if paid:
        return Fee(paid[0], words, True)
    if re.match(r"無料", width(words)):
        return Fee(0, "" if words == "無料" else words, True)
    return Fee(0, words, bool(words))
