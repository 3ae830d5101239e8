"""Where the headings of an own spreadsheet stand: the row of words above rows of figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from kpi.catalog import loader
from kpi.ingest.cells import is_number
from kpi.ingest.heading import key
from kpi.ingest.moment import moment
from kpi.ingest.strip import Cell
from kpi.ingest.years import bare

LINES = 40
_LONGEST = 120
_BELOW = 12


@cache
def synonyms() -> frozenset[str]:
    """Return the key of every heading that some field is known by."""
    return frozenset(key(heading) for field in loader.fields().values() for heading in field.headings)


def header(rows: Sequence[Sequence[Any]]) -> int | None:
    """Return the place of the header row among the first rows, None if nothing there looks like a table."""
    best: tuple[float, int] | None = None
    for place, row in enumerate(rows[:LINES]):
        score = _score(row, rows[place + 1 : place + 1 + _BELOW])
        if score and (best is None or score > best[0]):
            best = (score, place)
    return best[1] if best else None


def outset(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Return the place to take for the header row where no row looks like one, above the first figures.

    That is the first filled row if half of its cells are words, else the place before it: the figures
    begin at once, without headings. None if there are no figures below.
    """
    for place, row in enumerate(rows[:LINES]):
        filled = [cell for cell in row if cell != ""]
        if not filled:
            continue
        worded = 2 * sum(is_value(cell) for cell in filled) <= len(filled)
        below = rows[place + worded :]
        return place - (not worded) if any(is_value(cell) for one in below for cell in one) else None
    return None


def wordy(row: Sequence[Any]) -> list[str]:
    """Return the cells of a row if all are words and differ, else nothing: what every header row is."""
    filled = [cell for cell in row if cell != ""]
    if not filled or not all(isinstance(cell, str) and cell.strip() for cell in filled):
        return []
    if any(len(cell) > _LONGEST or is_value(cell) for cell in filled):
        return []
    return filled if len(set(map(key, filled))) * 2 > len(filled) else []


def is_value(cell: Cell) -> bool:
    """Return whether a cell is a figure or a date rather than a word."""
    if isinstance(cell, str):
        dated = bare(cell) or moment(cell, "dmy") or moment(cell, "mdy")
        return dated is not None or is_number(cell)
    return isinstance(cell, (float, int, dt.date))


def _score(row: Sequence[Any], below: Sequence[Sequence[Any]]) -> float:
    """Return how much a row looks like headings: known words, and columns below that hold figures."""
    headings = wordy(row)
    under = [one for one in below if any(cell != "" for cell in one)]
    if not headings or not under:
        return 0.0
    known = sum(key(heading) in synonyms() for heading in headings)
    width = sum(any(one[place] != "" for one in under) for place in range(len(row)))
    typed = sum(
        cell != "" and any(is_value(one[place]) for one in under if one[place] != "")
        for place, cell in enumerate(row)
    )
    if not known and (not typed or len(headings) * 2 < width):
        return 0.0
    return float(2 * known + typed + 0.5 * len(headings)) * min(1.0, len(headings) / max(width, 1))
