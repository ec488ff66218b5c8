"""The rows of the fifty sounds, to jump to on a long list."""

from collections.abc import Iterable

from enrollments.domain.door import DoorRow

ROWS = {
    "あ": "アイウエオヴァィゥェォ",
    "か": "カキクケコガギグゲゴ",
    "さ": "サシスセソザジズゼゾ",
    "た": "タチツテトダヂヅデドッ",
    "な": "ナニヌネノ",
    "は": "ハヒフヘホバビブベボパピプペポ",
    "ま": "マミムメモ",
    "や": "ヤユヨャュョ",
    "ら": "ラリルレロ",
    "わ": "ワヰヱヲンヮ",
}
ROW_OF = {sign: name for name, signs in ROWS.items() for sign in signs}


def with_first_of_row(rows: Iterable[DoorRow]) -> list[tuple[DoorRow, str]]:
    """Each with the name of its row of sounds, where it is the first of it."""
    seen: set[str] = set()
    found = []
    for row in rows:
        name = ROW_OF.get(row.person.family_name_kana[:1], "")
        found.append((row, "" if name in seen else name))
        seen.add(name)
    return found
