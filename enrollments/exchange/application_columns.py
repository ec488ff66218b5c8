"""The columns of a list of applications: one row an application, as a postcard is."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import Residency
from courses.enums import PoolKind, SchoolYear
from courses.exchange.columns.addresses import Mail
from courses.exchange.columns.choices import Choice, Several, YesNo
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day, Moment
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.phones import Phone
from courses.exchange.columns.postcodes import Postcode
from courses.exchange.columns.texts import Code, LongText, Text
from courses.exchange.name_columns import NAME_COLUMNS
from enrollments.enums import ApplicationState, Channel
from enrollments.models import Application, Participant

CHANNELS = {
    "はがき": Channel.POSTCARD,
    "葉書": Channel.POSTCARD,
    "ハガキ": Channel.POSTCARD,
    "往復はがき": Channel.POSTCARD,
    "往復ハガキ": Channel.POSTCARD,
    "郵送": Channel.POSTCARD,
    "郵便": Channel.POSTCARD,
    "TEL": Channel.PHONE,
    "来庁": Channel.COUNTER,
    "来館": Channel.COUNTER,
    "FAX": Channel.FAX,
    "ファックス": Channel.FAX,
    "Eメール": Channel.MAIL,
    "電子メール": Channel.MAIL,
}
RESIDENCIES = {
    "在住": Residency.RESIDENT,
    "在勤": Residency.WORKER,
    "在学": Residency.STUDENT,
}


def applicant_of(application: Application) -> Participant | None:
    people = application.participants.all()
    return next((one for one in people if one.is_applicant), None)


def of_applicant(name: str) -> Callable[[Application], Any]:
    """What is kept with the person who comes; nothing where the applicant does not."""
    return lambda application: getattr(applicant_of(application), name, None)


def companions_of(application: Application) -> list[str]:
    """山田 太郎（ヤマダ タロウ）, as the importer reads it."""
    return [
        f"{one.full_name}（{one.full_name_kana}）"
        for one in application.participants.all()
        if not one.is_applicant
    ]


def _chosen(application: Application) -> int | None:
    session = application.pool.session
    return session.number if session else None


HOW = (
    Column(
        "receipt_number",
        "受付番号",
        Code(24),
        known_as="受付No 受付ナンバー 申込番号 受付番号(自動)",
    ),
    Column(
        "state",
        "状態",
        Choice(ApplicationState),
        known_as="申込状態",
    ),
    Column(
        "received_at",
        "受付日時",
        Moment(is_past=True),
        known_as=(
            "受付日 申込日 申込日時 届いた日 到着日 収受日 日付 タイムスタンプ 受信日時"
        ),
        example="2026/11/3 10:30",
        help_text=_("時刻がないときは、0:00になります。"),
    ),
    Column(
        "channel",
        "受付方法",
        Choice(Channel, also=CHANNELS),
        known_as="申込方法 受付区分 申込区分 方法 経路",
        example="はがき",
        help_text=_("列がないときや空のときは、はがきになります。"),
    ),
    Column(
        "postmarked_on",
        "消印の日",
        Day(is_past=True),
        known_as="消印 消印日",
    ),
    Column(
        "pool",
        "枠",
        Choice(PoolKind),
        known_as="申込枠 定員枠",
        take=lambda application: application.pool.kind,
    ),
    Column(
        "session",
        "参加する回",
        Text(40),
        known_as="希望日 希望回 参加日 希望の回 参加回",
        take=_chosen,
    ),
)
WHO = (
    *NAME_COLUMNS,
    Column(
        "birth_date",
        "生年月日",
        Day(needs_year=True),
        known_as="誕生日 生年 生まれ",
        example="昭和45年5月8日",
        take=of_applicant("birth_date"),
    ),
    Column(
        "age",
        "年齢",
        Number(0, 130),
        known_as="歳 お年",
        take=lambda application: None,
        help_text=_("生年月日の列がないときは、職員メモに書きます。"),
    ),
    Column(
        "school_year",
        "学年",
        Choice(
            SchoolYear,
            also={f"小{n}": SchoolYear(n) for n in range(1, 7)}
            | {f"中{n}": SchoolYear(n + 6) for n in range(1, 4)}
            | {f"高{n}": SchoolYear(n + 9) for n in range(1, 4)},
        ),
        take=of_applicant("school_year"),
    ),
    Column(
        "phone",
        "電話番号",
        Phone(),
        known_as=(
            "電話 TEL 連絡先 携帯 携帯電話 "
            "電話/携帯 ご連絡先 連絡先電話番号 日中の連絡先 連絡先（電話）"
        ),
        example="0420-12-3456",
    ),
    Column(
        "email",
        "メールアドレス",
        Mail(),
        known_as="メール Eメール E-mail mail アドレス 連絡先（メール）",
    ),
    Column(
        "postal_code",
        "郵便番号",
        Postcode(),
        known_as="〒 郵便 〒番号 郵便NO zip",
        example="180-0001",
    ),
    Column(
        "address",
        "住所",
        Text(200),
        known_as="ご住所 所在地 住所1 現住所 お住まい",
        example="北町1-2-3",
    ),
    Column(
        "residency",
        "区分",
        Choice(Residency, also=RESIDENCIES),
        known_as="在住・在勤・在学 市内在住 居住区分 在住在勤",
        example="市内在住",
    ),
    Column(
        "companions",
        "同伴者",
        Several(120),
        known_as="同行者 同伴者氏名 いっしょに参加する方 同伴者名 連れ",
        example="山田 太郎（ヤマダ タロウ）",
        take=companions_of,
    ),
    Column(
        "companions_kana",
        "同伴者フリガナ",
        Several(120),
        known_as="同伴者カナ 同行者カナ 同行者フリガナ",
        take=lambda application: [],
    ),
    Column(
        "group_code",
        "団体番号",
        Code(20),
        known_as="登録団体番号",
    ),
    Column(
        "group_name",
        "団体名",
        Text(120),
        known_as="所属団体 団体 グループ名",
    ),
    Column(
        "department",
        "所属する課",
        Text(80),
        known_as="所属課 所属 課名",
        take=lambda application: (
            application.department.name if application.department else ""
        ),
    ),
)
MORE = (
    Column(
        "message",
        "連絡事項",
        LongText(500),
        known_as="通信欄 ご要望 質問 メッセージ",
    ),
    Column(
        "staff_note",
        "職員メモ",
        LongText(1000),
        known_as="備考 メモ 摘要 特記事項 備考欄",
    ),
    Column(
        "override_reason",
        "特別に受け付ける理由",
        Text(200),
        known_as="受付理由 例外理由",
        take=lambda application: "",
    ),
    Column(
        "is_namesake",
        "同姓同名の別の方",
        YesNo(),
        known_as="別人",
        take=lambda application: None,
    ),
)
APPLICATION_COLUMNS: tuple[Column, ...] = (*HOW, *WHO, *MORE)
