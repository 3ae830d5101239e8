"""A sheet → the tables that stand in it, one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kpi.ingest import header
from kpi.ingest.cells import plain
from kpi.ingest.heading import clean
from kpi.ingest.recognise import Found, recognise
from kpi.ingest.sheets import HEAD, Sheet
from kpi.ingest.strip import Mask

_GAPS = 500
_START = 4
_PAIR = 2
_ALPHABET = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One table of a sheet: the place of its header row, the end of its rows, what it was found to be.

    `masks` say which cells of the sheet's columns are filled; `above` is where its preamble begins.
    The header row of a table without headings is the place before its first row, -1 at the top.
    """

    sheet: Sheet
    masks: Sequence[Mask]
    above: int
    header: int
    stop: int
    found: Found | None = None

    @property
    def width(self) -> int:
        """Return how many columns the table has: none behind the last heading or filled cell."""
        ends = [place for place, mask in enumerate(self.masks) if mask[max(self.header, 0) : self.stop].any()]
        return max(ends, default=-1) + 1

    @property
    def bare(self) -> bool:
        """Whether there are no headings."""
        return self.header < 0 or not any(mask[self.header] for mask in self.masks)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings as written, without invisible characters; letters where there are none."""
        if self.bare:
            return tuple(map(_letters, range(self.width)))
        row = self.sheet.rows(self.header, self.header + 1)[0][: self.width]
        return tuple(clean(cell) if isinstance(cell, str) else plain(cell) for cell in row)


def blocks(sheet: Sheet, masks: Sequence[Mask], beside: Sequence[str] = ()) -> Iterator[Block]:
    """Yield the tables of a sheet; blank rows inside a table do not end it, a new header row does."""
    filled = np.logical_or.reduce(masks) if masks else np.zeros(0, dtype=bool)
    start = 0
    while (place := _header(sheet, start, beside)) is not None:
        row, found = place
        stop = next(_starts(sheet, filled, max(row, 0) + 1, beside), sheet.height)
        yield Block(sheet=sheet, masks=masks, above=start, header=row, stop=stop, found=found)
        start = stop


def _letters(place: int) -> str:
    """Return what a spreadsheet program calls a column.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    return (_letters(place // _ALPHABET - 1) if place >= _ALPHABET else "") + chr(
        ord("A") + place % _ALPHABET
    )


def _header(sheet: Sheet, start: int, beside: Sequence[str]) -> tuple[int, Found | None] | None:
    rows = sheet.rows(start, start + HEAD)
    if found := recognise(rows, beside):
        return start + found.row, found
    own = header.header(rows)
    if own is None and not start:
        own = header.outset(rows)
    return None if own is None else (start + own, None)


def _starts(sheet: Sheet, filled: Mask, first: int, beside: Sequence[str]) -> Iterator[int]:
    """Yield the rows after a blank one at which another table begins."""
    after = np.flatnonzero(filled[first:] & ~filled[first - 1 : -1]) + first
    for row in after[:_GAPS].tolist():
        if row > first and _begins(sheet, row, beside):
            yield row


def _begins(sheet: Sheet, row: int, beside: Sequence[str]) -> bool:
    rows = sheet.rows(row, row + _START)
    found = recognise(rows, beside)
    if found and found.row < _PAIR:
        return True
    titled = len(rows) > _PAIR and sum(cell != "" for cell in rows[0]) == 1
    words = rows[1:] if titled else rows
    if len(words) < _PAIR or len(header.wordy(words[0])) < _PAIR:
        return False
    return any(
        head != "" and header.is_value(cell)
        for head, cell in zip(words[0], words[1], strict=True)
        if cell != ""
    )
