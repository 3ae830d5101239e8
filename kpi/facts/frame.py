"""A canonical table as arrays: days, labels, values with NaN for unknown, and where each came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

EPOCH = date(1970, 1, 1)
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Ints = np.ndarray[tuple[int], np.dtype[np.int64]]
NOBODY, UNTOLD = -1.0, -2.0
"""In a column of the numbers that people go by: none is meant here, and nobody can tell whether one is."""


def ordinal(day: date) -> int:
    """Return a day as the number of days since 1970-01-01."""
    return (day - EPOCH).days


def calendar(day: int | np.integer) -> date:
    """Return a number of days since 1970-01-01 as a day."""
    return date.fromordinal(int(day) + EPOCH.toordinal())


@dataclass(frozen=True, slots=True)
class Labels:
    """A column of few different words: a code for each row and the words by code."""

    codes: Ints
    names: tuple[str, ...]

    @classmethod
    def of(cls, words: Sequence[str | None] | pa.ChunkedArray | pa.Array) -> Labels:
        """Encode a column of words; None becomes the empty word."""
        column = words if isinstance(words, pa.Array) else None
        if isinstance(words, pa.ChunkedArray):
            column = words.combine_chunks()
        if column is None:
            column = pa.array(words, pa.string())
        encoded = pc.fill_null(column.cast(pa.string()), "").dictionary_encode()
        return cls(
            encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64),
            tuple(encoded.dictionary.to_pylist()),
        )

    @classmethod
    def same(cls, word: str, count: int) -> Labels:
        """Return a column that says `word` on each of `count` rows."""
        return cls(np.zeros(count, np.int64), (word,))

    def take(self, rows: Ints) -> Labels:
        """Return the labels of these rows."""
        return Labels(self.codes[rows], self.names)

    def says(self, word: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Return for each row whether it says a word."""
        found: np.ndarray[tuple[int], np.dtype[np.bool_]] = np.array([n == word for n in self.names], bool)
        return found[self.codes]

    def words(self) -> list[str]:
        """Return the word of each row."""
        return [self.names[code] for code in self.codes]


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of one canonical table, oldest first.

    `day` and `until` are days since 1970 (equal for a row of one day); `spread` says that the amounts
    may be counted by days (costs by month). `origin` gives for each field the index of the file's table
    that gave the value, `row` its Excel row; `texts` are columns that are only shown.
    """

    table: str
    day: Ints
    until: Ints
    labels: Mapping[str, Labels]
    values: Mapping[str, Floats]
    origin: Mapping[str, Ints]
    row: Ints
    spread: bool = False
    texts: Mapping[str, pa.Array] | None = None

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.day)

    def take(self, rows: Ints) -> Frame:
        """Return these rows, in this order."""
        if len(rows) == len(self) and bool((rows == np.arange(len(rows))).all()):
            return self
        shared = {id(origin): origin for origin in self.origin.values()}  # most columns have the same one
        taken = {key: origin[rows] for key, origin in shared.items()}
        return Frame(
            self.table,
            self.day[rows],
            self.until[rows],
            {name: label.take(rows) for name, label in self.labels.items()},
            {name: value[rows] for name, value in self.values.items()},
            {name: taken[id(origin)] for name, origin in self.origin.items()},
            self.row[rows],
            self.spread,
            {name: text.take(pa.array(rows)) for name, text in (self.texts or {}).items()},
        )

    def with_values(self, more: Mapping[str, Floats], origin: Ints | None = None) -> Frame:
        """Return the frame with more value columns, whose figures came from the tables `origin`."""
        where = self.main_origin() if origin is None else origin
        return Frame(
            self.table,
            self.day,
            self.until,
            self.labels,
            dict(self.values) | dict(more),
            dict(self.origin) | dict.fromkeys(more, where),
            self.row,
            self.spread,
            self.texts,
        )

    def main_origin(self) -> Ints:
        """Return for each row the table that it came from."""
        return next(iter(self.origin.values()), np.zeros(len(self), np.int64))


def blank(count: int) -> Floats:
    """Return `count` unknowns."""
    return np.full(count, np.nan)


def _joined_labels(parts: Sequence[tuple[Labels | None, int]]) -> Labels:
    """Return one column of labels out of several; a part without the column says nothing ("")."""
    names: dict[str, int] = {}
    codes: list[Ints] = []
    for label, count in parts:
        found = label or Labels.same("", count)
        known = np.array([names.setdefault(name, len(names)) for name in found.names], np.int64)
        codes.append(known[found.codes] if count else np.zeros(0, np.int64))
    return Labels(np.concatenate(codes), tuple(names))


def joined(frames: Sequence[Frame]) -> Frame:
    """Return one frame out of several of the same table; what a part does not have is unknown there."""
    if len(frames) == 1:
        return frames[0]
    sizes = [len(frame) for frame in frames]
    labels = {name for frame in frames for name in frame.labels}
    values = {name for frame in frames for name in frame.values}
    texts = {name for frame in frames for name in frame.texts or {}}
    return Frame(
        frames[0].table,
        np.concatenate([frame.day for frame in frames]),
        np.concatenate([frame.until for frame in frames]),
        {
            name: _joined_labels([(f.labels.get(name), n) for f, n in zip(frames, sizes, strict=True)])
            for name in sorted(labels)
        },
        {
            name: np.concatenate(
                [f.values[name] if name in f.values else blank(n) for f, n in zip(frames, sizes, strict=True)]
            )
            for name in sorted(values)
        },
        {
            name: np.concatenate([f.origin.get(name, f.main_origin()) for f in frames])
            for name in sorted(values)
        },
        np.concatenate([frame.row for frame in frames]),
        frames[0].spread,
        {
            name: pa.concat_arrays(
                [
                    (f.texts or {}).get(name, pa.nulls(n, pa.string())).cast(pa.string())
                    for f, n in zip(frames, sizes, strict=True)
                ]
            )
            for name in sorted(texts)
        },
    )
