"""What the page says: an opening sentence, paragraphs, and titles of sessions."""

import re
from collections.abc import Sequence

from courses.domain.event_facts import RowMark
from courses.domain.wording import WEEKDAYS
from courses.exchange.event_list.cleaning import fit
from courses.exchange.event_list.facts import Occurrence
from courses.exchange.event_list.limits import limit_of

SHORT = 60
_NUMBERED = re.compile(r"^\W{0,2}第\s*(\d{1,2})\s*回目?\W{0,2}[:：]?[ 　]*(\S.*)$", re.M)
_SENTENCE = re.compile(r"^[^。！？\n]+[。！？]?")


def introduction(rows: Sequence[Occurrence]) -> str:
    """概要 where there is one, else the first sentence of 説明."""
    first = min(rows, key=lambda row: row.mark)
    return fit(first.abstract or _opening(rows), limit_of("summary"))[0]


def body_of(rows: Sequence[Occurrence]) -> tuple[tuple[str, str], ...]:
    """(heading, text) pieces: what all dates share, else each text under its date.

    The opening sentence stands above the body already and is not said twice.
    """
    first = min(rows, key=lambda row: row.mark)
    pieces = []
    if first.name.times and first.name.times != len(rows):
        pieces.append(("", f"全{first.name.times}回の催しです。"))
    texts = _texts(rows)
    opening = _opening(rows)
    for text, day in texts.items():
        rest = text.removeprefix(opening).strip()
        if rest:
            pieces.append((day if len(texts) > 1 else "", rest))
    return tuple(pieces)


def _opening(rows: Sequence[Occurrence]) -> str:
    text = next(iter(_texts(rows)), "")
    sentence = None if _NUMBERED.match(text) else _SENTENCE.match(text)
    return sentence[0].strip() if sentence else ""


def _texts(rows: Sequence[Occurrence]) -> dict[str, str]:
    """The different descriptions, each with its first day, without titles of sessions."""
    titles = set(session_titles(rows).values())
    texts: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row.session.starts_at):
        text = row.description
        if titles:
            text = "" if text in titles else _NUMBERED.sub("", text).strip()
        if text:
            texts.setdefault(text, _day_words(row))
    return texts


def _day_words(row: Occurrence) -> str:
    day = row.session.starts_at
    return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def session_titles(rows: Sequence[Occurrence]) -> dict[RowMark, str]:
    """From short texts that differ from date to date, or from 「第1回:…」 lines that
    match the dates one to one; otherwise there are none."""
    in_order = sorted(rows, key=lambda row: (row.session.starts_at, row.mark))
    texts = [row.description for row in in_order]
    if len(rows) < 2:
        return {}
    if len(set(texts)) == len(texts) and all(0 < len(text) <= SHORT for text in texts):
        return {row.mark: " ".join(row.description.split()) for row in in_order}
    numbered = {int(number): title.strip() for number, title in _NUMBERED.findall(texts[0])}
    if len(set(texts)) > 1 or sorted(numbered) != list(range(1, len(rows) + 1)):
        return {}
    limit = limit_of("session_title")
    return {
        row.mark: fit(numbered[number], limit)[0]
        for number, row in enumerate(in_order, start=1)
    }
