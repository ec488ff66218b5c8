"""The lasting name of a course, out of the headline under which one date was announced.

The year, the date and the invitation to apply belong to a run, not to the course:
「令和3年度 親と子の教室 第3期」 is 「親と子の教室」, offered once more as 「第3期」.
"""

import re
from dataclasses import dataclass
from datetime import date

from courses.domain.fiscal_year import era_year, fiscal_year_of
from courses.enums import CourseKind
from courses.exchange.event_list.cleaning import key_of, line, width

SHORTEST = 3
_ALL_TIMES = re.compile(r"\s*[(（【]?全\s*(\d+)\s*回(?:[・、]([^)）】]*))?[)）】]?\s*$")
_NUMBER = re.compile(r"\s+第\d+回$")
_TERM = re.compile(r"\s*(?:[【(（]([前後]期)[】)）]|\s(第\d+期))$")
_INVITATION = re.compile(
    r"((を|(?<=[」』]))(開催|実施)(いた)?します|を行います|を開きます|の開催|の?開催について"
    r"|の?開催のお知らせ|が(開講|始まり)(し)?ます|のご案内|(の?参加者)?を?募集(します|のお知らせ))[!！。]*(?=$|[(（])"
)
_CALLS = re.compile(r"^([【(（\[](参加者)?募集中?[】)）\]]|\d{1,2}月号\s)\s*")
_BROKEN = re.compile(r"^#(NAME\?|REF!|VALUE!|N/A|DIV/0!|NULL!|NUM!)$")

_BRACKETS = re.compile(r"\(([^()（）]*)\)")
_MARKS = re.compile(r"(?<=[^\x00-\x7f])[!?]+")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_WIDE = str.maketrans("!?", "！？")

# kind, words in the name; the first that is found
_KINDS = (
    (CourseKind.STAFF_TRAINING, ("職員研修",)),
    (CourseKind.OUTREACH, ("出前講座",)),
    (CourseKind.LECTURE, ("講演", "トークショー", "ギャラリートーク")),
    (CourseKind.FORUM, ("フォーラム", "シンポジウム")),
    (CourseKind.WORKSHOP, ("ワークショップ", "体験会", "工作")),
    (CourseKind.EXCHANGE, ("交流会", "サロン", "つどい", "カフェ", "懇談会")),
    (CourseKind.TRAINING, ("研修", "養成", "講習")),
)


@dataclass(frozen=True)
class Name:
    """`key` is what makes two rows the same course; `times` is N of 「全N回」."""

    title: str
    label: str
    key: str
    times: int | None


def is_broken(text: str) -> bool:
    """A formula that failed in the city's spreadsheet took the place of the name."""
    return bool(_BROKEN.match(width(text)))


def name_of(text: str, day: date) -> Name:
    """The name on a row whose first day is given."""
    rest = _without_day(_without_year(line(text).translate(_DIGITS), day), day)
    rest = _cut(_CALLS, rest)
    times = _ALL_TIMES.search(rest)
    if times:
        aside = f"({times[2]})" if times[2] else ""
        # 「講座 第2回（全3回）」 is the second date of 「講座」.
        rest = _cut(_NUMBER, rest[: times.start()].strip()) + aside
    rest = _cut(_INVITATION, rest)
    term = _TERM.search(rest)
    if term and term.start() >= SHORTEST:
        rest = rest[: term.start()].strip()
    label = (term[1] or term[2]) if term else ""
    if re.fullmatch(r"「[^「」]+」", rest):
        rest = rest[1:-1]
    return Name(typeset(rest), label, key_of(rest), int(times[1]) if times else None)


def typeset(text: str) -> str:
    """Brackets and marks as Japanese print has them, where they stand among Japanese."""
    if text.isascii():
        return text
    wide = _BRACKETS.sub(r"（\1）", text).replace("~", "〜")
    return _MARKS.sub(lambda marks: marks[0].translate(_WIDE), wide)


def kind_of(title: str) -> CourseKind:
    for kind, words in _KINDS:
        if any(word in title for word in words):
            return kind
    return CourseKind.COURSE


def _cut(pattern: re.Pattern[str], text: str) -> str:
    shorter = pattern.sub("", text, count=1).strip()
    return shorter if len(shorter) >= SHORTEST else text


def _without_year(text: str, day: date) -> str:
    """Only the fiscal year in which the day lies: 「武蔵野市トラックレース2022」 stays."""
    year = fiscal_year_of(day)
    words = f"(?:{era_year(date(year, 4, 1))}|{era_year(date(year, 12, 31))}|{year})年度"
    return _cut(re.compile(f"^{words}\\s*|\\s*[(（【]{words}[)）】]$"), text)


def _without_day(text: str, day: date) -> str:
    """The row's own day or month at either end: 「説明会 令和4年2月22日」, 「(1月)」."""
    year = f"(?:(?:{era_year(day)}|{day.year})年)?"
    month = f"{year}{day.month}月"
    exact = f"{month}{day.day}日(?:[(（].[曜日]*[)）])?"
    ends = f"\\s*[(（【](?:{exact}|{month})[)）】]$|\\s+{exact}$|^[(（【]{exact}[)）】]\\s*"
    return _cut(re.compile(ends), text)
