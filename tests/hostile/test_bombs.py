"""Small files that ask for everything: each is refused by name, and the next file is read."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest

from kpi.ingest.reader import Reader
from kpi.ingest.reasons import Refusal
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Outcome, Reading

pytestmark = pytest.mark.hostile
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ROWS = "".join(
    f'<row r="{i}"><c r="A{i}" t="inlineStr"><is><t>{a}</t></is></c><c r="B{i}">{b}</c></row>'
    for i, (a, b) in enumerate(
        [("2026-01-01", "<v>5</v>"), ("2026-01-02", "<v>7</v>"), ("2026-01-03", "<v>9</v>")], 2
    )
)
HEADINGS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Date</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Reach</t></is></c></row>'
)
BLANKS = (
    '<table:table-row><table:table-cell office:value-type="string">'
    '<text:p><text:s text:c="2000000000"/></text:p>'
    "</table:table-cell></table:table-row>"
)
CSV = b"Date,Reach,Likes\n2026-01-01,5,1\n2026-01-02,7,2\n2026-01-03,9,4\n"


def zipped(parts: dict[str, str]) -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return sink.getvalue()


def xlsx(rows: str, before: str = "") -> bytes:
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
            '.spreadsheetml.sheet.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{NS}" xmlns:r="{REL}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{REL}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{NS}">{before}'
            f"<sheetData>{rows}</sheetData></worksheet>",
        }
    )


def ods(row: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{office}manifest:1.0"/>',
            "content.xml": f'<office:document-content xmlns:office="{office}office:1.0" '
            f'xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="S">{row}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def read(reader: Reader, data: bytes) -> Reading:
    return reader.read("a.bin", data, FileAnswers(), HOSTED)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (
            xlsx(HEADINGS + ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
            "reader_killed_memory",
        ),
        (ods(BLANKS), "reader_killed_memory"),
        (b",".join([b"a"] * 100_000) + b"\n" + b",".join([b"1"] * 100_000), "too_many_columns"),
        (b"a,b\n" + b"1,2\n" * 200_001, "too_many_rows"),
    ],
    ids=["far corner", "two thousand million blanks", "columns", "rows"],
)
def test_a_bomb_is_refused_and_the_next_file_is_read(reader: Reader, data: bytes, key: str) -> None:
    refused = read(reader, data)
    assert refused.reason is not None
    assert refused.reason.key == key
    assert read(reader, CSV).outcome is not Outcome.REFUSED


def test_a_dimension_that_export_tools_get_wrong_is_no_reason_to_refuse(reader: Reader) -> None:
    assert read(reader, xlsx(HEADINGS + ROWS, '<dimension ref="A0:B4"/>')).outcome is not Outcome.REFUSED


def test_damage_anywhere_ends_in_a_reading(reader: Reader) -> None:
    chance = random.Random(20260101)  # the same damage every time
    for whole in (xlsx(HEADINGS + ROWS), CSV, ods("<table:table-row/>")):
        for _ in range(20):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            reading = read(reader, bytes(data[: chance.randint(len(data) // 2, len(data))]))
            assert reading.reason is None or reading.reason.key in set(Refusal) - {Refusal.READER_CRASHED}, (
                reading.reason,
                bytes(data).hex(),
            )
