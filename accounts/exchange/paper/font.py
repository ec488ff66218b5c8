"""Which signs the vendored font has: its `cmap` table says so (OpenType 1.9, format 12)."""

import struct
from functools import cache
from pathlib import Path

from django.conf import settings

REGULAR = "NotoSansJP-Regular.otf"
FULL_UNICODE = ((3, 10), (0, 4))
SEGMENTED_COVERAGE = 12


@cache
def signs_of_the_font() -> frozenset[int]:
    """Code points; Bold has the same repertoire."""
    return frozenset(_covered((Path(settings.FONT_DIR) / REGULAR).read_bytes()))


def _covered(font: bytes) -> set[int]:
    start = _subtable(font, _table(font, b"cmap"))
    (groups,) = struct.unpack_from(">I", font, start + 12)
    covered: set[int] = set()
    for number in range(groups):
        first, last, glyph = struct.unpack_from(">III", font, start + 16 + 12 * number)
        # A group's glyphs count upward; glyph 0 is the empty box.
        covered.update(range(first + (glyph == 0), last + 1))
    return covered


def _table(font: bytes, name: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _checksum, offset, _length = struct.unpack_from(
            ">4sIII", font, 12 + 16 * number
        )
        if tag == name:
            return int(offset)
    raise ValueError("font without the table " + name.decode())


def _subtable(font: bytes, cmap: int) -> int:
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    for number in range(subtables):
        platform, encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if (platform, encoding) in FULL_UNICODE and form == SEGMENTED_COVERAGE:
            return cmap + int(offset)
    raise ValueError("font without a table of all of Unicode")
