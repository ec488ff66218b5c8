"""The columns of the register of groups."""

from django.utils import timezone

from courses.exchange.columns.addresses import Address
from courses.exchange.columns.choices import Choice
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day
from courses.exchange.columns.texts import Code, Kana, LongText, Text
from learning_paths.enums import GroupKind, GroupState

KINDS = {
    "特定非営利活動法人": GroupKind.NPO,
    "NPO": GroupKind.NPO,
    "市民活動団体": GroupKind.VOLUNTARY,
    "自治会": GroupKind.NEIGHBOURHOOD,
    "町内会": GroupKind.NEIGHBOURHOOD,
    "会社": GroupKind.COMPANY,
}
STATES = {
    "登録": GroupState.REGISTERED,
    "活動中": GroupState.REGISTERED,
    "解散": GroupState.CLOSED,
    "終了": GroupState.CLOSED,
    "期限切れ": GroupState.LAPSED,
    "抹消": GroupState.CLOSED,
}
GROUP_COLUMNS: tuple[Column, ...] = (
    Column(
        "code",
        "団体番号",
        Code(20),
        known_as="登録番号 番号 団体コード 登録団体番号",
    ),
    Column(
        "name",
        "団体名",
        Text(120),
        known_as="団体 団体の名称 名称 サークル名 グループ名",
        required=True,
        example="北町防災の会",
    ),
    Column(
        "name_kana",
        "団体名（カナ）",
        Kana(160),
        known_as="団体名カナ 団体カナ フリガナ ふりがな カナ よみ 名称カナ",
        example="キタマチボウサイノカイ",
    ),
    Column(
        "kind",
        "団体の種類",
        Choice(GroupKind, also=KINDS),
        known_as="種類 種別 区分 法人格",
        example="任意団体",
    ),
    Column(
        "activity",
        "活動の内容",
        LongText(1000),
        known_as="活動内容 活動 主な活動 活動目的",
        example="避難所の運営を学んでいます。",
    ),
    Column("area", "主な活動の地区", Text(40), known_as="地区 活動地区 地域 活動地域"),
    Column("meets", "活動日・場所", Text(200), known_as="活動日 活動場所 定例日"),
    Column("website", "ウェブサイト", Address(), known_as="URL ホームページ HP サイト"),
    Column(
        "state",
        "登録状況",
        Choice(GroupState, also=STATES),
        known_as="状況 登録状態 状態",
        example="登録済み",
    ),
    Column(
        "registered_on",
        "登録日",
        Day(needs_year=True),
        known_as="登録年月日 登録日時 設立日",
        example="令和6年4月1日",
        take=lambda group: timezone.localdate(group.registered_at),
    ),
)
