"""Every layout has an invented example; every example is read as its golden file says, all and only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kpi.catalog import loader
from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Column, Reading, Table

FOLDER = Path(__file__).parent / "sources"
EXAMPLES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".golden.json"))


def column(one: Column) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "heading": one.heading,
        "field": one.field,
        "filled": one.filled,
        "sum": one.total,
    }
    return shown | ({"where": dict(one.where)} if one.where else {})


def table(one: Table) -> dict[str, Any]:
    return {
        "member": one.member,
        "sheet": one.sheet,
        "source": one.source,
        "kind": one.kind,
        "network": one.network,
        "account": one.account,
        "currency": one.currency,
        "rows": {
            "in": one.rows_in,
            "used": one.rows_used,
            "aside": [{"row": aside.row, "reason": aside.reason} for aside in one.aside],
        },
        "first": str(one.first) if one.first else None,
        "last": str(one.last) if one.last else None,
        "window": [str(one.window.first), str(one.window.last)] if one.window else None,
        "waiting": one.waiting,
        "questions": [[question.key, question.heading] for question in one.questions],
        "absent_zero": list(one.absent_zero),
        "columns": [column(each) for each in one.columns],
        "data": json.loads(json.dumps(one.data.to_pylist(), default=str)) if one.data is not None else None,
    }


def shown(reading: Reading) -> dict[str, Any]:
    issues = [[issue.key, issue.sheet, issue.row, issue.heading, issue.cell] for issue in reading.issues]
    return {"outcome": reading.outcome, "tables": [table(one) for one in reading.tables], "issues": issues}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_reads_as_its_golden_file_says(path: Path, rewrite: bool) -> None:  # noqa: FBT001 - a fixture
    found = shown(parse("renamed.bin", path.read_bytes(), FileAnswers(), HOSTED))
    golden = path.with_name(f"{path.name}.golden.json")
    if rewrite:
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))


def test_every_golden_file_has_its_example() -> None:
    golden = {path.name.removesuffix(".golden.json") for path in FOLDER.glob("*.golden.json")}
    assert golden == {path.name for path in EXAMPLES}


SILENT = {id_ for id_, source in loader.sources().items() if source.form and not source.kind}
"""Sheets of our template that never hold data."""


@pytest.mark.parametrize("id_", sorted(loader.sources().keys() - SILENT))
def test_every_source_is_recognised_in_its_example(id_: str) -> None:
    path = FOLDER / loader.sources()[id_].example
    found = parse("renamed.bin", path.read_bytes(), FileAnswers(), HOSTED)
    assert id_ in {one.source for one in found.tables}
