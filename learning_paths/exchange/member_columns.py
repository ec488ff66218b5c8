"""The columns of a list of members of groups."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.exchange.columns.addresses import Mail
from courses.exchange.columns.choices import Choice
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Day
from courses.exchange.columns.phones import Phone
from courses.exchange.columns.texts import Code, Kana, Text
from learning_paths.enums import MemberRole, MembershipState
from learning_paths.models import Membership

ROLES = {
    "会長": MemberRole.LEADER,
    "代表者": MemberRole.LEADER,
    "副代表": MemberRole.COORDINATOR,
    "事務局": MemberRole.COORDINATOR,
    "連絡担当": MemberRole.COORDINATOR,
    "メンバー": MemberRole.MEMBER,
}


def _joined(member: Membership) -> date | None:
    return timezone.localdate(member.joined_at) if member.joined_at else None


def _left(member: Membership) -> date | None:
    return timezone.localdate(member.left_at) if member.left_at else None


MEMBER_COLUMNS: tuple[Column, ...] = (
    Column(
        "group_code",
        "団体番号",
        Code(20),
        known_as="登録番号 団体コード",
        take=lambda member: member.group.code,
    ),
    Column(
        "group_name",
        "団体名",
        Text(120),
        known_as="団体 サークル名 グループ名",
        example="北町防災の会",
        take=lambda member: member.group.name,
    ),
    Column(
        "full_name",
        "氏名",
        Text(120),
        known_as="お名前 名前 会員名 会員氏名",
        take=lambda member: member.full_name,
        help_text=_("確かめるためだけに使い、取り込みません。"),
    ),
    Column(
        "family_name",
        "氏",
        Text(60),
        known_as="姓 名字 苗字",
        help_text=_("アカウントのない会員だけに使います。"),
    ),
    Column("given_name", "名", Text(60), known_as="下の名前"),
    Column("family_name_kana", "氏（カナ）", Kana(60), known_as="セイ 氏カナ 姓カナ"),
    Column("given_name_kana", "名（カナ）", Kana(60), known_as="メイ 名カナ"),
    Column("phone", "電話番号", Phone(), known_as="電話 TEL 連絡先電話"),
    Column(
        "email",
        "メールアドレス",
        Mail(),
        known_as="メール Eメール E-mail mail アドレス 連絡先",
        example="hanako@example.jp",
    ),
    Column(
        "role",
        "役割",
        Choice(MemberRole, also=ROLES),
        known_as="役職 役 立場",
        example="代表",
    ),
    Column(
        "state",
        "状態",
        Choice(MembershipState),
        known_as="参加状況",
        help_text=_("書き出したときの状態です。取り込みません。"),
    ),
    Column(
        "joined_on",
        "参加日",
        Day(needs_year=True),
        known_as="入会日 入会年月日 加入日 開始日",
        example="2026/4/1",
        take=_joined,
    ),
    Column(
        "left_on",
        "退会日",
        Day(needs_year=True),
        known_as="退会年月日 終了日 脱退日",
        take=_left,
    ),
)
