"""Of a list of courses, the columns that say how a run is offered."""

from collections.abc import Callable
from typing import Any

from courses.enums import CapacityUnit, Delivery, PoolKind, SelectionMode
from courses.exchange.columns.addresses import Mail
from courses.exchange.columns.choices import Choice
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Moment
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import Code, LongText, Text
from courses.models import Session


def of_run(name: str) -> Callable[[Session], Any]:
    return lambda session: getattr(session.run, name)


def _capacity(session: Session) -> int | None:
    pools = [one for one in session.run.pools.all() if one.kind == PoolKind.GENERAL]
    own = [one for one in pools if one.session_id in (None, session.pk)]
    return own[0].capacity if own else None


SELECTION = {
    "先着": SelectionMode.FIRST_COME,
    "先着順": SelectionMode.FIRST_COME,
    "多数抽選": SelectionMode.LOTTERY_IF_OVER,
    "応募者多数の場合抽選": SelectionMode.LOTTERY_IF_OVER,
    "不要": SelectionMode.OPEN,
    "当日参加": SelectionMode.OPEN,
}
OF_RUN = (
    Column(
        "code",
        "開催番号",
        Code(20),
        known_as="開催コード 講座番号 管理番号",
        take=of_run("code"),
    ),
    Column(
        "label",
        "開催の呼び名",
        Text(60),
        known_as="期 呼び名 コース クール",
        example="第1期",
        take=of_run("label"),
    ),
    Column(
        "selection_mode",
        "決め方",
        Choice(SelectionMode, also=SELECTION),
        known_as="選考方法 申込区分 選定方法 募集方法",
        example="申込順",
        take=of_run("selection_mode"),
    ),
    Column(
        "capacity",
        "定員",
        Number(0, 100_000),
        known_as="募集人数 募集定員 人数",
        example="30",
        take=_capacity,
    ),
    Column(
        "capacity_unit",
        "定員の単位",
        Choice(CapacityUnit, also={"人": CapacityUnit.PERSONS}),
        known_as="単位",
        example="名",
        take=of_run("capacity_unit"),
    ),
    Column(
        "applications_open_at",
        "申込開始",
        Moment(),
        known_as="申込開始日 受付開始 受付開始日 募集開始 申込開始日時",
        example="2027/4/1 9:00",
        take=of_run("applications_open_at"),
    ),
    Column(
        "applications_close_at",
        "申込締切",
        Moment(),
        known_as="申込締切日 締切 締切日 受付終了 募集締切 申込期限 申込締切日時",
        example="2027/4/30 17:00",
        take=of_run("applications_close_at"),
    ),
    Column(
        "audience",
        "対象",
        Text(300),
        known_as="対象者 参加資格",
        example="市内在住・在勤の方",
        take=of_run("audience"),
    ),
    Column(
        "delivery",
        "開催方法",
        Choice(Delivery, also={"対面": Delivery.VENUE, "併用": Delivery.HYBRID}),
        known_as="実施方法",
        take=of_run("delivery"),
    ),
    Column(
        "fee",
        "費用（円）",
        Number(),
        known_as="費用 参加費 受講料 料金 参加料",
        example="0",
        take=of_run("fee"),
    ),
    Column(
        "fee_note",
        "費用の補足",
        Text(200),
        known_as="費用備考 教材費",
        take=of_run("fee_note"),
    ),
    Column(
        "bring",
        "持ち物",
        Text(200),
        known_as="持参品 準備するもの",
        take=of_run("bring"),
    ),
    Column(
        "how_to_apply",
        "申込方法",
        LongText(2000),
        known_as="申込み方法 申し込み方法",
        take=of_run("how_to_apply"),
    ),
    Column(
        "note",
        "そのほか",
        LongText(2000),
        known_as="備考 その他 注意事項",
        take=of_run("note"),
    ),
    Column(
        "contact_name",
        "問い合わせ先",
        Text(80),
        known_as="問合せ先 問合先 連絡先",
        take=of_run("contact_name"),
    ),
    Column(
        "contact_phone",
        "問い合わせ先の電話",
        Text(40),
        known_as="問合せ電話 電話 電話番号 TEL",
        take=of_run("contact_phone"),
    ),
    Column(
        "contact_email",
        "問い合わせ先のメール",
        Mail(),
        known_as="問合せメール メール メールアドレス",
        take=of_run("contact_email"),
    ),
)
