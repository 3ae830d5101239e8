"""Writes sheets as an Excel file: texts stay texts, formulas carry the value they will have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from html import escape
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as Written
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpi.report.workbook.sheet import Cell, Check, Formula, Plain, Sheet, clean

DATE = "yyyy-mm-dd"
A4 = 9
_OLDEST = 1900  # Excel knows no day before it
_COMPUTED = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)</f><v ?/></c>', re.DOTALL)
_LOOKS_LIKE_MORE = ("=", "+", "-", "@", "#", "\t", "\r")


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def _font(*, size: int = 11, **look: Any) -> Font:  # noqa: ANN401  what a font can be
    """Return a font of the family that stands in plain cells too."""
    return Font(name="Calibri", size=size, **look)


_TOP = Alignment(vertical="top", wrap_text=True)
_WHITE = _font(bold=True, color="FFFFFF")
STYLES: Mapping[str, Mapping[str, object]] = {
    "": {},
    "top": {"alignment": Alignment(vertical="top")},
    "wrapped": {"alignment": _TOP},
    "title": {"font": _font(bold=True, size=16)},
    "note": {"font": _font(color="5A6270")},
    "head": {
        "font": _font(bold=True),
        "fill": _fill("E8ECF1"),
        "alignment": _TOP,
        "border": Border(bottom=Side(style="thin", color="9AA3AF")),
    },
    "hint": {"font": _font(color="5A6270", size=9), "alignment": _TOP},
    "example": {"font": _font(italic=True, color="7A828E"), "fill": _fill("F4F5F7")},
    "line": {},
    "strong_line": {"font": _font(bold=True)},
    "strong": {"font": _font(bold=True), "alignment": _TOP},
    "part": {"font": _font(italic=True, color="5A6270"), "alignment": Alignment(vertical="top", indent=1)},
    "green": {"font": _WHITE, "fill": _fill("1B7F4D"), "alignment": _TOP},
    "amber": {"font": _font(bold=True, color="3D2C00"), "fill": _fill("F6C667"), "alignment": _TOP},
    "red": {"font": _WHITE, "fill": _fill("B4232F"), "alignment": _TOP},
    "grey": {"font": _font(bold=True, color="2B313A"), "fill": _fill("D9DDE3"), "alignment": _TOP},
}


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return the sheets as the bytes of an `.xlsx`; a program that can compute does so when it opens it."""
    book = Workbook(write_only=True)
    computed: dict[str, dict[str, float | str]] = {}
    for place, sheet in enumerate(sheets, 1):
        page = cast("Worksheet", book.create_sheet(sheet.title))  # the streaming kind has the same parts
        _lay_out(page, sheet)
        computed[f"xl/worksheets/sheet{place}.xml"] = _write(page, sheet)
        for name, where in sheet.names.items():
            book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!{where}")
    book.calculation.fullCalcOnLoad = True
    file = BytesIO()
    book.save(file)
    return _with_values(file, computed)


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    """Set widths, what stays in sight, and the print: A4 across, as wide as one page."""
    for column, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = sheet.frozen
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"1:{sheet.heads}"
    if sheet.table:
        page.auto_filter.ref = sheet.table
    for column, look in sheet.formats.items():
        page.column_dimensions[get_column_letter(column)].number_format = look
    for check in sheet.checks:
        page.data_validations.append(_validation(check))
    for row, height in sheet.heights.items():
        page.row_dimensions[row].height = height
    if sheet.hidden:
        page.sheet_state = "hidden"


def _validation(check: Check) -> DataValidation:
    found = DataValidation(
        type=check.kind, formula1=check.bound, operator="greaterThanOrEqual", allow_blank=True
    )
    found.errorStyle, found.showErrorMessage = "warning", True
    found.errorTitle, found.error = check.title, check.text
    found.sqref = MultiCellRange(check.where)
    return found


def _write(page: Worksheet, sheet: Sheet) -> dict[str, float | str]:
    """Write the rows; return the values of the formulas by their address."""
    computed: dict[str, float | str] = {}
    for number, row in enumerate(sheet.rows, 1):
        cells = []
        for column, cell in enumerate(row, 1):
            cells.append(_cell(page, cell))
            if isinstance(cell, Cell) and isinstance(cell.value, Formula):
                computed[f"{get_column_letter(column)}{number}"] = cell.value.value
        page.append(cells)
    return computed


def _cell(page: Worksheet, cell: Cell | Plain) -> Written | float | str | None:
    """Return what the library is given: a plain value where nothing more is to be said of it."""
    look = cell if isinstance(cell, Cell) else Cell(cell)
    value = look.value
    if value is None and not look.style:
        return None
    if isinstance(value, date) and value.year < _OLDEST:
        value = value.isoformat()
    if isinstance(value, str):
        value = clean(value)
        if not (look.style or value.startswith(_LOOKS_LIKE_MORE)):
            return value
    elif not isinstance(value, date | Formula) and not (look.style or look.format):
        return value
    return _styled(page, value, look)


def _styled(page: Worksheet, value: Plain | Formula, look: Cell) -> Written:
    found = WriteOnlyCell(page)
    found.value = value.text if isinstance(value, Formula) else value
    if isinstance(value, str):
        # The library takes a text with an equals sign for a formula, and "#N/A" for an error.
        found.data_type = "s"
        found.quotePrefix = value.startswith(_LOOKS_LIKE_MORE)
    elif isinstance(value, Formula):
        found.data_type = "f"
    for what, style in STYLES[look.style].items():
        setattr(found, what, style)
    if look.format:
        found.number_format = look.format
    elif isinstance(value, date):
        found.number_format = f"{DATE} hh:mm" if isinstance(value, datetime) else DATE
    return found


def _with_values(file: BytesIO, computed: Mapping[str, Mapping[str, float | str]]) -> bytes:
    """Return the file with a value in each formula's cell.

    The library writes none, and what does not compute (a preview, Excel's protected view) would show
    empty cells.
    """
    found = BytesIO()
    with ZipFile(file) as given, ZipFile(found, "w", ZIP_DEFLATED) as out:
        for entry in given.infolist():
            data = given.read(entry)
            if values := computed.get(entry.filename):
                text = data.decode("utf-8")
                data = _COMPUTED.sub(partial(_filled, values), text).encode("utf-8")
            out.writestr(entry, data, ZIP_DEFLATED)
    return found.getvalue()


def _filled(values: Mapping[str, float | str], hit: re.Match[str]) -> str:
    value = values[hit[1]]
    kind = ' t="str"' if isinstance(value, str) else ""
    shown = escape(value) if isinstance(value, str) else repr(float(value))
    return f'<c r="{hit[1]}"{hit[2]}{kind}><f>{hit[3]}</f><v>{shown}</v></c>'


def letter(column: int) -> str:
    """Return a column's letter; the first is 1."""
    return str(get_column_letter(column))


def address(sheet: str, column: int, row: int) -> str:
    """Return a cell's address as a formula on another sheet writes it."""
    return f"{quote_sheetname(sheet)}!${letter(column)}${row}"


def column_of(column: int, first: int, last: int) -> str:
    """Return the range of a column's cells, at least one cell long.

    >>> column_of(2, 2, 1)
    '$B$2:$B$2'
    """
    return f"${letter(column)}${first}:${letter(column)}${max(first, last)}"


Row = Sequence[Cell | Plain]
