"""What a file is, by its first bytes: names lie, and Excel gives several things one."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile, is_zipfile

from courses.exchange.tables.limits import (
    LARGEST,
    LARGEST_PART,
    LARGEST_SHEET,
    LARGEST_WHOLE,
    MOST_PARTS,
)
from courses.exchange.tables.refused import FileEmpty, FileTooLarge
from courses.exchange.tables.refused_kinds import (
    DamagedWorkbook,
    Encrypted,
    HugeWorkbook,
    NoTable,
    OldExcel,
    WebPage,
    WithMacros,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How a password-protected workbook names its content inside the old container.
PROTECTED = "EncryptedPackage".encode("utf-16-le")
NEVER_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc",
)
SHEETS, PICTURES = "xl/worksheets/", "xl/media/"


def is_workbook(content: bytes) -> bool:
    """True for .xlsx, false for what may be a text. Raises: FileRefused."""
    if not content.strip(b" \t\r\n\x00"):
        raise FileEmpty
    if len(content) > LARGEST:
        raise FileTooLarge
    if content.startswith(OLE):
        raise Encrypted if PROTECTED in content else OldExcel
    if content.startswith(b"PK"):
        _require_sound(content)
        return True
    if content.startswith(NEVER_TABLES):
        raise NoTable
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head")):
        raise WebPage
    return False


def _require_sound(content: bytes) -> None:
    """What the folder says of itself; reading never unpacks more than it says."""
    if not is_zipfile(BytesIO(content)):
        raise DamagedWorkbook
    try:
        with ZipFile(BytesIO(content)) as folder:
            parts = folder.infolist()
    except (BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as damage:
        raise DamagedWorkbook from damage
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise Encrypted
    if any(name.endswith("vbaProject.bin") for name in names):
        raise WithMacros
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise NoTable
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise HugeWorkbook
    unpacked = (p.file_size for p in parts if not p.filename.startswith(PICTURES))
    if sum(unpacked) > LARGEST_WHOLE:
        raise HugeWorkbook
    for part in parts:
        most = LARGEST_SHEET if part.filename.startswith(SHEETS) else LARGEST_PART
        if part.file_size > most and not part.filename.startswith(PICTURES):
            raise HugeWorkbook
