"""Bytes of a file → its sheets, each a grid of columns with the row numbers that a person sees."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, StringIO
from itertools import islice, zip_longest
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kpi.errors import TooLargeError, UnreadableError, UploadError
from kpi.ingest import guard, markup, text, unseen, zipguard
from kpi.ingest.mend import mended
from kpi.ingest.reasons import Refusal
from kpi.ingest.strip import Strip, join, strip
from kpi.model.limits import Limits
from kpi.model.owner import FileAnswers
from kpi.model.reading import Issue

HEAD = 60
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
_CHUNK = 20_000
_COLUMNS = 1024
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods", ".stat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a file; `strips` are its columns, row i of which is row i + 1 in Excel.

    `merged` are ranges whose value stands in the first cell alone: first and last cell, each (row, column).
    """

    strips: tuple[Strip, ...]
    height: int
    member: str | None = None
    name: str | None = None
    hidden: bool = False
    issues: tuple[Issue, ...] = ()
    merged: Merged = ()

    def rows(self, start: int, stop: int) -> list[tuple[Any, ...]]:
        """Return rows as Python cells, '' where blank."""
        stop = min(stop, self.height)
        if stop <= start:
            return []
        return list(zip(*(one.cut(start, stop).cells() for one in self.strips), strict=True))


def sheets(data: bytes, answers: FileAnswers, limits: Limits) -> list[Sheet]:
    """Return every sheet of the file, archives opened one level deep."""
    kind = guard.container(data, limits)
    if kind == "zip":
        return _archive(data, answers, limits)
    return _read(kind, data, answers, limits, None)


def _archive(data: bytes, answers: FileAnswers, limits: Limits) -> list[Sheet]:
    found: list[Sheet] = []
    lost: list[Issue] = []
    refused: UploadError | None = None
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for member in archive.infolist():
            path = PurePosixPath(member.filename)
            if member.is_dir() or path.name.startswith(".") or path.suffix.casefold() not in _TABLES:
                continue
            inner = _unpacked(archive, member)
            try:
                kind = guard.container(inner, limits)
                found += _read(kind, inner, answers, limits, _name(member))
            except UploadError as why:
                refused = why
                lost.append(Issue(key="member_unread", cell=_name(member)))
    if not found:
        raise refused or UnreadableError(Refusal.NO_TABLE)
    return [replace(found[0], issues=(*found[0].issues, *lost)), *found[1:]]


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(member)
    except zipguard.BROKEN as why:
        raise UnreadableError(Refusal.CORRUPT_ARCHIVE) from why


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; archives of some systems write UTF-8 without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _read(kind: str, data: bytes, answers: FileAnswers, limits: Limits, member: str | None) -> list[Sheet]:
    if kind == "text":
        return [_delimited(data, answers, limits, member)]
    if kind in {"html", "spreadsheetml"}:
        tables = markup.tables(data, kind)
        return [_grid(rows, limits, member=member, name=name) for name, rows in tables]
    found = _workbook(mended(data) if kind == "xlsx" else data, answers, limits, member)
    told = unseen.flaws(data) if kind == "xlsx" else {}
    return [replace(sheet, issues=(*sheet.issues, *told.get(sheet.name or "", ()))) for sheet in found]


def _workbook(data: bytes, answers: FileAnswers, limits: Limits, member: str | None) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        found = []
        for number, about in enumerate(book.sheets_metadata):
            if about.typ is SheetTypeEnum.WorkSheet:
                hidden = about.visible is not SheetVisibleEnum.Visible
                read = not hidden or answers.hidden_sheets
                sheet = _sheet(book.get_sheet_by_index(number), limits, member, about.name, read=read)
                found.append(replace(sheet, hidden=hidden))
    except PasswordError as why:
        raise UnreadableError(Refusal.PASSWORD_PROTECTED) from why
    except (CalamineError, OSError, ValueError, OverflowError) as why:
        raise UnreadableError(Refusal.CORRUPT_WORKBOOK) from why
    return found


def _sheet(sheet: CalamineSheet, limits: Limits, member: str | None, name: str, *, read: bool) -> Sheet:
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    _bound(min(height, limits.rows), width, limits)
    _cells(height, width, limits)
    if not read or not height:
        return Sheet(strips=(), height=0, member=member, name=name)
    parts = [[strip(column) for column in zip(*chunk, strict=True)] for chunk in _chunks(sheet)]
    strips = tuple(join(pieces) for pieces in zip(*parts, strict=True))
    if height > limits.rows:  # a stray cell far below makes no long table
        _bound(int(np.logical_or.reduce([one.filled() for one in strips]).sum()), width, limits)
    return Sheet(
        strips=strips,
        height=strips[0].length if strips else 0,
        member=member,
        name=name,
        merged=tuple(sheet.merged_cell_ranges or ()),
    )


def _chunks(sheet: CalamineSheet) -> Iterator[list[list[Any]]]:
    """Yield the head alone, so that headings do not make every column a mixed one, then the rest."""
    rows = iter(sheet.iter_rows())
    size = HEAD
    while chunk := list(islice(rows, size)):
        yield chunk
        size = _CHUNK


def _bound(height: int, width: int, limits: Limits) -> None:
    if height > limits.rows:
        raise TooLargeError(Refusal.TOO_MANY_ROWS, limit=limits.rows)
    if width > _COLUMNS:
        raise TooLargeError(Refusal.TOO_MANY_COLUMNS, limit=_COLUMNS)
    _cells(height, width, limits)


def _cells(height: int, width: int, limits: Limits) -> None:
    if height * width > limits.cells:
        raise TooLargeError(Refusal.TOO_MANY_CELLS, limit=limits.cells)


def _delimited(data: bytes, answers: FileAnswers, limits: Limits, member: str | None) -> Sheet:
    issues: list[Issue] = []
    clean = text.plain(data)
    strips = _arrow(data, *clean) if clean else None
    if strips is None:
        found = text.read(data, keep_quoted=answers.keep_quoted)
        issues += [Issue(key="repaired_quotes")] if found.repaired else []
        issues += [Issue(key="guessed_encoding", facts={"encoding": found.guessed})] if found.guessed else []
        _bound(found.body.count("\n") // 100, 1, limits)
        strips = None if clean else _arrow(found.body.encode("utf-8", "replace"), 0, found.delimiter)
        if strips is None:
            rows = list(text.records(found.body, found.delimiter))
            return _grid(rows, limits, member=member, issues=tuple(issues))
    _bound(strips[0].length, len(strips), limits)
    return Sheet(strips=strips, height=strips[0].length, member=member, issues=tuple(issues))


def _arrow(data: bytes, start: int, delimiter: str) -> tuple[Strip, ...] | None:
    """Return the columns of an even UTF-8 table, None where widths differ or quotes do not close."""
    if b"\r" in data and b"\r\n" not in data:
        return None
    head = data[start : start + text.SAMPLE].decode("utf-8", "replace")
    first = next(csv.reader(StringIO(head, newline=""), delimiter=delimiter), [])
    if len(first) < 2 or len(first) > _COLUMNS:  # noqa: PLR2004 - one column has blank lines that count
        return None
    names = [f"f{number}" for number in range(len(first))]
    guard_row = delimiter.join([text.GUARD] * len(first)).encode()  # swallowed where a quote never closes
    end = len(data)
    while end > start and data[end - 1] in b"\r\n":
        end -= 1
    whole = b"\n".join((memoryview(data)[start:end], guard_row))  # the one copy of a large file
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(whole),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False),  # half the CPU time
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    rows = len(table) - 1
    if any(column[rows].as_py() != text.GUARD for column in table.columns):
        return None
    return tuple(Strip(rows, text=column.combine_chunks().slice(0, rows)) for column in table.columns)


def _grid(
    rows: list[list[str]],
    limits: Limits,
    *,
    member: str | None = None,
    name: str | None = None,
    issues: tuple[Issue, ...] = (),
) -> Sheet:
    width = max(map(len, rows), default=0)
    _bound(len(rows), width, limits)
    strips = tuple(strip(column) for column in zip_longest(*rows, fillvalue="")) if width else ()
    return Sheet(strips=strips, height=len(rows) if strips else 0, member=member, name=name, issues=issues)
