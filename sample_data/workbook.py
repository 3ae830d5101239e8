"""Workbooks whose bytes are the same whenever they are made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

Cell = str | int | float | date | None
Lines = Iterable[Sequence[Cell]]

_STAMP = (2026, 1, 5, 9, 0, 0)
_SAVED = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_WIDTH = 18


def write(path: Path, sheets: Mapping[str, Lines]) -> None:
    """Write the lines of sheets, each under its name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
        for column in "ABCD":
            sheet.column_dimensions[column].width = _WIDTH
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for member in made.namelist():
            # The time of saving stands in the archive's entries and in the document's properties.
            content = _SAVED.sub(b"2026-01-05T09:00:00Z", made.read(member))
            entry = zipfile.ZipInfo(member, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, content)
