"""A summary of one window, a label and a figure a line → one row with a column a figure."""

from __future__ import annotations

from dataclasses import replace

from kpi.ingest import header
from kpi.ingest.blocks import Block
from kpi.ingest.heading import clean
from kpi.ingest.strip import Cell, strip


def laid(block: Block) -> Block:
    """Return a block whose headings are the labels of a summary and whose only line holds their figures.

    The labels stand in the first column of words, the figures in the first column beside it that has as
    many. The old headings stay above, for one of them states the window. Lines without a label or without
    a figure are left out.
    """
    rows = block.sheet.rows(block.first, block.stop)
    places = range(len(block.headings))
    label = next((at for at in places if any(_word(row[at]) for row in rows)), 0)
    told = [sum(row[at] != "" and row[label] != "" for row in rows) for at in places]
    value = max((at for at in places if at != label), key=told.__getitem__)
    lines = [(row[label], row[value]) for row in rows if row[label] != "" and row[value] != ""]
    names = tuple(clean(str(name)) for name, _ in lines)
    width = max(len(names), len(block.headings))
    grid = [
        (*row, *[""] * (width - len(row))) for row in (block.headings, names, [cell for _, cell in lines])
    ]
    columns = [strip(cells) for cells in zip(*grid, strict=True)]
    return replace(
        block,
        sheet=replace(block.sheet, strips=tuple(columns), height=len(grid), merged=()),
        masks=[column.filled() for column in columns],
        above=0,
        top=1,
        header=1,
        stop=len(grid),
        headings=names,
        notes={},
    )


def _word(cell: Cell) -> bool:
    return isinstance(cell, str) and cell != "" and not header.is_value(cell)
