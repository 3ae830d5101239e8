from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from kpi.errors import TooLargeError, UploadError
from kpi.ingest.guard import container
from kpi.ingest.reasons import Refusal
from kpi.model.limits import HOSTED, Limits

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XLSX = {
    "[Content_Types].xml": '<Types><Override ContentType="spreadsheetml.sheet.main+xml"/></Types>',
    "xl/workbook.xml": "<workbook/>",
}


def zipped(members: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return sink.getvalue()


def linked() -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        member = zipfile.ZipInfo("posts.csv")
        member.create_system = 3
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    return sink.getvalue()


def twice() -> bytes:
    return zipped({"a.csv": "x,y\n1,2\n", "b.csv": "x,y\n3,4\n"}).replace(b"b.csv", b"a.csv")


def locked() -> bytes:
    data = bytearray(zipped({"a.csv": "x,y\n1,2\n"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def shared() -> bytes:
    """Return an archive whose second member says that it begins where the first one does."""
    data = bytearray(zipped({"a.csv": "x,y\n1,2\n", "b.csv": "x,y\n3,4\n"}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = bytes(4)
    return bytes(data)


def liar() -> bytes:
    """Return an archive that declares a hundred bytes where there are far more."""
    noise = "".join(chr(33 + i * i % 89) for i in range(40_000))
    data = bytearray(zipped({"a.csv": noise}, zipfile.ZIP_STORED))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)
    return bytes(data)


def compound(*entries: str, fats: int = 1) -> bytes:
    head = bytearray(512)
    head[:8] = COMPOUND
    head[30:32] = struct.pack("<H", 9)
    head[44:48] = struct.pack("<I", fats)
    return bytes(head) + b"".join(f"{name}\0".encode("utf-16-le").ljust(512, b"\0") for name in entries)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Date,Reach\n2026-01-01,5\n", "text"),
        ("Дата;Охват\n01.02.2026;5\n".encode("cp1251"), "text"),
        ("Date\tReach\n".encode("utf-16"), "text"),
        ("Date\tReach\n".encode("utf-16-le"), "text"),
        ("Дата\tОхват\tПодписчики\n".encode("utf-16"), "text"),
        ("Дата\tОхват\tПодписчики\n".encode("utf-16-be"), "text"),
        (b"Date,Reach\n2026-01-01,\x005\n", "text"),
        (b"<b>bold</b>,{a},[b]\n1,2,3\n", "text"),
        (b"[a],b\n1,2]", "text"),
        (b"\n\n<HTML><body><table><tr><td>1</table>", "html"),
        ('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'.encode("utf-16"), "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "spreadsheetml",
        ),
        (zipped(XLSX), "xlsx"),
        (zipped(XLSX | {"[Content_Types].xml": "sheet.binary.macroEnabled"}), "xlsb"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
            "ods",
        ),
        (zipped({"Table data.csv": "a,b\n1,2\n", "folder/": ""}), "zip"),
        (b"<html>opens itself</html>" + zipped({"a.csv": "x,y\n1,2\n"}), "zip"),
        (compound("Root Entry", "Workbook"), "xls"),
        (compound("Root Entry", "Book"), "xls"),
    ],
)
def test_the_bytes_tell_what_a_file_is(data: bytes, kind: str) -> None:
    assert container(data, HOSTED) == kind


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", Refusal.EMPTY_FILE),
        (b"%PDF-1.7\n", Refusal.PDF),
        (b"\x89PNG\r\n\x1a\n", Refusal.PICTURE),
        (b"RIFF\0\0\0\0WEBPVP8 ", Refusal.PICTURE),
        (b"{\\rtf1 text}", Refusal.DOCUMENT),
        (b"Rar!\x1a\x07\x00", Refusal.UNPACK_FIRST),
        (b"\x09\x04\x06\0\0\0\x10\0", Refusal.OLD_EXCEL),
        (b"\x80\x04\x95\x10\x00\x01\x02\x03.", Refusal.BINARY_UNKNOWN),
        (b"a\0\0\0b\0\0\0c\0\0\0", Refusal.BINARY_UNKNOWN),
        (b'{"data": [1, 2]}', Refusal.OTHER_KIND),
        (b"\xef\xbb\xbf[[1, 2]]\n", Refusal.OTHER_KIND),
        (b'<?xml version="1.0"?><rss></rss>', Refusal.OTHER_KIND),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', Refusal.XML_ENTITIES),
        (
            b'<?xml ?><!DOCTYPE a><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            Refusal.XML_ENTITIES,
        ),
        (COMPOUND, Refusal.CORRUPT_WORKBOOK),
        (compound("Workbook", fats=2**32 - 1), Refusal.CORRUPT_WORKBOOK),
        (compound("EncryptedPackage"), Refusal.PASSWORD_PROTECTED),
        (
            compound("Workbook") + bytes.fromhex("09081000") + bytes(16) + b"\x2f\0",
            Refusal.PASSWORD_PROTECTED,
        ),
        (compound("WordDocument"), Refusal.DOCUMENT),
        (zipped({}), Refusal.EMPTY_FILE),
        (zipped(XLSX)[:-30], Refusal.CORRUPT_ARCHIVE),
        (
            zipped(XLSX | {"xl/sharedStrings.xml": '<!DOCTYPE sst [<!ENTITY a "b">]><sst/>'}),
            Refusal.XML_ENTITIES,
        ),
        (zipped({"[Content_Types].xml": "wordprocessingml", "word/document.xml": ""}), Refusal.DOCUMENT),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
            Refusal.DOCUMENT,
        ),
        (
            zipped(
                {
                    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                    "content.xml": "",
                    "META-INF/manifest.xml": "<manifest:encryption-data/>",
                }
            ),
            Refusal.PASSWORD_PROTECTED,
        ),
        (zipped({"Index/Document.iwa": "x"}), Refusal.NUMBERS_FILE),
        (zipped({"a.csv": "1"}, zipfile.ZIP_BZIP2), Refusal.UNPACK_FIRST),
        (zipped({"inner.csv": zipped({"a.csv": "1"}).decode("latin-1")}), Refusal.UNPACK_FIRST),
        (zipped({"../a.csv": "1"}), Refusal.UNSAFE_NAMES),
        (zipped({"/a.csv": "1"}), Refusal.UNSAFE_NAMES),
        (zipped({"C:\\a.csv": "1"}), Refusal.UNSAFE_NAMES),
        (linked(), Refusal.UNSAFE_NAMES),
        (twice(), Refusal.UNSAFE_NAMES),
        (locked(), Refusal.PASSWORD_PROTECTED),
        (shared(), Refusal.ZIP_BOMB),
        (liar(), Refusal.CORRUPT_ARCHIVE),
        (zipped({f"{i}.csv": "1" for i in range(51)}), Refusal.ZIP_BOMB),
        (zipped({f"{i}.csv": "" for i in range(2001)}), Refusal.ZIP_BOMB),
        (zipped({"a.csv": "0" * 17 * 1024 * 1024}), Refusal.ZIP_BOMB),
    ],
)
def test_what_is_none_of_ours_is_refused_by_name(data: bytes, key: Refusal) -> None:
    with pytest.raises(UploadError) as refusal:
        container(data, HOSTED)
    assert refusal.value.key == key


def test_a_dozen_megabytes_of_equal_cell_styles_are_no_bomb() -> None:
    assert container(zipped(XLSX | {"xl/styles.xml": "<xf/>" * 2_500_000}), HOSTED) == "xlsx"


def test_sizes_are_bounded_before_anything_is_unpacked() -> None:
    small = Limits(file_bytes=400, rows=1, cells=1, member_bytes=50, memory=1, cpu=1)
    for data, size in ((b"x" * 401, 401), (zipped({"a.csv": "x,y\n" * 20}), 80)):
        with pytest.raises(TooLargeError) as refusal:
            container(data, small)
        assert refusal.value.facts["size"] == size


def test_there_are_at_most_twenty_five_reasons() -> None:
    assert len(Refusal) <= 25
