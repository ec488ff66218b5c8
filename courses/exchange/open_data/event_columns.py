"""推奨データセット「イベント一覧」: 32 columns in this order, one row per session.

Source: 推奨データセット（内閣官房IT総合戦略室）イベント一覧. Required are those that its
definition names so. Why a row is a session: docs/adr/0012.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from courses.domain.event_facts import BEGINS
from courses.domain.fiscal_year import TOKYO
from courses.domain.open_data import ListedSession
from courses.exchange.open_data import event_texts as texts
from courses.exchange.open_data.cells import clock, day
from courses.exchange.open_data.columns import Column, Kind

# An all-day session takes up the day: an hour that nobody set is not invented.
DAY_BEGINS, DAY_ENDS = time(0, 0), time(23, 59)


def number(pk: int) -> str:
    """Ten digits that a row keeps as long as it exists."""
    return f"{pk:010}"


def first_day(listed: ListedSession) -> date:
    return day(listed.session.starts_at)


def last_day(listed: ListedSession) -> date:
    """An all-day session ends at midnight after its last day."""
    return day(listed.session.ends_at - timedelta(minutes=1))


def begins(listed: ListedSession) -> time:
    session = listed.session
    if not session.is_all_day:
        return clock(session.starts_at)
    told = BEGINS.match(session.time_note)
    if not told:
        return DAY_BEGINS
    hour, minute = told[0].removesuffix("から").split(":")
    return time(int(hour), int(minute)) if int(hour) < 24 else DAY_BEGINS


def ends(listed: ListedSession) -> time:
    session = listed.session
    return DAY_ENDS if session.is_all_day else clock(session.ends_at)


def last_moment(listed: ListedSession) -> datetime | None:
    """The last minute in which one may apply: the window's end is exclusive."""
    closes = listed.of.run.applications_close_at
    if closes is None:
        return None
    local = closes.astimezone(TOKYO)
    return local - timedelta(minutes=1) if local.time() == time.min else local


def course_address(listed: ListedSession) -> str:
    of = listed.of
    return f"{of.publisher.site}/{quote(of.course.address)}"


def _deadline_day(listed: ListedSession) -> date | None:
    moment = last_moment(listed)
    return moment.date() if moment else None


def _deadline_time(listed: ListedSession) -> time | None:
    moment = last_moment(listed)
    return moment.time() if moment else None


def _of_venue(name: str) -> Callable[[ListedSession], object]:
    def value(listed: ListedSession) -> object:
        return getattr(listed.venue, name) if listed.venue else None

    return value


def _address(listed: ListedSession) -> str:
    if listed.is_online:
        return texts.ONLINE
    return listed.venue.address if listed.venue else ""


def _room(listed: ListedSession) -> str:
    room = listed.session.room
    return room.name if room and not listed.is_online else ""


def _parking(listed: ListedSession) -> str:
    return texts.parking(listed.venue) if listed.venue else ""


EVENT_COLUMNS: tuple[Column[ListedSession], ...] = (
    Column(
        "都道府県コード又は市区町村コード",
        lambda one: one.of.publisher.code,
        Kind.CODE,
        about=_("6けた。最後の1けたは検査数字です。"),
    ),
    Column(
        "NO",
        lambda one: number(one.session.pk),
        Kind.CODE,
        about=_("回ごとの10けたの番号。変わりません。"),
    ),
    Column("都道府県名", lambda one: one.of.publisher.prefecture),
    Column("市区町村名", lambda one: one.of.publisher.city),
    Column(
        "イベント名",
        texts.session_name,
        required=True,
        about=_("講座名。いくつかの回がある講座は「第2回（全3回）」が続きます。"),
    ),
    Column("イベント名_カナ", lambda one: one.of.course.title_kana, required=True),
    Column("イベント名_英語", lambda one: one.of.course.title_en),
    Column("開始日", first_day, Kind.DATE, required=True),
    Column("終了日", last_day, Kind.DATE, required=True),
    Column(
        "開始時間",
        begins,
        Kind.TIME,
        required=True,
        about=_("時刻を決めていない終日の催しは 00:00 です。"),
    ),
    Column(
        "終了時間",
        ends,
        Kind.TIME,
        required=True,
        about=_("時刻を決めていない終日の催しは 23:59 です。"),
    ),
    Column(
        "開始日時特記事項",
        texts.time_note,
        about=_("中止・延期・日時変更は、はじめに【中止】のように書きます。"),
    ),
    Column(
        "説明",
        lambda one: texts.description(one.of, one),
        Kind.PROSE,
        required=True,
        about=_("講座の紹介、各回の題名、講師（公開に同意した方だけ）。"),
    ),
    Column("料金(基本)", lambda one: texts.fee(one.of), Kind.NUMBER, about=_("円。")),
    Column("料金(詳細)", lambda one: one.of.run.fee_note),
    Column(
        "連絡先名称",
        lambda one: one.of.course.department.name,
        about=_("担当課。"),
    ),
    Column("連絡先電話番号", lambda one: one.of.course.department.phone, Kind.PHONE),
    Column("連絡先内線番号", lambda one: one.of.course.department.extension),
    Column("主催者", lambda one: texts.organisers(one.of)),
    Column(
        "場所名称",
        texts.place_name,
        required=True,
        about=_("オンラインだけの回は「オンライン」です。"),
    ),
    Column(
        "住所",
        _address,
        required=True,
        about=_("オンラインだけの回は「オンライン」です。"),
    ),
    Column("方書", _room, about=_("部屋の名前。")),
    Column("緯度", _of_venue("latitude"), Kind.DEGREES),
    Column("経度", _of_venue("longitude"), Kind.DEGREES),
    Column("アクセス方法", _of_venue("access"), Kind.PROSE),
    Column("駐車場情報", _parking),
    Column(
        "定員",
        lambda one: texts.capacity(one.of),
        Kind.NUMBER,
        about=_("組で数えるときや人数を決めていないときは、備考にも書きます。"),
    ),
    Column(
        "参加申込終了日",
        _deadline_day,
        Kind.DATE,
        about=_("このサイトで受け付ける場合の最後の日。"),
    ),
    Column("参加申込終了時間", _deadline_time, Kind.TIME),
    Column("参加申込方法", lambda one: texts.how_to_apply(one.of), Kind.PROSE),
    Column("URL", course_address, Kind.URL, about=_("講座のページ。")),
    Column(
        "備考",
        texts.remarks,
        Kind.PROSE,
        about=_("中止の理由、対象、持ち物、共催、保育・手話通訳など。"),
    ),
)
