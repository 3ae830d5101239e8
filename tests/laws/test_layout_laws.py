"""What owners do to an export before they give it, without changing a figure that is read from it.

Columns are moved, headings written in capitals, a column of notes is added: rows, days and sums stay.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kpi.ingest.blocks import Block, blocks
from kpi.ingest.heading import key
from kpi.ingest.parse import parse
from kpi.ingest.sheets import Sheet, sheets
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Table

FOLDER = Path(__file__).parents[1] / "golden" / "sources"
EXAMPLES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".csv", ".xlsx"})
Grid = list[list[Any]]


def only(sheet: Sheet) -> Block | None:
    """The one table of a sheet if it is of a known layout under one row of headings."""
    found = list(blocks(sheet, [strip.filled() for strip in sheet.strips]))
    one = found[0] if len(found) == 1 else None
    plain = one and one.found and one.top == one.header and not one.lines and not one.found.layout.wide
    return one if plain else None


def order(headings: Sequence[str], chance: random.Random) -> list[int]:
    """The columns in another order; of columns with one heading the first stays the first."""
    mixed = list(range(len(headings)))
    chance.shuffle(mixed)
    places: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(headings):
        places[key(name)].append(place)
    return [places[key(headings[place])].pop(0) for place in mixed]


def changed(sheet: Sheet, chance: random.Random) -> Grid:
    """Return the sheet with its columns moved, in capitals, beside a column of the owner's own."""
    rows = [list(row) for row in sheet.rows(0, sheet.height)]
    one = only(sheet)
    if one is None:
        return rows
    row, width, mixed = one.header, len(one.headings), order(one.headings, chance)
    rows[row:] = [[cells[place] for place in mixed] + cells[width:] for cells in rows[row:]]
    rows[row] = [cell.upper() if isinstance(cell, str) else cell for cell in rows[row]]
    if one.found and one.found.layout.source.summary:
        return rows
    place = chance.choice([0, width])
    for number, cells in enumerate(rows[row:]):
        cells.insert(
            place, ("МОИ МЫСЛИ", "спросить")[number] if number < 2 and len([*filter(None, cells)]) > 1 else ""
        )
    return rows


def book(names: Sequence[str | None], grids: Sequence[Grid]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for number, (name, grid) in enumerate(zip(names, grids, strict=True)):
        sheet = made.create_sheet(name or f"Sheet{number}")
        for row in grid:
            sheet.append([None if cell == "" else cell for cell in row])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def told(one: Table) -> tuple[Any, ...]:
    sums = sorted(
        (column.field, round(column.total, 4))
        for column in one.columns
        if column.field and column.total is not None and not column.where
    )
    return (one.source or "", one.kind or "", one.rows_used, len(one.aside), one.first, one.last, sums)


def tables(data: bytes) -> list[tuple[Any, ...]]:
    found = parse("renamed.bin", data, FileAnswers(), HOSTED).tables
    assert all(one.rows_in == one.rows_used + len(one.aside) for one in found)
    return sorted(map(told, found), key=str)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_changed_export_tells_the_same(path: Path) -> None:
    data, chance = path.read_bytes(), random.Random(path.name)
    found = sheets(data, FileAnswers(), HOSTED)
    again = book([sheet.name for sheet in found], [changed(sheet, chance) for sheet in found])
    assert tables(again) == tables(data)
