"""What a workbook holds and a reader of cells does not show: formulas never computed, errors, hidden rows."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from itertools import pairwise
from posixpath import basename, join, normpath

from kpi.ingest import zipguard
from kpi.model.reading import Issue

_CHUNK = 4 * 1024 * 1024
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]{0,300})>")
_TARGET = re.compile(r"<Relationship\b([^>]{0,300})>")
_WORD = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_HIDDEN = re.compile(rb'<row\b[^>]{0,300}\br="(\d+)"[^>]{0,300}\bhidden="(?:1|true)"')
_ROW = re.compile(rb'<row\b[^>]{0,300}?\br="(\d+)"')
_FORMULA = rb"<f\b[^>]{0,300}(?:/>|>[^<]*</f>)"
_BARE = re.compile(
    rb'<c\b[^>]{0,300}?\br="[A-Z]+(\d+)"[^>]{0,300}>\s*' + _FORMULA + rb"\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_ERROR = re.compile(
    rb'<c\b(?=[^>]{0,300}\bt="e")[^>]{0,300}?\br="[A-Z]+(\d+)"[^>]{0,300}>\s*(?:'
    + _FORMULA
    + rb")?\s*<v>(#[^<]{1,20})</v>"
)


@dataclass(slots=True)
class _Seen:
    """What was found in a sheet: the rows of each kind of cell, and the errors by their names."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, row: int) -> None:
        self.rows.setdefault(kind, []).append(row)

    def issues(self) -> tuple[Issue, ...]:
        """Return one issue a kind, with its first row and how many there are."""
        kinds = ", ".join(f"{name} × {count}" for name, count in self.errors.most_common())
        return tuple(
            Issue(
                key=kind,
                row=rows[0],
                facts={"n": len(rows)} | ({"kinds": kinds} if kind == "error_cells" else {}),
            )
            for kind, rows in self.rows.items()
        )


def flaws(data: bytes) -> Mapping[str, tuple[Issue, ...]]:
    """Return what the sheets of an xlsx hold unseen, by their names; nothing where parts are missing."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: found for name, part in _parts(archive) if (found := _look(archive, part).issues())}
    except (*zipguard.BROKEN, KeyError, UnicodeError):  # the library that reads the cells tells what is wrong
        return {}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of every sheet and the part of the archive that holds it."""
    book = next((name for name in archive.namelist() if basename(name) == "workbook.xml"), None)
    if book is None:
        return
    folder = book.removesuffix("workbook.xml")
    relations = archive.read(f"{folder}_rels/workbook.xml.rels").decode()
    told = [dict(_WORD.findall(one)) for one in _TARGET.findall(relations)]
    targets = {one["Id"]: one["Target"] for one in told if {"Id", "Target"} <= one.keys()}
    for about in map(dict, map(_WORD.findall, _SHEET.findall(archive.read(book).decode()))):
        target = targets.get(about.get("r:id", ""))
        if target:
            place = target[1:] if target.startswith("/") else normpath(join(folder, target))
            if place in archive.namelist():
                yield unescape(about.get("name", "")), place


def _look(archive: zipfile.ZipFile, part: str) -> _Seen:
    """Look through a sheet, a few megabytes at a time, each cut behind a whole row."""
    found, last, rest = _Seen(), 0, b""
    with archive.open(part) as stream:
        while True:
            block = stream.read(_CHUNK)
            whole = rest + block
            cut = whole.rfind(b"</row>") + len(b"</row>") if block else len(whole)
            if block and cut < len(b"</row>"):
                rest = whole[-_CHUNK:]
                continue
            last, rest = _chunk(whole[:cut], found, last), whole[cut:]
            if not block:
                return found


def _chunk(text: bytes, found: _Seen, last: int) -> int:
    """Look through whole rows and return the number of the last one."""
    if b"hidden=" in text:
        for match in _HIDDEN.finditer(text):
            found.add("hidden_rows", int(match[1]))
    if b"</f>" in text or b' si="' in text:
        for match in _BARE.finditer(text):
            found.add("formula_unsaved", int(match[1]))
    if b't="e"' in text:
        for match in _ERROR.finditer(text):
            found.add("error_cells", int(match[1]))
            found.errors[match[2].decode("utf-8", "replace")] += 1
    rows = [b"%d" % last, *_ROW.findall(text)]
    for one, next_one in pairwise(rows):
        if one == next_one:
            found.add("row_twice", int(one))
    return int(rows[-1])
