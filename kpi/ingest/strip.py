"""One column's cells, parted by what they are: text, number or time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Cell = str | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta
Mask = npt.NDArray[np.bool_]
STAMP = pa.timestamp("us")


@dataclass(frozen=True, slots=True)
class Strip:
    """The cells of a column; where none is of a kind, that array is None.

    At most one of the three holds a row's cell; a blank cell is null or an empty text in all of them.
    """

    length: int
    text: pa.Array | None = None
    number: pa.Array | None = None
    when: pa.Array | None = None

    def cut(self, start: int, stop: int | None = None) -> Strip:
        """Return the rows from `start` up to `stop`."""
        stop = self.length if stop is None else stop
        parts = (
            None if a is None else a.slice(start, stop - start) for a in (self.text, self.number, self.when)
        )
        return Strip(stop - start, *parts)

    def take(self, rows: npt.NDArray[np.int64]) -> Strip:
        """Return the given rows."""
        parts = (None if a is None else a.take(pa.array(rows)) for a in (self.text, self.number, self.when))
        return Strip(len(rows), *parts)

    def filled(self) -> Mask:
        """Return which cells hold something other than blanks."""
        found = np.zeros(self.length, dtype=bool)
        if self.text is not None:
            found |= _flags(pc.greater(pc.binary_length(self.text), 0))
            found &= ~_flags(pc.utf8_is_space(self.text))
        for part in (self.number, self.when):
            if part is not None:
                found |= _flags(part.is_valid())
        return found

    def cells(self) -> list[Any]:
        """Return the cells as Python values, '' where blank."""
        found: list[Any] = [""] * self.length
        for part in (self.text, self.number, self.when):
            if part is not None:
                for row, cell in enumerate(part.to_pylist()):
                    if cell is not None:
                        found[row] = cell
        return found


def _flags(array: pa.Array) -> Mask:
    return np.asarray(array.fill_null(fill_value=False).to_numpy(zero_copy_only=False), dtype=bool)


def strip(cells: Sequence[Cell]) -> Strip:
    """Return a column of spreadsheet cells; a clean one costs no Python work per cell."""
    kinds = set(map(type, cells))
    if kinds == {float}:
        return Strip(len(cells), number=pa.array(cells, pa.float64()))
    if kinds == {str}:
        return Strip(len(cells), text=texts(cells))
    text = number = when = None
    if kinds & {str, bool, dt.time, dt.timedelta}:
        written = [c if type(c) is str else _written(c) for c in cells]
        text = texts(written) if any(written) else None
    if kinds & {float, int}:
        number = pa.array([c if type(c) in (float, int) else None for c in cells], pa.float64())
    if kinds & {dt.datetime, dt.date}:
        when = pa.array([_moment(c) for c in cells], STAMP)
    return Strip(len(cells), text, number, when)


def texts(cells: Sequence[Any]) -> pa.Array:
    """Return an array of text; half a character that no UTF-8 knows is replaced."""
    try:
        return pa.array(cells, pa.string())
    except UnicodeEncodeError:
        return pa.array([c and c.encode("utf-8", "replace").decode("utf-8") for c in cells], pa.string())


def _written(cell: Cell) -> str | None:
    if isinstance(cell, bool):
        return str(cell).upper()
    return str(cell) if isinstance(cell, (dt.time, dt.timedelta)) else None


def _moment(cell: Cell) -> dt.datetime | None:
    if type(cell) is dt.datetime:
        return cell
    return dt.datetime(cell.year, cell.month, cell.day) if type(cell) is dt.date else None  # noqa: DTZ001 - as written


def join(parts: Sequence[Strip]) -> Strip:
    """Return strips one under the other as one."""
    if len(parts) == 1:
        return parts[0]
    kinds = (("text", pa.string()), ("number", pa.float64()), ("when", STAMP))
    return Strip(sum(part.length for part in parts), *(_joined(parts, name, kind) for name, kind in kinds))


def _joined(parts: Sequence[Strip], name: str, kind: pa.DataType) -> pa.Array | None:
    found = [getattr(part, name) for part in parts]
    if all(array is None for array in found):
        return None
    return pa.concat_arrays(
        [pa.nulls(p.length, kind) if array is None else array for p, array in zip(parts, found, strict=True)]
    )


def worded(text: pa.Array | None, length: int) -> pa.Array:
    """Return texts with blank ones null."""
    if text is None:
        return pa.nulls(length, pa.string())
    blank = pc.equal(pc.binary_length(text), 0)
    return pc.if_else(blank, pa.scalar(None, pa.string()), text) if pc.any(blank).as_py() else text


def holds(text: pa.Array, sign: bytes) -> bool:
    """Return whether a character of one byte stands anywhere in an array of text."""
    _, places, letters = text.buffers()
    if letters is None:
        return False
    ends = np.frombuffer(places, np.int32)[[text.offset, text.offset + len(text)]]
    return bool((np.frombuffer(letters, np.uint8)[slice(*ends)] == ord(sign)).any())


def mapped(text: pa.Array, change: Callable[[str], str]) -> pa.Array:
    """Return a text array with every different text changed by a function."""
    coded = text.dictionary_encode()
    words = [change(word) for word in coded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(coded.indices)
