"""A sheet with days or months in its columns and figures in its rows → the ordinary table it means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kpi.ingest.aside import label
from kpi.ingest.cells import is_number, plain
from kpi.ingest.column import network_words
from kpi.ingest.header import LINES, is_value
from kpi.ingest.heading import clean, distinct, key
from kpi.ingest.moment import moment
from kpi.ingest.months import monthly
from kpi.ingest.sheets import Sheet
from kpi.ingest.strip import Cell, strip
from kpi.ingest.tiers import JOINT

_BELOW = 40
_FEW = 2
_ANY_YEAR = 2000
_TALL = 1000
_LONGEST = 80
_UNITS = frozenset({"ед", "ед. изм", "ед.изм", "единица", "единица измерения", "unit", "№", "no", "n", "#"})
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_BARE = re.compile(r"([^\W\d_]{3,9})\.?(?:[\s\-.'’]*(\d{2}))?")
_SHORT = re.compile(r"\d{1,2}\.\d{2}|\d{1,2}\s[^\W\d_]{3,8}\.?")


@dataclass(frozen=True, slots=True)
class Head:
    """The row of the periods: its place, the cell to read in each column, whether these are months."""

    row: int
    periods: Mapping[int, Cell]
    monthly: bool

    @property
    def first(self) -> int:
        """Return the first column of a period."""
        return min(self.periods)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One table of a turned sheet.

    Row i of `sheet` is column i of the given one, and `header` the column of the figures' names;
    `lines` gives for each column of `sheet` the row of the given one. `notes` are columns without a
    period, with the reason for leaving them out.
    """

    sheet: Sheet
    header: int
    headings: tuple[str, ...]
    lines: tuple[int, ...]
    network: str | None = None
    notes: Mapping[int, str] = field(default_factory=dict)


def head(rows: Sequence[Sequence[Any]], name: str = "") -> Head | None:
    """Return where the periods stand among the first rows, None where the sheet is not turned.

    `name` is the sheet's, which may tell the year.
    """
    for place, row in enumerate(rows[:LINES]):
        if sum(_hint(cell) for cell in row[1:]) < _FEW:
            continue
        found = _periods(row, _years(rows[: place + 1], name, len(row)))
        if found and _figures(rows[place + 1 : place + 1 + _BELOW], found):
            return Head(place, *found)
    return None


def turned(sheet: Sheet, at: Head, stop: int) -> list[Turned]:
    """Return the tables of a turned sheet: one, or one for each network that its sections or rows name."""
    rows = sheet.rows(at.row, min(stop, at.row + _TALL))
    labels = _labels(rows, at)
    names = _names(rows, labels, at)
    groups: dict[str | None, list[tuple[int, str]]] = {}
    for line, (network, heading) in names.items():
        groups.setdefault(network, []).append((line, heading))
    return [_table(sheet, at, rows, labels, group) for group in groups.items()]


def _hint(cell: Cell) -> bool:
    """Return whether a cell may be a period, whatever year is told elsewhere."""
    return _period(cell, _ANY_YEAR) is not None


def _years(above: Sequence[Sequence[Any]], name: str, width: int) -> list[int | None]:
    """Return the year that is told for every column: by a row of years above it, or once for all."""
    before = above[:-1]
    spans = [_year(cell) for cell in before[-1]] if before else []
    if sum(one is not None for one in spans) >= _FEW:
        for place in range(1, len(spans)):
            spans[place] = spans[place] or spans[place - 1]
        return spans
    told = {_year(cell) for row in before for cell in row}
    told |= {
        int(one) for row in above for cell in row if isinstance(cell, str) for one in _YEAR.findall(cell)
    }
    told = told - {None} or set(map(int, _YEAR.findall(name)))
    return [told.pop() if len(told) == 1 else None] * width


def _year(cell: Cell) -> int | None:
    """Return the year that is all a cell says."""
    text = plain(cell).strip().removesuffix(" г.").removesuffix(" год")
    return int(text) if _YEAR.fullmatch(text) else None


def _periods(row: Sequence[Any], years: Sequence[int | None]) -> tuple[Mapping[int, Cell], bool] | None:
    """Return the periods of a row by column and whether they are months, None if these are no such row."""
    found: dict[int, tuple[str, Cell, Any]] = {}
    for place, cell in enumerate(row):
        if place and (one := _period(cell, years[place])):
            found[place] = one
    if len(found) < _FEW or any(cell != "" and is_value(cell) for cell in row[: min(found)]):
        return None
    days = [when for _, _, when in found.values()]
    rising = [one < other for one, other in pairwise(days)]
    if (
        len({kind for kind, _, _ in found.values()}) > 1
        or any(rising) != all(rising)
        or len(set(days)) < len(days)
    ):
        return None
    months = all(kind == "month" for kind, _, _ in found.values())
    whole = all(isinstance(cell, dt.date) and cell.day == 1 for _, cell, _ in found.values())
    if months or whole:
        return {place: str(when)[:7] for place, (_, _, when) in found.items()}, True
    return {place: cell for place, (_, cell, _) in found.items()}, False


def _period(cell: Cell, year: int | None) -> tuple[str, Cell, Any] | None:
    """Return the kind of a period, the cell to read for it and its first day."""
    if isinstance(cell, dt.date):
        return "day", cell, str(cell)[:10]
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    text = clean(cell)
    if monthly(text):
        return "month", text, str(moment(text, "dmy")[0])[:7]  # type: ignore[index]
    if bare := _BARE.fullmatch(text):
        told = f"20{bare[2]}" if bare[2] else year
        when = moment(f"{bare[1]} {told}", "dmy") if told else None
        return ("month", text, str(when[0])[:7]) if when else None
    if year and _SHORT.fullmatch(text):
        text = f"{text}.{year}" if is_number(text) else f"{text} {year}"
    when = None if is_number(text) else moment(text, "dmy") or moment(text, "mdy")
    return ("day", text, str(when[0])) if when else None


def _figures(below: Sequence[Sequence[Any]], found: tuple[Mapping[int, Cell], bool]) -> bool:
    """Return whether figures stand under the periods, and words on their left."""
    places, first = list(found[0]), min(found[0])
    cells = [row[place] for row in below for place in places if row[place] != ""]
    numbers = sum(isinstance(c, float) or (isinstance(c, str) and is_number(c)) for c in cells)
    dates = sum(isinstance(c, dt.date) for c in cells)
    worded = [row for row in below if any(row[place] != "" for place in places)]
    named = sum(any(_worded(cell) for cell in row[:first]) for row in worded)
    return numbers > 0 and 2 * numbers >= len(cells) and not dates and 2 * named >= len(worded)


def _worded(cell: Cell) -> bool:
    return isinstance(cell, str) and cell != "" and not is_value(cell)


def _labels(rows: Sequence[Sequence[Any]], at: Head) -> list[int]:
    """Return the columns before the periods that name the figures."""
    found = []
    for place in range(at.first):
        filled = [row[place] for row in rows[1:] if row[place] != ""]
        unit = isinstance(rows[0][place], str) and key(rows[0][place]) in _UNITS
        if filled and not unit and 2 * sum(map(_worded, filled)) >= len(filled):
            found.append(place)
    return found


def _names(
    rows: Sequence[Sequence[Any]], labels: Sequence[int], at: Head
) -> dict[int, tuple[str | None, str]]:
    """Return the network and the name of every row of figures, by its place under the periods' row.

    A name before the last is good for the rows below it too, as is the title of a section.
    """
    found: dict[int, tuple[str | None, str]] = {}
    section, last = "", [""] * len(labels)
    for line, row in enumerate(rows[1:], 1):
        words = [clean(plain(row[place])) if row[place] != "" else "" for place in labels]
        if not any(row[place] != "" for place in at.periods):
            if not any(cell != "" for cell in row):
                section = ""  # what stands apart belongs to no section
            if sum(cell != "" for cell in row) == 1 and any(words) and len("".join(words)) <= _LONGEST:
                section, last = "".join(words), [""] * len(labels)
            continue
        for place, word in enumerate(words[:-1]):
            if word:
                last[place:] = [word, *[""] * (len(last) - place - 1)]
        parts = [section, *last[:-1], *words[-1:]]
        nets = [network_words()[key(part)] for part in parts if key(part) in network_words()]
        found[line] = (nets[0] if nets else None, JOINT.join(part for part in parts if part))
    return found


def _table(
    sheet: Sheet,
    at: Head,
    rows: Sequence[Sequence[Any]],
    labels: Sequence[int],
    group: tuple[str | None, Sequence[tuple[int, str]]],
) -> Turned:
    network, lines = group
    width, header = len(sheet.strips), labels[0] if labels else at.first - 1
    russian = any("а" <= letter <= "я" for _, name in lines for letter in name.casefold())
    when = ("Месяц" if at.monthly else "Дата") if russian else ("Month" if at.monthly else "Date")
    first: list[Cell] = [""] * width
    first[header] = when
    notes = {}
    for place in range(header + 1, width):
        if place in at.periods:
            first[place] = at.periods[place]
        elif place not in labels and any(rows[line][place] != "" for line, _ in lines):
            unit = isinstance(rows[0][place], str) and key(rows[0][place]) in _UNITS
            if not unit:
                first[place] = rows[0][place]
                notes[place] = label(plain(rows[0][place])) or "no_period"
    columns = [first]
    for line, name in lines:
        column: list[Cell] = [""] * width
        column[header] = name
        for place in (*at.periods, *notes):
            column[place] = rows[line][place]
        columns.append(column)
    made = Sheet(strips=tuple(map(strip, columns)), height=width, member=sheet.member, name=sheet.name)
    return Turned(
        sheet=made,
        header=header,
        headings=distinct([when, *(name for _, name in lines)]),
        lines=(at.row, *(at.row + line for line, _ in lines)),
        network=network,
        notes=notes,
    )
