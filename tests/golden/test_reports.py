"""The workbook of an invented business has the sheets, ranges and formulas of its golden file."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpi.model.period import Period
from kpi.report.formats import xlsx
from kpi.report.words import LANGS
from tests.reports import account, costs, orders, posts, report

FOLDER = Path(__file__).parent / "reports"
_SHOWN = 6  # rows of the sheet of days


@pytest.mark.parametrize("lang", LANGS)
def test_workbook_has_the_formulas_of_its_golden_file(lang: str, rewrite: bool) -> None:  # noqa: FBT001 - a fixture
    made = report(
        [posts(count=120), account(), orders(), costs()],
        Period.month(2025, 6),
        lang,
        aims=["engagement", "sales"],
    )
    book = load_workbook(BytesIO(xlsx.render(made)))
    values, days = book.worksheets[1], book.worksheets[3]
    found = {
        "sheets": book.sheetnames,
        "names": {name: place.attr_text for name, place in book.defined_names.items()},
        "formulas": {
            row[0].value: [cell.value for cell in row if cell.data_type == "f"][-1:]
            for row in values.iter_rows()
            if any(cell.data_type == "f" for cell in row)
        },
        "days": [[str(cell.value) for cell in row] for row in days.iter_rows(max_row=_SHOWN)],
    }
    golden = FOLDER / f"cafe.{lang}.golden.json"
    if rewrite:
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))
