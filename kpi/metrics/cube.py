"""The cube: one group-by sums every pair by day, network, account, format and currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pyarrow as pa

from kpi.catalog.loader import fields
from kpi.facts.frame import Frame, Ints, Labels, ordinal
from kpi.metrics.pairs import Pair
from kpi.model.field import Roll
from kpi.model.period import Period

KEYS = ("network", "account", "currency", "format")
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Cells = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]
Segment = tuple[str, str, str]
"""Network, account and currency; an empty word where the rows do not tell."""


@dataclass(frozen=True, slots=True)
class Slab:
    """The sums of one table.

    `matrix` has one row a day and key, oldest first, and for each pair a sum and the number of rows
    that gave it: column `2 * i` and `2 * i + 1` of pair `i`. `segment` is the row's place in
    `segments`; `form` its format. `longer` are rows that stand for a span, as they are: first day,
    last day, segment, whether they may be spread over their days, and a row of the matrix each.
    """

    table: str
    pairs: Mapping[Pair, int]
    segments: tuple[Segment, ...]
    day: Ints
    segment: Ints
    form: Labels
    matrix: Matrix
    longer: tuple[tuple[int, int, int, bool, np.ndarray[tuple[int], np.dtype[np.float64]]], ...] = ()
    folded: tuple[tuple[Ints, Matrix], ...] = ()

    def totals(self, periods: Sequence[Period]) -> Cells:
        """Return sums and row counts by segment and period."""
        found = np.zeros((len(self.segments), len(periods), self.matrix.shape[1]))
        first = np.array([ordinal(p.first) for p in periods])
        last = np.array([ordinal(p.last) for p in periods])
        for place, (day, matrix) in enumerate(self.folded):
            low, high = np.searchsorted(day, first), np.searchsorted(day, last + 1)
            for at in np.flatnonzero(high > low):
                found[place, at] = matrix[low[at] : high[at]].sum(axis=0)
        for start, end, place, spread, row in self.longer:
            found[place] += np.outer(_weights(start, end, first, last, spread=spread), row)
        return found


def _weights(
    start: int, end: int, first: Ints, last: Ints, *, spread: bool
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return which part of a span counts in each period: all or nothing, or by days if it may be spread."""
    if not spread:
        return ((first <= start) & (end <= last)).astype(float)
    shared = np.minimum(last, end) - np.maximum(first, start) + 1
    weights: np.ndarray[tuple[int], np.dtype[np.float64]] = np.clip(shared, 0, None) / (end - start + 1)
    return weights


def _arrow(frame: Frame, columns: Sequence[str]) -> pa.Table:
    """Return the columns that a group-by needs; unknown is null."""
    count = len(frame)
    keys = {
        name: pa.array(frame.labels.get(name, Labels.same("", count)).codes.astype(np.int32)) for name in KEYS
    }
    values = {
        name: pa.array(frame.values[name], from_pandas=True) for name in columns if name in frame.values
    }
    return pa.table({"day": pa.array(frame.day), **keys, **values})


def summed(rows: nw.DataFrame[pa.Table], pairs: Sequence[Pair]) -> nw.DataFrame[pa.Table]:
    """Return sums `s0, s1, …` and row counts `n0, n1, …` of the pairs by day and keys.

    The one group-by of the product: the same expression runs on any engine that narwhals knows.
    """
    chosen = []
    for place, (column, filled) in enumerate(pairs):
        value = nw.col(column) if column else nw.lit(1.0)
        if filled:
            known = [~nw.col(name).is_null() for name in sorted(filled)]
            value = nw.when(nw.all_horizontal(*known, ignore_nulls=False)).then(value)
        chosen.append(value.alias(f"s{place}"))
    spots = range(len(pairs))
    return (
        rows.with_columns(*chosen)
        .group_by("day", *KEYS)
        .agg(
            *[nw.col(f"s{i}").sum() for i in spots], *[nw.col(f"s{i}").count().alias(f"n{i}") for i in spots]
        )
    )


def _plain(frame: Frame, pairs: Sequence[Pair]) -> tuple[list[Pair], list[int]]:
    """Return the pairs that differ in this frame, and the place of each wanted pair among them.

    A column without a blank need not be asked for, so most pairs of a clean file are the same sum.
    """
    gaps = {name for name, value in frame.values.items() if np.isnan(value).any()}
    plain = [(column, frozenset(filled & gaps)) for column, filled in pairs]
    distinct = list(dict.fromkeys(plain))
    place = {pair: i for i, pair in enumerate(distinct)}
    return distinct, [place[pair] for pair in plain]


def _matrix(frame: Frame, pairs: Sequence[Pair]) -> tuple[Ints, dict[str, Ints], Matrix]:
    """Return day, key codes and matrix of a frame, oldest first."""
    distinct, places = _plain(frame, pairs)
    columns = sorted(
        {column for column, _ in distinct if column} | {c for _, filled in distinct for c in filled}
    )
    sums = summed(nw.from_native(_arrow(frame, columns), eager_only=True), distinct).to_native()
    sums = sums.sort_by([(name, "ascending") for name in ("day", *KEYS)])
    day = sums["day"].to_numpy()
    codes = {name: sums[name].to_numpy().astype(np.int64) for name in KEYS}
    matrix = np.empty((len(day), 2 * len(pairs)))
    for i, place in enumerate(places):
        matrix[:, 2 * i] = np.nan_to_num(sums[f"s{place}"].to_numpy())
        matrix[:, 2 * i + 1] = sums[f"n{place}"].to_numpy()
    return day, codes, matrix


def _rows(frame: Frame, pairs: Sequence[Pair]) -> Matrix:
    """Return each row of a frame as a row of the matrix, without grouping.

    The unique people of a longer span are nobody's people of a day: they are not summed here.
    """
    matrix = np.zeros((len(frame), 2 * len(pairs)))
    for i, (column, filled) in enumerate(pairs):
        known = np.full(len(frame), not any(_unique(frame.table, name) for name in filled))
        for name in filled:
            known &= ~np.isnan(frame.values[name])
        matrix[:, 2 * i] = np.where(known, frame.values[column] if column else 1.0, 0.0)
        matrix[:, 2 * i + 1] = known
    return matrix


def _unique(table: str, column: str) -> bool:
    field = fields().get(f"{table}.{column}")
    return field is not None and field.roll is Roll.NONE


def _segments(frame: Frame) -> list[Segment]:
    count = len(frame)
    words = [
        frame.labels.get(name, Labels.same("", count)).words() for name in ("network", "account", "currency")
    ]
    return list(zip(*words, strict=True))


def slab(table: str, daily: Frame | None, windows: Sequence[Frame], wanted: Sequence[Pair]) -> Slab:
    """Return the sums of one table; pairs whose columns no file has are left out."""
    given = [set(frame.values) for frame in ([daily] if daily is not None else []) + list(windows)]
    pairs = [pair for pair in wanted if any(pair[1] <= columns for columns in given)]
    places: dict[Segment, int] = {}
    day, form, segment = np.zeros(0, np.int64), Labels.same("", 0), np.zeros(0, np.int64)
    matrix = np.zeros((0, 2 * len(pairs)))
    if daily is not None:
        ready = _complete(daily, pairs)
        day, codes, matrix = _matrix(ready, pairs)
        names = [
            ready.labels.get(name, Labels.same("", 0)).names for name in ("network", "account", "currency")
        ]
        keys = zip(*[codes[name].tolist() for name in ("network", "account", "currency")], strict=True)
        words = [(names[0][n], names[1][a], names[2][c]) for n, a, c in keys]
        segment = np.array([places.setdefault(word, len(places)) for word in words], np.int64)
        form = Labels(codes["format"], ready.labels.get("format", Labels.same("", 0)).names)
    longer = []
    for frame in windows:
        ready = _complete(frame, pairs)
        rows = _rows(ready, pairs)
        for i, word in enumerate(_segments(ready)):
            place = places.setdefault(word, len(places))
            longer.append((int(ready.day[i]), int(ready.until[i]), place, ready.spread, rows[i]))
    folded = tuple(_folded(day[segment == place], matrix[segment == place]) for place in range(len(places)))
    return Slab(
        table,
        {pair: i for i, pair in enumerate(pairs)},
        tuple(places),
        day,
        segment,
        form,
        matrix,
        tuple(longer),
        folded,
    )


def _folded(day: Ints, matrix: Matrix) -> tuple[Ints, Matrix]:
    """Return the rows of one segment with the formats of a day added together."""
    if not len(day):
        return day, matrix
    starts = np.flatnonzero(np.r_[True, day[1:] != day[:-1]])
    return day[starts], np.add.reduceat(matrix, starts, axis=0)


def _complete(frame: Frame, pairs: Sequence[Pair]) -> Frame:
    """Return the frame with every column that the pairs name, unknown where its files lack it."""
    needed = {column for _, filled in pairs for column in filled} - set(frame.values)
    return frame.with_values({column: np.full(len(frame), np.nan) for column in needed})
