"""What a file is, told by its bytes, and refused where it is none of ours."""

from __future__ import annotations

import re

from kpi.errors import TooLargeError, UnreadableError, UploadError
from kpi.ingest import zipguard
from kpi.ingest.reasons import Refusal
from kpi.model.limits import Limits

_HEAD = 4096
_MAGIC: tuple[tuple[bytes, Refusal], ...] = (
    (b"%PDF-", Refusal.PDF),
    (b"\x89PNG\r\n", Refusal.PICTURE),
    (b"\xff\xd8\xff", Refusal.PICTURE),
    (b"GIF8", Refusal.PICTURE),
    (b"II*\0", Refusal.PICTURE),
    (b"MM\0*", Refusal.PICTURE),
    (b"\0\0\1\0", Refusal.PICTURE),
    (b"{\\rtf", Refusal.DOCUMENT),
    (b"Rar!\x1a\x07", Refusal.UNPACK_FIRST),
    (b"7z\xbc\xaf\x27\x1c", Refusal.UNPACK_FIRST),
    (b"\x1f\x8b\x08", Refusal.UNPACK_FIRST),
    (b"BZh", Refusal.UNPACK_FIRST),
    (b"\xfd7zXZ\0", Refusal.UNPACK_FIRST),
    (b"\x28\xb5\x2f\xfd", Refusal.UNPACK_FIRST),
    (b"\x09\0\x04\0", Refusal.OLD_EXCEL),
    (b"\x09\x02\x06\0", Refusal.OLD_EXCEL),
    (b"\x09\x04\x06\0", Refusal.OLD_EXCEL),
    (b"\x7fELF", Refusal.BINARY_UNKNOWN),
    (b"MZ\x90\0", Refusal.BINARY_UNKNOWN),
    (b"SQLite format 3\0", Refusal.BINARY_UNKNOWN),
    (b"PAR1", Refusal.BINARY_UNKNOWN),
)
_PICTURE_INSIDE = re.compile(rb"RIFF....WEBP|BM....\0\0\0\0|....ftyp(?:heic|heix|mif1|avif)", re.DOTALL)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMPOUND_HEAD = 512
_FILEPASS = re.compile(rb"\x09\x08(?:\x10\0.{16}|\x08\0.{8})(?:\x86\0\0\0)?\x2f\0", re.DOTALL)  # BOF, lock
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!doctype|html|head|meta|body|style|div|table)", re.IGNORECASE
)
_PAGE = re.compile(rb"<(?:html|table)[\s>]", re.IGNORECASE)
_SPREADSHEETML = b"urn:schemas-microsoft-com:office:spreadsheet"
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{"\]\d-])')
_CONTROL = bytes(set(range(1, 32)) - set(b"\t\n\r\f\v\x1a"))
_CONTROLS = 20  # text has fewer than one control character in so many; noise has one in eleven
_NOUGHTS = 4  # and fewer noughts than this, where it is not UTF-16


def container(data: bytes, limits: Limits) -> str:
    """Return what the bytes are.

    One of `xlsx`, `xls`, `xlsb`, `ods`, `zip` (of text files), `spreadsheetml`, `html`, `text`;
    anything else raises an `UploadError` that names it.
    """
    if not data:
        raise UnreadableError(Refusal.EMPTY_FILE)
    if len(data) > limits.file_bytes:
        raise TooLargeError(Refusal.TOO_LARGE_FILE, size=len(data), limit=limits.file_bytes)
    if data.startswith(_COMPOUND):
        return _compound(data)
    if data.startswith(zipguard.STARTS) or zipguard.ends_as_zip(data):
        return zipguard.kind(data, limits)
    if refusal := _other(data[:_HEAD]):
        raise refusal
    return _text(data)


def _other(head: bytes) -> UploadError | None:
    for magic, refusal in _MAGIC:
        if head.startswith(magic):
            return UnreadableError(refusal)
    if _PICTURE_INSIDE.match(head):
        return UnreadableError(Refusal.PICTURE)
    return None


def _text(data: bytes) -> str:
    head = _narrow(data[:_HEAD])
    controls = len(head) - len(head.translate(None, _CONTROL))
    if controls * _CONTROLS > len(head) or head.count(0) * _NOUGHTS > len(head):
        raise UnreadableError(Refusal.BINARY_UNKNOWN)
    if _MARKUP.match(head):
        return _markup(head, data)
    if _JSON.match(head) and data.rstrip(b" \t\r\n\0")[-1:] in b"]}":
        raise UnreadableError(Refusal.OTHER_KIND)
    return "text"


def _narrow(head: bytes) -> bytes:
    """Return UTF-16 in eight bits, told by its mark or by every other byte; other texts as they are."""
    if head.startswith(_BOMS):
        return head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    for encoding, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if _highs(high) * 2 > len(high) and not _highs(low):
            return head.decode(encoding, "ignore").encode("utf-8", "ignore")
    return head


def _highs(half: bytes) -> int:
    """Return how many bytes could be the high one of a Latin or Cyrillic character."""
    return half.count(0) + half.count(4)


def _markup(head: bytes, data: bytes) -> str:
    if _SPREADSHEETML in head and b"<Workbook" in head:
        if zipguard.declares_entities(head):
            raise UnreadableError(Refusal.XML_ENTITIES)
        return "spreadsheetml"
    if _PAGE.search(head) or _PAGE.search(data):
        return "html"
    if zipguard.declares_entities(head):
        raise UnreadableError(Refusal.XML_ENTITIES)
    raise UnreadableError(Refusal.OTHER_KIND)


def _compound(data: bytes) -> str:
    """Return `xls` for a compound file that holds a workbook, after a look at its claims."""
    sector = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    claimed = int.from_bytes(data[44:48], "little") + int.from_bytes(data[72:76], "little")
    if len(data) < max(sector, _COMPOUND_HEAD) or claimed * sector > len(data):
        raise UnreadableError(Refusal.CORRUPT_WORKBOOK)
    if _entry("EncryptedPackage") in data or _FILEPASS.search(data):
        raise UnreadableError(Refusal.PASSWORD_PROTECTED)
    if _entry("Workbook") in data or _entry("Book") in data:
        return "xls"
    raise UnreadableError(Refusal.DOCUMENT)


def _entry(name: str) -> bytes:
    return f"{name}\0".encode("utf-16-le")
