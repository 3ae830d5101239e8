"""A sheet → the tables that stand in it, one under the other or side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from kpi.ingest import header
from kpi.ingest.cells import plain
from kpi.ingest.heading import distinct
from kpi.ingest.networks import parts
from kpi.ingest.recognise import Found, recognise
from kpi.ingest.sheets import HEAD, Sheet
from kpi.ingest.sides import sides
from kpi.ingest.strip import Cell, Mask
from kpi.ingest.tiers import DEEPEST, beneath, headings, named, tiers
from kpi.ingest.turned import Head, Turned, head, turned
from kpi.model.reading import Issue

_GAPS = 500
_START = 4
_LOOKED = 20
_PAIR = 2
_ALPHABET = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One table of a sheet: the places of its header rows, the end of its rows, what it was found to be.

    `masks` say which cells of the sheet's columns are filled; `above` is where its preamble begins.
    `top` is the first and `header` the last row of the headings; `notes` are the rows right under them
    that only explain them, with the reason. The header row of a table without headings is the place
    before its first row, -1 at the top. `network` is the one that a group or section names. `lines` are
    there where the sheet was turned: its rows are columns of the file's sheet, and `lines` gives for each
    of its columns the row there.
    """

    sheet: Sheet
    masks: Sequence[Mask]
    above: int
    top: int
    header: int
    stop: int
    headings: tuple[str, ...]
    found: Found | None = None
    notes: Mapping[int, str] = field(default_factory=dict)
    network: str | None = None
    lines: tuple[int, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether there are no headings."""
        return _bare(self.masks, self.header)

    @property
    def first(self) -> int:
        """Return the place of the first row that can be data."""
        return (self.header if self.lines else max((self.header, *self.notes))) + 1

    def placed(self, issue: Issue) -> Issue:
        """Return an issue of this sheet with row and heading as they are in the file."""
        if not self.lines or issue.row is None:
            return issue
        line = (
            self.lines[self.headings.index(issue.heading)]
            if issue.heading in self.headings
            else self.lines[0]
        )
        period = self.sheet.strips[0].cut(issue.row - 1, issue.row).cells()[0]
        return replace(issue, row=line + 1, heading=plain(period))


def blocks(sheet: Sheet, masks: Sequence[Mask], beside: Sequence[str] = ()) -> Iterator[Block]:
    """Yield the tables of a sheet; blank rows inside a table do not end it, a new header row does."""
    filled = np.logical_or.reduce(masks) if masks else np.zeros(0, dtype=bool)
    start = 0
    while (place := _header(sheet, start, sheet.height, beside)) is not None:
        row, what = place
        stop = next(_starts(sheet, filled, max(row, 0) + 1, beside), sheet.height)
        if isinstance(what, Head):
            yield from (_turned(one) for one in turned(sheet, replace(what, row=row), stop))
            start = stop
            continue
        some = sides(sheet, masks, start, stop, beside)
        for part, its in some:
            at = place if len(some) == 1 else _header(part, start, stop, beside)
            if at and not isinstance(at[1], Head):
                yield from _split(_block(part, its, (start, stop), at[0], at[1]))
        start = stop
        beside = (*beside, what.layout.source.id) if what else beside


def _block(
    sheet: Sheet, masks: Sequence[Mask], span: tuple[int, int], row: int, found: Found | None
) -> Block:
    start, stop = span
    top, low = _tiers(sheet, masks, start, row, found)
    names = _headings(sheet, masks, (top, low, stop), found)
    return Block(
        sheet=sheet,
        masks=masks,
        above=start,
        top=top,
        header=low,
        stop=stop,
        headings=names,
        found=found,
        notes=_notes(sheet, masks, (low, stop), names),
    )


def _split(block: Block) -> Iterator[Block]:
    """Yield an own table, or the tables of the networks that its groups of columns name."""
    rows = [] if block.found else block.sheet.rows(block.first, min(block.first + _LOOKED, block.stop))
    split = parts(block.headings, rows)
    if len(split) == 1:
        yield block
        return
    for network, places in split.items():
        yield replace(
            block,
            sheet=replace(block.sheet, strips=tuple(block.sheet.strips[place] for place in places)),
            masks=[block.masks[place] for place in places],
            headings=tuple(block.headings[place] for place in places),
            network=network,
        )


def _turned(one: Turned) -> Block:
    return Block(
        sheet=one.sheet,
        masks=[strip.filled() for strip in one.sheet.strips],
        above=one.header,
        top=one.header,
        header=one.header,
        stop=one.sheet.height,
        headings=one.headings,
        notes=one.notes,
        network=one.network,
        lines=one.lines,
    )


def _bare(masks: Sequence[Mask], header: int) -> bool:
    return header < 0 or not any(mask[header] for mask in masks)


def _tiers(sheet: Sheet, masks: Sequence[Mask], start: int, row: int, found: Found | None) -> tuple[int, int]:
    """Return the first and the last row of the headings."""
    if _bare(masks, row):
        return row, row
    begin = max(start, row - DEEPEST)
    merged = [((a - begin, b), (c - begin, d)) for (a, b), (c, d) in sheet.merged if begin <= a <= row]
    top, low = tiers(sheet.rows(begin, row + _START), row - begin, merged)
    return min(top + begin, row - (found.above if found else 0)), row if found else low + begin


def _headings(
    sheet: Sheet, masks: Sequence[Mask], place: tuple[int, int, int], found: Found | None
) -> tuple[str, ...]:
    """Return the headings without invisible characters, groups before them; letters where there are none.

    A column that a layout knows by the lowest part of its heading has that part alone.
    """
    top, low, stop = place
    ends = [at for at, mask in enumerate(masks) if mask[max(top, 0) : stop].any()]
    width = max(ends, default=-1) + 1
    if _bare(masks, low):
        return tuple(map(_letters, range(width)))
    rows = [row[:width] for row in sheet.rows(top, low + 1)]
    merged = [((a - top, b), (c - top, d)) for (a, b), (c, d) in sheet.merged if top <= a <= low]
    whole, parts = headings(rows, merged)
    if found is None:
        return distinct(whole)
    known = found.layout.meaning
    return tuple(
        part if known(part)[0] and not known(one)[0] else one for one, part in zip(whole, parts, strict=True)
    )


def _notes(
    sheet: Sheet, masks: Sequence[Mask], span: tuple[int, int], names: Sequence[str]
) -> Mapping[int, str]:
    """Return the rows right under the headings that number or describe them."""
    first, stop = span[0] + 1, min(span[0] + 1 + _START, span[1])
    filled = np.logical_or.reduce([mask[first:stop] for mask in masks])
    rows = np.flatnonzero(filled) + first
    cells = [sheet.rows(row, row + 1)[0][: len(names)] for row in rows.tolist()]
    return {int(rows[place]): reason for place, reason in beneath(cells, names).items()}


def _letters(place: int) -> str:
    """Return what a spreadsheet program calls a column.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    return (_letters(place // _ALPHABET - 1) if place >= _ALPHABET else "") + chr(
        ord("A") + place % _ALPHABET
    )


def _header(
    sheet: Sheet, start: int, stop: int, beside: Sequence[str]
) -> tuple[int, Found | Head | None] | None:
    """Return the row of the headings or periods, and what was found there."""
    rows = sheet.rows(start, min(start + HEAD, stop))
    if found := recognise(rows, beside, sheet.name):
        return start + found.row, found
    own, periods = header.header(rows), head(rows, sheet.name or "")
    if periods and (own is None or periods.row <= own + _PAIR):
        return start + periods.row, periods
    if own is not None:
        return start + named(rows, own), None
    own = None if start else header.outset(rows)
    return None if own is None else (own, None)


def _starts(sheet: Sheet, filled: Mask, first: int, beside: Sequence[str]) -> Iterator[int]:
    """Yield the rows after a blank one at which another table begins."""
    after = np.flatnonzero(filled[first:] & ~filled[first - 1 : -1]) + first
    for row in after[:_GAPS].tolist():
        if row > first and _begins(sheet, row, beside):
            yield row


def _begins(sheet: Sheet, row: int, beside: Sequence[str]) -> bool:
    rows = sheet.rows(row, row + HEAD)
    comments = next((place for place, cells in enumerate(rows) if not _comment(cells)), len(rows))
    rows = rows[: comments + _START]
    found = recognise(rows, beside, sheet.name)
    if found and found.row < comments + _PAIR:
        return True
    periods = head(rows)
    if periods and periods.row < comments + _PAIR:
        return True
    rows = rows[comments:]
    titled = len(rows) > _PAIR and sum(cell != "" for cell in rows[0]) == 1
    words = rows[1:] if titled else rows
    if len(words) < _PAIR or len(header.wordy(words[0])) < _PAIR:
        return False
    return any(
        head != "" and header.is_value(cell)
        for head, cell in zip(words[0], words[1], strict=True)
        if cell != ""
    )


def _comment(row: Sequence[Cell]) -> bool:
    """Return whether a row is a line that a program wrote about its table: `# Start date: 20230708`."""
    return isinstance(row[0], str) and row[0].startswith("#") and all(cell == "" for cell in row[1:])
