from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from kpi.errors import UnreadableError
from kpi.ingest.mend import mended

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def book(name: str, text: str) -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("other.bin", b"\0\1")
        archive.writestr(name, text)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (SHEET, '<worksheet><dimension ref="A1:C3"/><sheetData/></worksheet>'),
        (SHEET, '<worksheet><dimension ref="A1"/></worksheet>'),
        (SHEET, "<worksheet/>"),
        (STRINGS, '<sst count="7" uniqueCount="1"><si/><si/><si/></sst>'),
        (STRINGS, '<sst><si><t> count="999999999" </t></si></sst>'),
        ("xl/workbook.xml", '<dimension ref="A0"/>'),
    ],
)
def test_a_sound_workbook_is_left_alone(name: str, text: str) -> None:
    data = book(name, text)
    assert mended(data) is data


@pytest.mark.parametrize(
    ("name", "text", "better"),
    [
        (SHEET, '<x/><dimension ref="A0:C3"/><row/>', "<x/><row/>"),
        (SHEET, '<dimension ref="?"/>' + "<row/>" * 2000, "<row/>" * 2000),
        (STRINGS, '<sst count="4294967295" uniqueCount="4294967295"><si/></sst>', "<sst><si/></sst>"),
        (STRINGS, '<sst count="' + "9" * 1000 + '"><si/></sst>', "<sst><si/></sst>"),
    ],
)
def test_an_absurd_claim_is_taken_out_and_the_rest_kept(name: str, text: str, better: str) -> None:
    with zipfile.ZipFile(BytesIO(mended(book(name, text)))) as archive:
        assert archive.read(name).decode() == better
        assert archive.read("other.bin") == b"\0\1"


def test_a_part_that_cannot_be_unpacked_is_a_corrupt_workbook() -> None:
    data = book(SHEET, '<dimension ref="A0"/>').replace(b"A0", b"A9")
    with pytest.raises(UnreadableError):
        mended(data)
