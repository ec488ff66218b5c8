"""Which rows are one course, and which of them one run: docs/adr/0007.

Rows with the same name and the same contact are one course. They are sessions of one
run when they are taken together; where somebody chooses one of them, or the terms of
taking part differ, each is a run of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

from django.utils.translation import gettext as _

from courses.domain.event_facts import (
    CourseFacts,
    PlannedCourse,
    PlannedRun,
    PlannedSession,
    Problem,
    RowMark,
)
from courses.domain.fiscal_year import TOKYO
from courses.domain.wording import WEEKDAYS
from courses.enums import SelectionMode
from courses.exchange.event_list.cleaning import key_of
from courses.exchange.event_list.facts import Occurrence
from courses.exchange.event_list.prose import body_of, introduction, session_titles
from courses.exchange.event_list.titles import kind_of

LONG_BREAK = timedelta(days=120)
CLOSE = timedelta(days=21)

# Somebody takes part in one of the dates.
_CHOOSES = re.compile(
    r"[1一]人(様)?(につき)?[1一]回|(ご)?希望(する|の)?(日|回|会場|コース|時間)"
    r"|(どちらか|いずれか)(の|一つ|1つ)?[^。\n]{0,4}(日|回|コース|会場|選)"
    r"|同(じ|一の?)内容|内容は(すべて|全て)?(同じ|同一)|入れ?替え?制"
)
# One application is for all of the dates.
_TOGETHER = re.compile(
    r"全\s*[2-9]\d*\s*回|連続(講座|セミナー)|(?<!\d)[2-9]日(間|連続|制)|[2-9]回で1コース"
    r"|^\W?第[2-9]回目?|[2-9]回目以降|全(回|日程)(に|とも)?(参加|出席)|修了証",
    re.M,
)
# Every date is announced by itself.
_EACH = re.compile(r"各[回日約\d]|その都度")
_COURSE_NAME = re.compile(
    r"講座|教室|スクール|セミナー|研修|養成|塾|大学|カレッジ|アカデミー|クラス|訓練|トレーニング"
)


@dataclass(frozen=True)
class Grouped:
    courses: tuple[PlannedCourse, ...]
    problems: tuple[Problem, ...]


def group(occurrences: Sequence[Occurrence]) -> Grouped:
    """Every occurrence is in a run afterwards, or among the problems as a repetition."""
    problems: list[Problem] = []
    courses = []
    for rows in _same_course(occurrences):
        kept, repeated = _without_repetitions(rows)
        problems += repeated
        course, doubts = _course(kept)
        courses.append(course)
        problems += doubts
    return Grouped(tuple(courses), tuple(problems))


def _same_course(occurrences: Iterable[Occurrence]) -> list[list[Occurrence]]:
    """Same city, name and contact; a missing contact joins the only one there is."""
    groups: dict[tuple[str, str], dict[str, list[Occurrence]]] = {}
    for found in occurrences:
        contacts = groups.setdefault((found.municipality, found.name.key), {})
        contacts.setdefault(key_of(found.contact), []).append(found)
    for contacts in groups.values():
        if len(contacts) == 2 and "" in contacts:
            nameless = contacts.pop("")
            next(iter(contacts.values())).extend(nameless)
    return [rows for contacts in groups.values() for rows in contacts.values()]


def _without_repetitions(
    rows: list[Occurrence],
) -> tuple[list[Occurrence], list[Problem]]:
    """In order of time; a row that tells date, time and place again is reported."""
    kept: dict[tuple[object, ...], Occurrence] = {}
    repeated = []
    for found in sorted(rows, key=lambda row: (row.session.starts_at, row.mark)):
        facts = found.session
        first = kept.setdefault((facts.key, facts.ends_at, facts.venue, facts.room), found)
        if first is not found:
            words = _("%(row)d行目と同じ催し・日時・場所です。")
            where = found.mark
            text = words % {"row": first.mark.row}
            repeated.append(Problem(where.file, where.row, text, rejected=True))
    return list(kept.values()), repeated


def _course(rows: list[Occurrence]) -> tuple[PlannedCourse, list[Problem]]:
    first = min(rows, key=lambda row: row.mark)
    contact = next((row.contact for row in rows if row.contact), "")
    groups = sorted(_runs(rows), key=lambda run: (run[0].session.starts_at, run[0].mark))
    days = Counter(run[0].session.starts_at.date() for run in groups)
    titles = session_titles(rows)
    runs = []
    problems = _unsaid(rows)
    for run in groups:
        label = first.name.label if len(groups) == 1 else _label(run, days)
        runs.append(_run(run, label, titles))
        problems += _doubts(run)
    facts = CourseFacts(
        key=_key(first, contact),
        title=first.name.title,
        title_kana=first.title_kana,
        title_en=first.title_en,
        summary=introduction(rows),
        body=body_of(rows),
        kind=kind_of(first.name.title),
        contact=contact,
    )
    return PlannedCourse(facts, tuple(runs)), problems


def _key(found: Occurrence, contact: str) -> str:
    """The same whenever the same city lists the same name under the same contact."""
    told = f"{found.name.key}|{key_of(contact)}"
    return f"{found.municipality}:{sha256(told.encode()).hexdigest()[:20]}"


def _runs(rows: list[Occurrence]) -> Iterator[list[Occurrence]]:
    """Rows on the same terms, cut where nothing happened for months, then told apart."""
    terms: dict[object, list[Occurrence]] = {}
    for found in rows:
        terms.setdefault(_terms(found), []).append(found)
    for alike in terms.values():
        for near in _cut_at_breaks(alike):
            if taken_together(near):
                yield near
            else:
                yield from ([found] for found in near)


def _terms(found: Occurrence) -> object:
    run = found.run
    how = "" if run.selection_mode == SelectionMode.OPEN else key_of(run.how_to_apply)
    return (
        found.name.label,
        run.selection_mode,
        run.state,
        run.capacity,
        run.capacity_note,
        run.fee,
        run.fee_note,
        how,
    )


def _cut_at_breaks(rows: list[Occurrence]) -> Iterator[list[Occurrence]]:
    near = rows[:1]
    for before, after in pairwise(rows):
        if after.session.starts_at - before.session.ends_at > LONG_BREAK:
            yield near
            near = []
        near.append(after)
    yield near


def taken_together(rows: Sequence[Occurrence]) -> bool:
    """Whether one application is for all these dates, the terms being the same.

    Words of choosing come before words of a series, and both before what the rhythm
    suggests; in doubt each date stands for itself.
    """
    if len(rows) == 1 or rows[0].run.selection_mode == SelectionMode.OPEN:
        return True
    said = "\n".join(found.said for found in rows)
    days = [found.session.starts_at.date() for found in rows]
    if _CHOOSES.search(said) or len(set(days)) < len(days):
        return False
    if _TOGETHER.search(said):
        return True
    name = rows[0].name.title
    if _EACH.search(said) or "相談" in name:
        return False
    if len({found.session.venue for found in rows}) > 1:
        return False
    deadline = rows[0].deadline
    if deadline is not None and deadline <= days[0]:
        return True
    return bool(_COURSE_NAME.search(name)) and all(
        after - before <= CLOSE for before, after in pairwise(days)
    )


def _run(rows: list[Occurrence], label: str, titles: Mapping[RowMark, str]) -> PlannedRun:
    remarks = list(dict.fromkeys(row.run.note for row in rows if row.run.note))
    facts = replace(rows[0].run, label=label, note="\n".join(remarks))
    sessions = tuple(
        PlannedSession(replace(row.session, title=titles.get(row.mark, "")), (row.mark,))
        for row in rows
    )
    return PlannedRun(facts, sessions)


def _label(rows: list[Occurrence], days: Counter[date]) -> str:
    """Tells one date from the next in lists: 2月5日（土）, with the hour on a full day."""
    if rows[0].name.label:
        return rows[0].name.label
    session = rows[0].session
    day = session.starts_at.astimezone(TOKYO)
    words = f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    if len(rows) > 1:
        return f"{words}から"
    if days[day.date()] == 1:
        return words
    hour = session.key[1] or f"{day.hour}:{day.minute:02}"
    return f"{words}{hour}"


def _unsaid(rows: list[Occurrence]) -> list[Problem]:
    """Once a course."""
    missing = dict.fromkeys(thing for row in rows for thing in row.unsaid)
    if not missing:
        return []
    mark = min(row.mark for row in rows)
    words = _("記載のないもの: %(missing)s")
    return [Problem(mark.file, mark.row, words % {"missing": "、".join(missing)})]


def _doubts(rows: list[Occurrence]) -> list[Problem]:
    times, mark = rows[0].name.times, rows[0].mark
    if not times or times == len(rows):
        return []
    words = _("名称に「全%(times)d回」とありますが、一覧にあるのは%(rows)d回分です。")
    counted = {"times": times, "rows": len(rows)}
    return [Problem(mark.file, mark.row, words % counted)]
