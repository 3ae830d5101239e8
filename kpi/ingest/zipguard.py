"""What a zip archive holds, told by its directory before anything is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO

from kpi.errors import TooLargeError, UnreadableError
from kpi.ingest.reasons import Refusal
from kpi.model.limits import Limits

STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
_END = b"PK\x05\x06"
_END_REACH = 22 + 65_535  # the end record and the longest comment
_ENTRY = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s22xHH")  # signature, ..., length of name, length of extra
_WORKBOOK_MEMBERS = 2000
_TEXT_MEMBERS = 50
_RATIO = 150
_RATIO_FROM = 16 * 1024 * 1024  # export tools do write 10 MB of equal cell styles
_DEFLATE_SLACK = 1024  # deflate of noise is longer than the noise by a few bytes
_LINK = 0o120000
_FORMAT = 0o170000
_LOCKED = 1
_PEEK = 1024
_TYPES = _MANIFEST = 1024 * 1024
_UNSAFE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
_ENTITIES = re.compile(rb"<!(?:ENTITY|DOCTYPE)")
_ARCHIVES = (*STARTS, b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, struct.error, OSError)


def ends_as_zip(data: bytes) -> bool:
    """Return whether a zip follows some other prefix, as archives that unpack themselves do."""
    return _END in data[-_END_REACH:] and b"PK\x03\x04" in data and zipfile.is_zipfile(BytesIO(data))


def declares_entities(head: bytes) -> bool:
    """Return whether the first kilobyte of XML has a DTD, in eight or sixteen bits."""
    return bool(_ENTITIES.search(head.replace(b"\0", b"")))


def kind(data: bytes, limits: Limits) -> str:
    """Return `xlsx`, `xlsb`, `ods` or `zip`; raise an `UploadError` for all that is unsafe or not ours."""
    if data.count(_ENTRY) > _WORKBOOK_MEMBERS:
        raise UnreadableError(Refusal.ZIP_BOMB)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _checked(archive, data, limits)
    except BROKEN as why:
        raise UnreadableError(Refusal.CORRUPT_ARCHIVE) from why


def _checked(archive: zipfile.ZipFile, data: bytes, limits: Limits) -> str:
    members = archive.infolist()
    _names(members)
    _spans(members, data)
    for member in members:
        _member(member, limits)
    found = _kind({member.filename.replace("\\", "/") for member in members}, archive)
    if found == "zip":
        _plain(archive, members)
    else:
        _parts(archive, members)
    return found


def _names(members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        if _UNSAFE.search(name) or name in seen or (member.external_attr >> 16) & _FORMAT == _LINK:
            raise UnreadableError(Refusal.UNSAFE_NAMES, member=name)
        seen.add(name)


def _member(member: zipfile.ZipInfo, limits: Limits) -> None:
    if member.flag_bits & _LOCKED:
        raise UnreadableError(Refusal.PASSWORD_PROTECTED)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableError(Refusal.UNPACK_FIRST)
    if member.compress_size > member.file_size + member.file_size // 1000 + _DEFLATE_SLACK:
        raise UnreadableError(Refusal.CORRUPT_ARCHIVE)  # more inside than is declared
    if member.file_size > max(_RATIO_FROM, _RATIO * member.compress_size):
        raise UnreadableError(Refusal.ZIP_BOMB)
    if member.file_size > limits.member_bytes:
        raise TooLargeError(Refusal.TOO_LARGE_FILE, size=member.file_size, limit=limits.member_bytes)


def _spans(members: list[zipfile.ZipInfo], data: bytes) -> None:
    """Raise where members share bytes: a small archive could then hold the same body 2000 times."""
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        signature, name, extra = _LOCAL.unpack_from(data, member.header_offset)
        if signature != STARTS[0]:
            raise UnreadableError(Refusal.CORRUPT_ARCHIVE)
        if member.header_offset < end:
            raise UnreadableError(Refusal.ZIP_BOMB)
        end = member.header_offset + _LOCAL.size + name + extra + member.compress_size
    if end > len(data):
        raise UnreadableError(Refusal.CORRUPT_ARCHIVE)


def _kind(names: set[str], archive: zipfile.ZipFile) -> str:
    if "[Content_Types].xml" in names:
        return _office(archive)
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" in archive.read("mimetype"):
            return "ods"
        raise UnreadableError(Refusal.DOCUMENT)
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        raise UnreadableError(Refusal.NUMBERS_FILE)
    return "zip"


def _office(archive: zipfile.ZipFile) -> str:
    with archive.open("[Content_Types].xml") as part:
        types = part.read(_TYPES)
    if b"sheet.binary" in types:
        return "xlsb"
    if b"spreadsheetml" in types or b"ms-excel" in types:
        return "xlsx"
    raise UnreadableError(Refusal.DOCUMENT)


def _plain(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    files = [member for member in members if not member.is_dir()]
    if not files:
        raise UnreadableError(Refusal.EMPTY_FILE)
    if len(files) > _TEXT_MEMBERS:
        raise UnreadableError(Refusal.ZIP_BOMB)
    if any(_head(archive, member).startswith(_ARCHIVES) for member in files):
        raise UnreadableError(Refusal.UNPACK_FIRST)


def _parts(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        if member.filename.endswith((".xml", ".rels")) and declares_entities(_head(archive, member)):
            raise UnreadableError(Refusal.XML_ENTITIES)
        if member.filename == "META-INF/manifest.xml":
            with archive.open(member) as part:
                if b"encryption-data" in part.read(_MANIFEST):
                    raise UnreadableError(Refusal.PASSWORD_PROTECTED)


def _head(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as part:
        return part.read(_PEEK)
