"""One table written as people all over the world write it: four locales, six kinds of file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from io import BytesIO

from openpyxl import Workbook

Cell = str | int | Decimal | date | datetime | None
Rows = Sequence[Sequence[Cell]]
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """How numbers, days and times are written somewhere, and what parts the cells of a csv there."""

    thousands: str
    decimal: str
    day: str
    time: str
    delimiter: str

    def text(self, cell: Cell) -> str:
        """Return a cell as written."""
        if cell is None:
            return ""
        if isinstance(cell, datetime):
            return cell.strftime(f"{self.day} {self.time}")
        if isinstance(cell, date):
            return cell.strftime(self.day)
        if isinstance(cell, str):
            return cell
        return f"{cell:,}".translate(str.maketrans({",": self.thousands, ".": self.decimal}))


LOCALES = {
    "us": Locale(thousands=",", decimal=".", day="%m/%d/%Y", time="%I:%M %p", delimiter=","),
    "de": Locale(thousands=".", decimal=",", day="%d.%m.%Y", time="%H:%M", delimiter=";"),
    "ru": Locale(thousands="\u00a0", decimal=",", day="%d.%m.%Y", time="%H:%M:%S", delimiter=";"),
    "ch": Locale(thousands="'", decimal=".", day="%Y-%m-%d", time="%H:%M", delimiter=";"),
}


def _quoted(text: str, delimiter: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if {delimiter, '"', "\n"} & set(text) else text


def csv(rows: Rows, place: Locale) -> bytes:
    """Return a csv with the delimiter of its place, UTF-8 with a byte order mark."""
    lines = [place.delimiter.join(_quoted(place.text(cell), place.delimiter) for cell in row) for row in rows]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def unicode_text(rows: Rows, place: Locale) -> bytes:
    """Return what Excel calls "Unicode text": tabs, UTF-16."""
    lines = ["\t".join(_quoted(place.text(cell), "\t") for cell in row) for row in rows]
    return ("\ufeff" + "\r\n".join(lines)).encode("utf-16-le")


def html(rows: Rows, place: Locale) -> bytes:
    """Return an HTML table, as many tills sell it under `.xls`."""
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(place.text(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<html><meta charset="utf-8"><body><table>{body}</table></body></html>'.encode()


def spreadsheetml(rows: Rows, place: Locale) -> bytes:
    """Return SpreadsheetML 2003 with every cell a text."""
    body = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{escape(place.text(cell))}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in rows
    )
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{name}" xmlns:ss="{name}"><Worksheet ss:Name="1"><Table>{body}'
        f"</Table></Worksheet></Workbook>"
    ).encode()


def xlsx(rows: Rows, _place: Locale) -> bytes:
    """Return a workbook with numbers and days as Excel keeps them."""
    book = Workbook()
    for row in rows:
        book.active.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def xlsx_of_texts(rows: Rows, place: Locale) -> bytes:
    """Return a workbook in which every cell was pasted as text."""
    return xlsx([[place.text(cell) or None for cell in row] for row in rows], place)


def ods(rows: Rows, _place: Locale) -> bytes:
    """Return an OpenDocument spreadsheet with numbers and days as LibreOffice keeps them."""
    body = "".join("<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="1">{body}</table:table>'
        f"</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        f"</manifest:manifest>"
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return made.getvalue()


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return (
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        )
    if isinstance(cell, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )
    value = f'office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"


FORMATS: dict[str, Callable[[Rows, Locale], bytes]] = {
    one.__name__: one for one in (csv, unicode_text, html, spreadsheetml, xlsx, xlsx_of_texts, ods)
}
