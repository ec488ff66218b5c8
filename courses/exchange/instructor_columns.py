"""The columns of a list of instructors."""

from courses.exchange.columns.addresses import Mail
from courses.exchange.columns.choices import Several, YesNo
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.phones import Phone
from courses.exchange.columns.texts import LongText, Text
from courses.exchange.name_columns import NAME_COLUMNS
from courses.models import Instructor


def _themes(instructor: Instructor) -> list[str]:
    return sorted(theme.name for theme in instructor.themes.all())


INSTRUCTOR_COLUMNS: tuple[Column, ...] = (
    Column(
        "pk",
        "講師番号",
        Number(1),
        known_as="講師ID 番号 No",
    ),
    *NAME_COLUMNS,
    Column(
        "title",
        "肩書",
        Text(120),
        known_as="肩書き 所属 所属・肩書 役職 職業",
        example="防災士",
    ),
    Column(
        "profile",
        "紹介",
        LongText(4000),
        known_as="プロフィール 略歴 経歴 講師紹介",
    ),
    Column(
        "themes",
        "教えられるテーマ",
        Several(80, dots=True),
        known_as="テーマ 分野 得意分野 専門 専門分野",
        take=_themes,
    ),
    Column(
        "areas",
        "対応できる地区",
        Text(200),
        known_as="地区 地域 対応地区 活動地域",
        example="市内全域",
    ),
    Column(
        "is_local_talent",
        "地域の人材として登録",
        YesNo(),
        known_as="地域人材 人材登録",
        example="○",
    ),
    Column(
        "contact_email",
        "メールアドレス（内部）",
        Mail(),
        known_as="メール メールアドレス E-mail 連絡先メール",
        example="tanaka@example.jp",
    ),
    Column(
        "contact_phone",
        "電話番号（内部）",
        Phone(),
        known_as="電話 電話番号 TEL 連絡先電話",
        example="0420-12-3456",
    ),
    Column(
        "fee_note",
        "謝金の目安（内部）",
        Text(120),
        known_as="謝金 謝礼 講師料",
    ),
    Column(
        "staff_note",
        "メモ（内部）",
        LongText(4000),
        known_as="メモ 備考",
    ),
    Column(
        "consents_to_publish",
        "公開に同意",
        YesNo(),
        known_as="公開同意 公開の同意 公開可 掲載同意",
        example="○",
    ),
    Column(
        "consented_on",
        "同意した日",
        Day(needs_year=True),
        known_as="同意日",
        example="2026/4/1",
    ),
)
