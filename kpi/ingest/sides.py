"""Tables that stand side by side in one sheet → a sheet each, with the same row numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kpi.ingest import header
from kpi.ingest.cells import is_number
from kpi.ingest.heading import key
from kpi.ingest.recognise import recognise
from kpi.ingest.sheets import HEAD, Sheet
from kpi.ingest.strip import Mask

_SOME = 12
_WIDE = 2
_MOST = 40


@dataclass(frozen=True, slots=True)
class _Side:
    """A run of columns between empty ones, and what would be its table: headings, header row, last row."""

    left: int
    right: int
    row: int
    names: frozenset[str]
    title: bool
    end: int
    source: str | None = None


def sides(
    sheet: Sheet, masks: Sequence[Mask], start: int, stop: int, beside: Sequence[str] = ()
) -> list[tuple[Sheet, Sequence[Mask]]]:
    """Return the sheet in as many parts as tables stand in its rows side by side: mostly one.

    An empty column alone parts nothing. The part on its right must be a table with days of its own, and
    repeat a heading of the left one, or begin or be titled apart from it. Two parts of one layout are
    two tables only if they share most of their headings.
    """
    runs = _runs([bool(mask[start:stop].any()) for mask in masks])
    if not 1 < len(runs) <= _MOST:
        return [(sheet, masks)]
    cuts = [0]
    for left, right in (run for run in runs[1:] if run[1] > run[0]):
        mine, before = _side(sheet, masks, (start, stop), (left, right), beside), None
        if mine:
            before = _side(sheet, masks, (start, stop), (cuts[-1], left - 1), beside)
        if mine and before and _apart(before, mine, runs):
            cuts.append(left)
    return [
        _part(sheet, masks, left, right) for left, right in zip(cuts, [*cuts[1:], len(masks)], strict=True)
    ]


def _part(sheet: Sheet, masks: Sequence[Mask], left: int, right: int) -> tuple[Sheet, Sequence[Mask]]:
    if (left, right) == (0, len(masks)):
        return sheet, masks
    merged = tuple(
        ((a, b - left), (c, min(d, right - 1) - left)) for (a, b), (c, d) in sheet.merged if left <= b < right
    )
    return replace(sheet, strips=sheet.strips[left:right], merged=merged, issues=()), masks[left:right]


def _runs(filled: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the first and last column of every run of filled ones.

    >>> _runs([True, True, False, True])
    [(0, 1), (3, 3)]
    """
    edges = np.flatnonzero(np.diff([False, *filled, False]))
    return [(int(a), int(b) - 1) for a, b in edges.reshape(-1, 2)]


def _side(
    sheet: Sheet,
    masks: Sequence[Mask],
    rows: tuple[int, int],
    columns: tuple[int, int],
    beside: Sequence[str],
) -> _Side | None:
    """Return what the columns are if they can be a table alone: with headings, and days or a source."""
    (start, stop), (left, right) = rows, columns
    head = [row[left : right + 1] for row in sheet.rows(start, min(start + HEAD, stop))]
    found = recognise(head, beside, sheet.name)
    place = found.row if found else header.header(head)
    if place is None or (found is None and not _dated(head[place + 1 : place + 1 + _SOME])):
        return None
    filled = np.flatnonzero(np.logical_or.reduce([mask[start:stop] for mask in masks[left : right + 1]]))
    above = [[cell for cell in row if cell != ""] for row in head[:place]]
    titled = any(len(cells) == 1 for cells in above)
    names = frozenset(key(cell) for cell in head[place] if isinstance(cell, str) and cell)
    source = found.layout.source.id if found else None
    return _Side(left, right, place, names, titled, int(filled[-1]), source)


def _dated(rows: Sequence[Sequence[Any]]) -> bool:
    """Return whether some column holds days, and another figures."""
    kinds = [Counter(_kind(cell) for cell in column if cell != "") for column in zip(*rows, strict=True)]
    mostly = {kind for some in kinds for kind, count in some.most_common(1) if 2 * count > some.total()}
    return {"day", "figure"} <= mostly


def _kind(cell: object) -> str:
    if isinstance(cell, float | int) or (isinstance(cell, str) and is_number(cell)):
        return "figure"
    return "day" if header.is_value(cell) else "word"  # type: ignore[arg-type]


def _apart(left: _Side, right: _Side, runs: Sequence[tuple[int, int]]) -> bool:
    shared = left.names & right.names
    if left.row != right.row or (left.title and right.title):
        return True
    if left.source and left.source == right.source:  # halves of one export, or the same export twice
        return 2 * len(shared) > min(len(left.names), len(right.names))
    gap = right.left - max(end for _, end in runs if end < right.left) - 1
    return bool(shared) or (gap >= _WIDE and left.end != right.end)
