"""What a workbook holds unseen, and rows in which a part is larger than its whole."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from kpi.ingest import unseen
from kpi.ingest.parse import parse
from kpi.model.limits import LOCAL
from kpi.model.owner import FileAnswers
from kpi.model.reading import Issue

_BOOK = '<workbook xmlns:r="r"><sheets><sheet name="A &amp; B" sheetId="1" r:id="x"/></sheets></workbook>'
_RELATIONS = '<Relationships><Relationship Id="x" Target="{}"/></Relationships>'


def book(rows: str, target: str = "worksheets/sheet1.xml", *, whole: bool = True) -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        if whole:
            archive.writestr("xl/workbook.xml", _BOOK)
            archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(target))
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    return sink.getvalue()


@pytest.mark.parametrize(
    ("rows", "key", "row", "facts"),
    [
        ('<row r="2"><c r="A2"><f>1+1</f></c></row>', "formula_unsaved", 2, {"n": 1}),
        (
            '<row r="2"><c r="A2" s="1"><f t="shared" si="0"/><v></v></c></row>',
            "formula_unsaved",
            2,
            {"n": 1},
        ),
        ('<row r="3" hidden="1"><c r="A3"><v>1</v></c></row>', "hidden_rows", 3, {"n": 1}),
        (
            '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2" t="e"><v>#N/A</v></c></row>',
            "error_cells",
            2,
            {"n": 2, "kinds": "#DIV/0! × 1, #N/A × 1"},
        ),
        ('<row r="2"></row><row r="2"></row>', "row_twice", 2, {"n": 1}),
    ],
)
def test_what_is_not_seen_is_told(rows: str, key: str, row: int, facts: dict[str, object]) -> None:
    for target in ("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"):
        assert unseen.flaws(book(rows, target)) == {"A & B": (Issue(key=key, row=row, facts=facts),)}


@pytest.mark.parametrize(
    "data",
    [
        book('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row><row r="2"/>'),
        book('<row r="2" hidden="1"></row>', "worksheets/gone.xml"),
        book('<row r="2" hidden="1"></row>', whole=False),
        b"no archive",
    ],
)
def test_sound_and_unknown_books_tell_nothing(data: bytes) -> None:
    assert unseen.flaws(data) == {}


def test_a_long_sheet_is_looked_through_in_parts() -> None:
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>' + "x" * 2000 + "</t></is></c></row>"
    rows = "".join(row.format(number) for number in range(1, 5000))
    found = unseen.flaws(book(rows + '<row r="5000"><c r="A5000"><f>1</f></c></row>'))
    assert found["A & B"] == (Issue(key="formula_unsaved", row=5000, facts={"n": 1}),)


@pytest.mark.parametrize(
    ("heading", "keys"), [("Impressions", ["beyond"]), ("Показы", ["beyond"]), ("Views", [])]
)
def test_more_people_than_impressions_cannot_be(heading: str, keys: list[str]) -> None:
    text = f"Date,Reach,{heading}\n2025-05-01,5,9\n2025-05-02,10,3\n".encode()
    mapping = {"Date": "account.date", "Reach": "account.reach", heading: "account.views"}
    made = parse("x.csv", text, FileAnswers(network="instagram", mapping=mapping), LOCAL)
    assert [issue.key for issue in made.issues] == keys
    assert [issue.row for issue in made.issues] == [3] * len(keys)


def test_more_people_than_the_ad_was_shown_cannot_be() -> None:
    text = b"Day,Campaign,Reach,Impressions\n2025-05-01,a,5,9\n2025-05-02,a,10,3\n"
    mapping = {
        "Day": "ads.date",
        "Campaign": "ads.campaign",
        "Reach": "ads.reach",
        "Impressions": "ads.impressions",
    }
    made = parse("x.csv", text, FileAnswers(mapping=mapping), LOCAL)
    assert [(issue.key, issue.heading) for issue in made.issues] == [("beyond", "Reach")]
