"""The cube: one group-by sums every pair by day, network, account, format and currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import narwhals as nw
import numpy as np
import pyarrow as pa

from kpi.catalog.loader import fields
from kpi.facts.frame import Floats, Frame, Ints, Labels, ordinal
from kpi.metrics.pairs import Pair
from kpi.model.field import Roll
from kpi.model.period import Period

KEYS = ("network", "account", "currency", "format")
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Cells = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]
_REMEMBERED = 32  # lists of periods
Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]
Segment = tuple[str, str, str]
"""Network, account and currency; an empty word where the rows do not tell."""


@dataclass(frozen=True, slots=True)
class Slab:
    """The sums of one table.

    `matrix` has one row a day and key, oldest first, and for each pair a sum and the number of rows
    that gave it: column `2 * i` and `2 * i + 1` of pair `i`. `segment` is the row's place in
    `segments`; `form` its format. `longer` are rows that stand for a span, as they are: first day,
    last day, segment, whether they may be spread over their days, and a row of the matrix each.
    `told` remembers the totals of the last periods asked for: a filter by network asks for them again.
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
    told: dict[tuple[tuple[Period, ...], str | None], Cells] = field(
        default_factory=dict, repr=False, compare=False
    )

    def totals(self, periods: tuple[Period, ...], form: str | None = None) -> Cells:
        """Return sums and row counts by segment and period, of one format or of all.

        Of a longer span nobody tells the formats: it takes no part in one of them.
        """
        key = (periods, form)
        if key not in self.told:
            if len(self.told) >= _REMEMBERED:
                self.told.pop(next(iter(self.told)))
            self.told[key] = self._added(periods, form)
        return self.told[key]

    def _of(self, form: str) -> tuple[tuple[Ints, Matrix], ...]:
        """Return the rows of one format by segment."""
        mine = self.form.says(form)
        rows = [np.flatnonzero(mine & (self.segment == place)) for place in range(len(self.segments))]
        return tuple((self.day[one], self.matrix[one]) for one in rows)

    def _added(self, periods: Sequence[Period], form: str | None) -> Cells:
        found = np.zeros((len(self.segments), len(periods), self.matrix.shape[1]))
        first = np.array([ordinal(p.first) for p in periods])
        last = np.array([ordinal(p.last) for p in periods])
        for place, (day, matrix) in enumerate(self.folded if form is None else self._of(form)):
            low, high = np.searchsorted(day, first), np.searchsorted(day, last + 1)
            cuts = np.unique(np.concatenate([low, high]))
            if len(cuts) > 1:  # no row is added up twice, however much the periods overlap
                parts = np.add.reduceat(matrix[: cuts[-1]], cuts[:-1], axis=0)
                begin, close = np.searchsorted(cuts, low), np.searchsorted(cuts, high)
                whole = close - begin == 1
                found[place, whole] = parts[begin[whole]]
                for at in np.flatnonzero(close - begin > 1):
                    found[place, at] = parts[begin[at] : close[at]].sum(axis=0)
        for start, end, place, spread, row in () if form else self.longer:
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


def summed(rows: nw.DataFrame[pa.Table], columns: Sequence[str]) -> nw.DataFrame[pa.Table]:
    """Return the sums of columns and the number of rows `n` by slot.

    The one group-by of the product: the same expression runs on any engine that narwhals knows.
    """
    return rows.group_by("slot").agg(*[nw.col(column).sum() for column in columns], nw.len().alias("n"))


def _gaps(frame: Frame, columns: Sequence[str]) -> tuple[Labels, dict[str, int]]:
    """Return which columns are blank in each row, as a sum of bits, and the bit of each such column."""
    gaps = np.zeros(len(frame), np.int64)
    bits: dict[str, int] = {}
    for column in columns:
        if np.isnan(frame.values[column].min(initial=0.0)):
            bits[column] = 1 << len(bits)
            gaps += np.isnan(frame.values[column]) * np.int64(bits[column])
    kinds = pa.array(gaps).dictionary_encode()
    return Labels(kinds.indices.to_numpy(), tuple(kinds.dictionary.to_pylist())), bits


def _matrix(frame: Frame, pairs: Sequence[Pair]) -> tuple[Ints, dict[str, Ints], Matrix]:
    """Return day, key codes and matrix of a frame, oldest first.

    Rows with the same gaps are summed together, so that each column is summed once; a pair then adds up
    the sums of those rows in which all of its fields are filled.
    """
    columns = sorted({column for _, filled in pairs for column in filled})
    kinds, bits = _gaps(frame, columns)
    keys = [frame.labels.get(name, Labels.same("", len(frame))) for name in KEYS]
    first = int(frame.day.min(initial=0))
    slot = frame.day - first
    for key in (*keys, kinds):
        if len(key.names) > 1:
            slot = slot * len(key.names) + key.codes
    values = {column: pa.array(frame.values[column]) for column in columns}
    rows = nw.from_native(pa.table({"slot": slot, **values}), eager_only=True)
    sums = summed(rows, columns).to_native().sort_by("slot")
    slots, kind = np.divmod(sums["slot"].to_numpy(), max(1, len(kinds.names)))
    starts = np.flatnonzero(np.r_[True, slots[1:] != slots[:-1]][: len(slots)])
    gaps, rows_of = np.array(kinds.names, np.int64)[kind], sums["n"].to_numpy().astype(float)
    known = {column: np.nan_to_num(sums[column].to_numpy()) for column in columns}
    matrix = np.empty((len(starts), 2 * len(pairs)), order="F")
    counts: dict[frozenset[str], tuple[Bools, Floats]] = {}
    totals: dict[Pair, Floats] = {}
    for i, (column, filled) in enumerate(pairs):
        needed = filled.intersection(bits)
        if needed not in counts:
            whole = gaps & sum(bits[name] for name in needed) == 0
            counts[needed] = whole, np.add.reduceat(rows_of * whole, starts)
        whole, count = counts[needed]
        if (column, needed) not in totals:
            totals[column, needed] = np.add.reduceat(known[column] * whole, starts) if column else count
        matrix[:, 2 * i], matrix[:, 2 * i + 1] = totals[column, needed], count
    rest, codes = slots[starts], {}
    for name, key in zip(reversed(KEYS), reversed(keys), strict=True):
        rest, codes[name] = np.divmod(rest, max(1, len(key.names)))
    return rest + first, codes, matrix


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
    known = fields().get(f"{table}.{column}")
    return known is not None and known.roll is Roll.NONE


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
        segment = _placed(ready, codes, places)
        form = Labels(codes["format"], ready.labels.get("format", Labels.same("", 0)).names)
    longer = []
    for frame in windows:
        ready = _complete(frame, pairs)
        rows = _rows(ready, pairs)
        for i, word in enumerate(_segments(ready)):
            place = places.setdefault(word, len(places))
            longer.append((int(ready.day[i]), int(ready.until[i]), place, ready.spread, rows[i]))
    by_segment = np.argsort(segment, kind="stable")
    ends = np.searchsorted(segment[by_segment], np.arange(len(places) + 1))
    parts = [by_segment[ends[place] : ends[place + 1]] for place in range(len(places))]
    folded = tuple(_folded(day[rows], matrix[rows]) for rows in parts)
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


def _placed(frame: Frame, codes: Mapping[str, Ints], places: dict[Segment, int]) -> Ints:
    """Return the place of each row's segment; a new segment takes the next place."""
    names = [frame.labels.get(name, Labels.same("", 0)).names for name in KEYS[:3]]
    joint = (codes["network"] * len(names[1]) + codes["account"]) * len(names[2]) + codes["currency"]
    _, at, back = np.unique(joint, return_index=True, return_inverse=True)
    found = np.zeros(len(at), np.int64)
    for one in np.argsort(at):
        row = at[one]
        words = tuple(names[i][codes[KEYS[i]][row]] for i in range(3))
        found[one] = places.setdefault((words[0], words[1], words[2]), len(places))
    return found[back]


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
