"""A summary of one window, a label and a figure a line → one row with a column a figure."""

from __future__ import annotations

from dataclasses import replace

from kpi.ingest.blocks import Block
from kpi.ingest.heading import clean
from kpi.ingest.strip import strip


def laid(block: Block) -> Block:
    """Return a block whose headings are the labels of the first column and whose only line holds the second.

    The old headings stay above it, for one of them states the window. Lines without a label or without a
    figure are left out.
    """
    lines = [row for row in block.sheet.rows(block.first, block.stop) if row[0] != "" and row[1] != ""]
    names = tuple(clean(str(row[0])) for row in lines)
    width = max(len(names), len(block.headings))
    grid = [(*row, *[""] * (width - len(row))) for row in (block.headings, names, [row[1] for row in lines])]
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
