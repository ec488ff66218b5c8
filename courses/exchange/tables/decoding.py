"""Bytes to text: UTF-8 with and without a mark, UTF-16, and what Japanese Excel writes."""

import codecs

from courses.exchange.tables.refused import UnknownEncoding, WrongEncoding
from courses.exchange.tables.refused_kinds import NoTable

UTF_8, CP932, UTF_16, EUC_JP = "utf-8", "cp932", "utf-16", "euc_jp"
ENCODINGS = (UTF_8, CP932, UTF_16, EUC_JP)
MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, UTF_16),
    (codecs.BOM_UTF16_BE, UTF_16),
)


def encoding_of(content: bytes) -> str:
    """By its mark; else the first that fits whole. Raises: UnknownEncoding."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    for name in (UTF_8, CP932, EUC_JP):
        try:
            content.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    raise UnknownEncoding


def decode(content: bytes, encoding: str) -> str:
    """Raises: WrongEncoding, NoTable for what holds signs that no text has."""
    if encoding not in ENCODINGS:
        raise WrongEncoding
    try:
        text = content.decode("utf-8-sig" if encoding == UTF_8 else encoding)
    except (UnicodeDecodeError, UnicodeError) as wrong:
        raise WrongEncoding from wrong
    if "\0" in text:
        raise NoTable
    return text
