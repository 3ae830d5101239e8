"""Tables of HTML pages and SpreadsheetML 2003, both of which are sold as `.xls`."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from kpi.errors import UnreadableError
from kpi.ingest.reasons import Refusal
from kpi.ingest.text import decode

Rows = list[list[str]]
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_ENTITY = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FARTHEST = 16_384


def tables(data: bytes, kind: str) -> list[tuple[str | None, Rows]]:
    """Return the tables with their names, rows as text; `kind` is `html` or `spreadsheetml`."""
    body = decode(data)[0]
    if kind == "html":
        page = _Page()
        page.feed(body)
        return [(None, rows) for rows in page.tables]
    if _ENTITY.search(body):
        raise UnreadableError(Refusal.XML_ENTITIES)
    try:
        book = ET.fromstring(body.encode("utf-8") if "?>" not in body[:200] else data.lstrip())  # noqa: S314 - no DTD, see above
    except ET.ParseError as why:
        raise UnreadableError(Refusal.CORRUPT_WORKBOOK) from why
    return [(sheet.get(f"{_SS}Name"), _sheet(sheet)) for sheet in book.iter(f"{_SS}Worksheet")]


def _sheet(sheet: ET.Element) -> Rows:
    rows: Rows = []
    for row in sheet.iter(f"{_SS}Row"):
        cells: list[str] = []
        for cell in row.iter(f"{_SS}Cell"):
            place = cell.get(f"{_SS}Index", "")
            if place.isdecimal() and len(cells) < int(place) - 1 < _FARTHEST:
                cells += [""] * (int(place) - 1 - len(cells))
            cells.append("".join(data.text or "" for data in cell.iter(f"{_SS}Data")))
        rows.append(cells)
    return rows


class _Page(HTMLParser):
    """Collects the cells of every table, inner tables as their own."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser names it
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell).strip())
            self._cell = None
