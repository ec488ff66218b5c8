"""The columns of a list of courses: one row a session, with its run and its course."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from courses.enums import CourseKind
from courses.exchange.columns.addresses import Address
from courses.exchange.columns.choices import Choice, Several
from courses.exchange.columns.column import Column
from courses.exchange.columns.moments import Clock, Day
from courses.exchange.columns.numbers import Number
from courses.exchange.columns.texts import Kana, Text
from courses.exchange.run_columns import OF_RUN
from courses.models import Session


def of_course(name: str) -> Callable[[Session], Any]:
    return lambda session: getattr(session.run.course, name)


def _venue(session: Session) -> str:
    venue = session.venue or session.run.venue
    return venue.name if venue else ""


def _day(session: Session) -> Any:
    return timezone.localdate(session.starts_at)


def _start(session: Session) -> Any:
    return timezone.localtime(session.starts_at).time()


def _end(session: Session) -> Any:
    return timezone.localtime(session.ends_at).time()


def _instructors(session: Session) -> list[str]:
    return [person.full_name for person in session.instructors.all()]


OF_COURSE = (
    Column(
        "title",
        "講座名",
        Text(160),
        known_as="講座 講座タイトル タイトル 事業名 イベント名 名称 題名 件名",
        required=True,
        example="はじめての防災",
        take=of_course("title"),
    ),
    Column(
        "title_kana",
        "講座名（カナ）",
        Kana(200),
        known_as="講座カナ タイトルカナ 名称カナ フリガナ カナ",
        take=of_course("title_kana"),
    ),
    Column(
        "kind",
        "種別",
        Choice(CourseKind, also={"講演": CourseKind.LECTURE, "教室": CourseKind.COURSE}),
        known_as="区分 種類 講座の種別",
        example="講座",
        take=of_course("kind"),
    ),
    Column(
        "department",
        "担当課",
        Text(80),
        known_as="所管課 主管課 課 担当 所管",
        take=lambda session: session.run.course.department.name,
    ),
    Column(
        "summary",
        "ひとことで",
        Text(200),
        known_as="概要 内容 紹介",
        example="家でできる備えを学びます",
        take=of_course("summary"),
    ),
)
OF_SESSION = (
    Column(
        "number",
        "回",
        Number(1, 500),
        known_as="回数 第何回 回番号 No",
        example="1",
    ),
    Column(
        "session_title",
        "回の題名",
        Text(160),
        known_as="各回の題名 回のテーマ テーマ 回タイトル",
        example="地震への備え",
        take=lambda session: session.title,
    ),
    Column(
        "day",
        "日付",
        Day(),
        known_as="開催日 実施日 日にち 月日 年月日",
        required=True,
        example="2027/5/8",
        take=_day,
    ),
    Column(
        "start",
        "開始時刻",
        Clock(),
        known_as="開始 開始時間 始まり",
        example="10:00",
        take=_start,
    ),
    Column(
        "end",
        "終了時刻",
        Clock(),
        known_as="終了 終了時間 終わり",
        example="12:00",
        take=_end,
    ),
    Column(
        "venue",
        "会場",
        Text(120),
        known_as="会場名 場所 開催場所 施設",
        take=_venue,
    ),
    Column(
        "room",
        "部屋",
        Text(80),
        known_as="部屋名 会議室 室名",
        take=lambda session: session.room.name if session.room else "",
    ),
    Column(
        "instructors",
        "講師",
        Several(120),
        known_as="講師名 講師氏名",
        take=_instructors,
    ),
    Column(
        "online_url",
        "オンラインの参加先",
        Address(),
        known_as="参加URL Zoom オンラインURL",
    ),
)
COURSE_COLUMNS: tuple[Column, ...] = (*OF_COURSE, *OF_RUN, *OF_SESSION)
