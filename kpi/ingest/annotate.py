"""A copy of the owner's workbook in which what is flawed or set aside is coloured and says why."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from kpi.ingest import guard
from kpi.ingest.cells import plain
from kpi.ingest.heading import clean
from kpi.ingest.mend import mended
from kpi.ingest.sheets import sheets
from kpi.model.copy import Copy, Mark
from kpi.model.limits import Limits
from kpi.model.owner import FileAnswers

_FLAW = PatternFill("solid", fgColor="FFE08A")
_ASIDE = PatternFill("solid", fgColor="D9DEE5")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML can hold them
_FORBIDDEN = re.compile(rf"{_ILLEGAL.pattern}|[\[\]:*?/\\']")
_LONGEST_TITLE = 31
_WIDEST = 200  # columns of a row that are shaded
_ALIKE = 200  # cells of a column that are marked for one word
_LONGEST = 80  # characters by which a cell is known again
_WIDTHS = (18, 8, 28, 28, 90)
_COMMENT = (320, 110)


def annotate(data: bytes, answers: FileAnswers, limits: Limits, copy: Copy) -> bytes:
    """Return an xlsx: the workbook itself with its formulas, else a new one with the values of its sheets.

    Raises `UploadError` where the file is none that can be read.
    """
    book = _opened(data, limits)
    if book is None:
        book, places = _made(data, answers, limits)
    else:
        places = [(None, sheet.title, sheet) for sheet in book.worksheets]
    headings = {mark.heading for mark in copy.marks if mark.heading}
    indexed = [(member, name, sheet, _index(sheet, headings)) for member, name, sheet in places]
    found: list[tuple[Mark, Cell | None]] = []
    for mark in copy.marks:
        cells = next(filter(None, (list(_cells(mark, *one)) for one in indexed)), [])
        for place, cell in enumerate(cells):
            cell.fill = _ASIDE if mark.whole_row else _FLAW
            if not (mark.whole_row and place):
                _comment(mark.text, cell)
        found.append((mark, cells[0] if cells else None))
    _legend(book, copy, found)
    sink = BytesIO()
    book.save(sink)
    return sink.getvalue()


def _opened(data: bytes, limits: Limits) -> Workbook | None:
    """Return the workbook itself; None for what is no xlsx or what the library does not understand."""
    if guard.container(data, limits) != "xlsx":
        return None
    try:
        return load_workbook(BytesIO(mended(data)), keep_links=False)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a strange workbook makes the library raise
        return None


Place = tuple[str | None, str | None, Worksheet]


def _made(data: bytes, answers: FileAnswers, limits: Limits) -> tuple[Workbook, list[Place]]:
    """Return a new workbook with the values of every sheet, texts as texts, and where each sheet is."""
    book, places = Workbook(), []
    for first in book.worksheets:
        book.remove(first)
    for sheet in sheets(data, answers, limits):
        wanted = "·".join(part for part in (sheet.member, sheet.name) if part) or "1"
        made = book.create_sheet(_FORBIDDEN.sub(" ", wanted)[:_LONGEST_TITLE])
        for row, cells in enumerate(sheet.rows(0, sheet.height), start=1):
            for column, value in enumerate(cells, start=1):
                if value not in ("", None):
                    _put(made.cell(row, column), value)
        places.append((sheet.member, sheet.name, made))
    return book, places


def _put(cell: Any, value: Any) -> None:  # noqa: ANN401 - whatever a cell can hold
    """Write a value; a text is never taken for a formula, now or when somebody edits the cell."""
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = _ILLEGAL.sub("", value)
    cell.data_type = "s"
    cell.quotePrefix = value[:1] in {"=", "+", "-", "@"}


Index = dict[str, list[tuple[int, int]]]


def _index(sheet: Worksheet, headings: Iterable[str]) -> Index:
    """Return where texts stand that are headings of marks: rows and columns, top to bottom."""
    found: Index = {heading: [] for heading in headings}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and (place := found.get(clean(cell.value))) is not None:
                place.append((cell.row, cell.column))
    return found


def _cells(
    mark: Mark, member: str | None, name: str | None, sheet: Worksheet, index: Index
) -> Iterator[Cell]:
    """Yield the cells of a sheet that a mark is about, none if it is about another sheet."""
    if mark.sheet not in (None, name) or (mark.member and member and mark.member != member):
        return
    if mark.column is not None:
        yield from _column(sheet, mark.column)
        return
    heads = index.get(mark.heading or "", [])
    if mark.row is None:
        if mark.cell is None:
            yield from (_cell(sheet, *place) for place in heads[:1])
        else:
            yield from _alike(mark, sheet, heads)
        return
    if mark.row > sheet.max_row:
        return
    row = [_cell(sheet, mark.row, column) for column in range(1, min(sheet.max_column, _WIDEST) + 1)]
    if mark.whole_row:
        yield from sorted(row, key=lambda cell: cell.value is None)
        return
    above = [place for place in heads if place[0] < mark.row]
    columns = {column for place, column in above if place == above[-1][0]}
    same = [cell for cell in row if mark.cell is not None and _reads(cell.value, mark.cell)]
    under = [cell for cell in row if cell.column in columns]
    both = [cell for cell in same if cell.column in columns]
    first = [cell for cell in row if cell.value is not None]
    plain_row = mark.heading is None and mark.cell is None
    yield from (both or same or (first if plain_row else under if mark.cell is None else []))[:1]


def _column(sheet: Worksheet, letter: str) -> Iterator[Cell]:
    """Yield the filled cells of a column, of very long ones the first."""
    column = column_index_from_string(letter)
    if column <= sheet.max_column:
        cells = (_cell(sheet, row, column) for row in range(1, min(sheet.max_row, _WIDEST) + 1))
        yield from (cell for cell in cells if cell.value is not None)


def _alike(mark: Mark, sheet: Worksheet, heads: Sequence[tuple[int, int]]) -> Iterator[Cell]:
    left = _ALIKE
    for top, column in heads[:1]:
        for row in range(top + 1, sheet.max_row + 1):
            cell = _cell(sheet, row, column)
            if left and _reads(cell.value, mark.cell or ""):
                left -= 1
                yield cell


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell; of merged ones the first, which alone can be written to."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if cell.coordinate in area:
                return sheet.cell(area.min_row, area.min_col)  # type: ignore[return-value]
    return cell  # type: ignore[return-value]


def _reads(value: object, written: str) -> bool:
    """Return whether a cell is the one that a reading quotes."""
    forms = {str(value), plain(value)} | ({f"{value:.15g}"} if isinstance(value, float | int) else set())
    return any(form.strip()[:_LONGEST] == written.strip()[:_LONGEST] for form in forms)


def _comment(text: str, cell: Cell) -> None:
    """Say on a cell what is the matter, below what stands there already."""
    before = f"{cell.comment.text}\n" if cell.comment else ""
    said = _ILLEGAL.sub("", before + text)
    cell.comment = Comment(said, "Svetofor", width=_COMMENT[0], height=_COMMENT[1])


def _legend(book: Workbook, copy: Copy, found: Sequence[tuple[Mark, Cell | None]]) -> None:
    """Put a sheet in front that lists every mark, each with a way to its cell."""
    sheet = book.create_sheet(_FORBIDDEN.sub(" ", copy.title)[:_LONGEST_TITLE], 0)
    book.active = 0
    for row, text in enumerate(copy.lead, start=1):
        _put(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = Font(bold=row == 1, size=14 if row == 1 else 11)
    top = len(copy.lead) + 2
    for column, (text, width) in enumerate(zip(copy.heads, _WIDTHS, strict=True), start=1):
        _put(sheet.cell(top, column), text)
        sheet.cell(top, column).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(top, column).column_letter].width = width
    for row, (mark, cell) in enumerate(found, start=top + 1):
        name = mark.sheet or (cell.parent.title if cell else "")
        values = (
            name,
            mark.column or mark.row or (cell.row if cell else ""),
            mark.heading or "",
            mark.cell or "",
            mark.text,
        )
        for column, value in enumerate(values, start=1):
            if value != "":
                _put(sheet.cell(row, column), value)
        sheet.cell(row, len(values)).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, len(values)).fill = _ASIDE if mark.whole_row else _FLAW
        if cell is not None:
            sheet.cell(
                row, 2
            ).hyperlink = f"#'{cell.parent.title.replace(chr(39), chr(39) * 2)}'!{cell.coordinate}"
            sheet.cell(row, 2).font = Font(underline="single", color="0B5FA5")
    sheet.freeze_panes = sheet.cell(top + 1, 1)
