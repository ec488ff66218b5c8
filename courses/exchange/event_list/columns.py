"""Which column means what in the two event lists that cities publish.

Sources: base registry "event" (GIF event vocabulary, 50 columns) and 推奨データセット
「イベント一覧」 (32 columns). Cities append columns of their own, change the width of
brackets and put spaces into headings; headings are compared without all that.
"""

import unicodedata
from dataclasses import dataclass

BASE_REGISTRY = (
    ("NO", "number"),
    ("都道府県コード又は市区町村コード", "municipality"),
    ("名称", "name"),
    ("名称(カナ)", "name_kana"),
    ("名称(英字)", "name_en"),
    ("名称(通称)", ""),
    ("サブタイトル", "subtitle"),
    ("概要", "abstract"),
    ("説明", "description"),
    ("サブイベント", ""),
    ("イベント種類", "category"),
    ("URL", "url"),
    ("画像URL", ""),
    ("状態", "status"),
    ("対象となる産業", ""),
    ("ステージ", ""),
    ("開始日", "start_date"),
    ("終了日", "end_date"),
    ("開始時刻", "start_time"),
    ("終了時刻", "end_time"),
    ("日時備考", "time_note"),
    ("場所名称", "venue"),
    ("集合場所", "meeting_place"),
    ("郵便番号", "postal_code"),
    ("住所都道府県", "prefecture"),
    ("住所市区町村", "city"),
    ("住所町名", "town"),
    ("住所丁目以下", "block"),
    ("建物名等", "building"),
    ("緯度", "latitude"),
    ("経度", "longitude"),
    ("主催団体", "organiser"),
    ("共催団体", "co_organiser"),
    ("その他関係団体", "other_partners"),
    ("対象者", "audience"),
    ("定員", "capacity"),
    ("料金(基本)", "fee"),
    ("料金(詳細)", "fee_note"),
    ("外国語対応", "languages"),
    ("申込期限日", "deadline_date"),
    ("申込期限時刻", "deadline_time"),
    ("申込方法", "how_to_apply"),
    ("アクセス方法", "access"),
    ("駐車場情報", "parking"),
    ("駐輪場情報", "bicycles"),
    ("連絡先名称", "contact_name"),
    ("連絡先電話番号", "contact_phone"),
    ("連絡先内線番号", "contact_extension"),
    ("連絡先メールアドレス", "contact_email"),
    ("備考", "remarks"),
)

RECOMMENDED = (
    ("都道府県コード又は市区町村コード", "municipality"),
    ("NO", "number"),
    ("都道府県名", "prefecture_name"),
    ("市区町村名", "city_name"),
    ("イベント名", "name"),
    ("イベント名_カナ", "name_kana"),
    ("イベント名_英語", "name_en"),
    ("開始日", "start_date"),
    ("終了日", "end_date"),
    ("開始時間", "start_time"),
    ("終了時間", "end_time"),
    ("開始日時特記事項", "time_note"),
    ("説明", "description"),
    ("料金(基本)", "fee"),
    ("料金(詳細)", "fee_note"),
    ("連絡先名称", "contact_name"),
    ("連絡先電話番号", "contact_phone"),
    ("連絡先内線番号", "contact_extension"),
    ("主催者", "organiser"),
    ("場所名称", "venue"),
    ("住所", "address"),
    ("方書", "building"),
    ("緯度", "latitude"),
    ("経度", "longitude"),
    ("アクセス方法", "access"),
    ("駐車場情報", "parking"),
    ("定員", "capacity"),
    ("参加申込終了日", "deadline_date"),
    ("参加申込終了時間", "deadline_time"),
    ("参加申込方法", "how_to_apply"),
    ("URL", "url"),
    ("備考", "remarks"),
)

# Columns that cities are known to append, or that later revisions of the list renamed.
APPENDED = (
    ("全国地方公共団体コード", "municipality"),
    ("コンテンツURL", "url"),
    ("所在地_連結表記", "address"),
    ("概要", "abstract"),
    ("共催協力", "co_organiser"),
    ("参加条件_詳細", "audience"),
    ("郵便番号", "postal_code"),
    ("連絡先メールアドレス", "contact_email"),
)
NEEDED = ("name", "start_date")


def fold(heading: str) -> str:
    """The heading without width, case, spaces and byte order mark."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(text.replace("\ufeff", "").split())


_RECOMMENDED_ONLY = {fold(heading): field for heading, field in RECOMMENDED + APPENDED}
_BASE = {fold(heading): field for heading, field in BASE_REGISTRY}


@dataclass(frozen=True)
class Header:
    """Where each field stands; `unknown` and `doubled` are headings for the report."""

    width: int
    fields: tuple[tuple[str, int], ...]
    unknown: tuple[tuple[str, int], ...]
    doubled: tuple[str, ...]

    @property
    def is_event_list(self) -> bool:
        names = {field for field, _position in self.fields}
        return all(field in names for field in NEEDED)


def read_header(cells: list[str]) -> Header:
    """The header as both lists would read it; the leftmost of doubled columns counts."""
    meaning = _RECOMMENDED_ONLY | _BASE
    fields: dict[str, int] = {}
    seen: set[str] = set()
    unknown: list[tuple[str, int]] = []
    doubled: list[str] = []
    for position, cell in enumerate(cells):
        heading = fold(cell)
        if heading and heading in seen:
            doubled.append(cell.strip())
            continue
        seen.add(heading)
        field = meaning.get(heading, "")
        if field and field not in fields:
            fields[field] = position
        elif heading:
            unknown.append((cell.strip(), position))
    return Header(len(cells), tuple(fields.items()), tuple(unknown), tuple(doubled))
