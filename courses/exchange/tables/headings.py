"""What a heading says, however it is written: （必須）氏　名, ﾌﾘｶﾞﾅ and TEL※ are the same as
氏名, フリガナ and tel."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from courses.exchange.columns.column import Column

# Remarks in brackets, and marks around the word itself.
REMARKS = re.compile(r"[(\[{<〔【〈《「『].*?[)\]}>〕】〉》」』]")
SIGNS = re.compile(
    r"[\s※*＊・:：;。、,.…_\-‐―~/|\"'■□◆◇●○◎★☆#＃()\[\]{}<>「」『』【】〔〕]+"
)

READING = re.compile(r"[(〔\[【](?:カナ|かな|フリガナ|ふりがな)[)〕\]】]")
WHICH = re.compile(r"[(〔\[【](姓|氏|名|セイ|メイ|電話|メール|内部)[)〕\]】]")


def heading_key(text: str) -> str:
    """Brackets with a remark inside are left out, unless nothing else is left; （カナ）,
    （姓） or （電話） are no remark but say which of several."""
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = READING.sub("カナ", folded)
    folded = WHICH.sub(r"\1", folded)
    bare = SIGNS.sub("", REMARKS.sub("", folded))
    return bare or SIGNS.sub("", folded)


def known_as(column: Column) -> frozenset[str]:
    return frozenset(heading_key(word) for word in (column.heading, *column.known_as))


def suggest(header: Sequence[str], columns: Iterable[Column]) -> dict[int, str]:
    """Number of the cell → name of the column; the first of two that mean the same."""
    words = {key: column.name for column in columns for key in known_as(column)}
    found: dict[int, str] = {}
    for number, cell in enumerate(header):
        name = words.get(heading_key(cell)) if cell.strip() else None
        if name and name not in found.values():
            found[number] = name
    return found


def heading_line(rows: Iterable[Sequence[str]], columns: Sequence[Column]) -> int:
    """Of the first rows the one that holds most known words, counted from 1; where none
    is known, the first with two cells or more."""
    best, most, fallback = 0, 0, 0
    for line, row in enumerate(rows, start=1):
        known = len(suggest(row, columns))
        if known > most:
            best, most = line, known
        if not fallback and sum(bool(cell.strip()) for cell in row) > 1:
            fallback = line
    return best or fallback or 1
