"""What cannot be read off sums: levels at a day, unique people of an exact window, medians over rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from kpi.catalog.loader import fields
from kpi.facts.frame import NOBODY, UNTOLD, Floats, Frame, Ints, Labels, ordinal
from kpi.facts.key import folded, text_codes
from kpi.metrics.cube import Segment
from kpi.metrics.formula import Vector
from kpi.model.field import Roll
from kpi.model.period import Period

OVER_ROWS = frozenset({"median", "p90"})
_OF_MONEY = frozenset({"orders", "social_orders", "marketing_orders"})
_SMALL = 2**16  # codes below are sorted in one pass
STALE_AFTER = 7  # days before a period for which a level still counts as its start


@dataclass(frozen=True, slots=True)
class Track:
    """The known values of one field in one segment, oldest first.

    `read` remembers what was read off them by sorting, so that a filter that comes back to a network, or
    the next period's series, need not sort the same rows again.
    """

    segment: Segment
    day: Ints
    until: Ints
    value: Floats
    read: dict[tuple[str, Period], float] = field(default_factory=dict)


Part = tuple[Segment, Ints]


def parted(frame: Frame) -> tuple[Part, ...]:
    """Return the rows of each segment, oldest first; of competitors of each competitor."""
    count = len(frame)
    words = [frame.labels.get(name, Labels.same("", count)) for name in ("network", "account", "currency")]
    codes = (words[0].codes * len(words[1].names) + words[1].codes) * len(words[2].names) + words[2].codes
    if frame.table == "competitors":
        codes = folded(codes, text_codes(frame, "name"))
    kinds = pa.array(codes).dictionary_encode().indices.to_numpy()
    rows = np.argsort(kinds.astype(np.uint16) if kinds.max(initial=0) < _SMALL else kinds, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(kinds[rows]) != 0][:count])
    return tuple(
        ((_word(words[0], mine), _word(words[1], mine), _word(words[2], mine)), mine)
        for mine in np.split(rows, starts[1:])
        if len(mine)
    )


def _word(label: Labels, rows: Ints) -> str:
    return label.names[int(label.codes[rows[0]])]


def tracks(frame: Frame, column: str, parts: Sequence[Part]) -> tuple[Track, ...]:
    """Return the known values of a column, one track a part; a level of a longer span is of its last day."""
    if column not in frame.values:
        return ()
    day = frame.until if fields()[f"{frame.table}.{column}"].roll is Roll.LAST else frame.day
    found = []
    for segment, mine in parts:
        values = frame.values[column][mine]
        told = ~np.isnan(values)
        rows, values = (mine, values) if told.all() else (mine[told], values[told])
        days = day[rows]
        if (days[1:] < days[:-1]).any():
            order = np.argsort(days, kind="stable")
            rows, values, days = rows[order], values[order], days[order]
        if len(rows):
            until = days if frame.until is frame.day else frame.until[rows]
            found.append(Track(segment, days, until, values))
    return tuple(found)


def one_each(frames: Sequence[Frame]) -> list[Frame]:
    """Return the rows that stand for one thing each, an order or a message; none if some stand for several.

    An order that is not traced to a network counts as none of those that are, whatever was paid. Rows of
    money without a count, as lines of services or totals of days, are no orders at all.
    """
    counts = [
        frame.values.get("count", np.full(len(frame), np.nan if frame.table in _OF_MONEY else 1.0))
        for frame in frames
    ]
    if any((count > 1).any() for count in counts):
        return []
    return [frame.take(np.flatnonzero(count == 1)) for frame, count in zip(frames, counts, strict=True)]


def _bounds(track: Track, period: Period) -> tuple[int, int]:
    """Return the places of the first value inside the period and of the first one after it."""
    low = int(np.searchsorted(track.day, ordinal(period.first)))
    high = int(np.searchsorted(track.day, ordinal(period.last), side="right"))
    return low, high


def within(track: Track, period: Period) -> Floats:
    """Return the known values of a period's rows."""
    found: Floats = track.value[slice(*_bounds(track, period))]
    return found


def level(track: Track, roll: str, period: Period) -> float:
    """Return a level at the `start` or `end` of a period or its `mean`; NaN where it is not told.

    The start is the last level known before the period, at most a week old, else the first one inside.
    The end is the last one inside. Where both would be the same count, no change can be told.
    """
    low, high = _bounds(track, period)
    if low == high:
        return np.nan
    if roll == "mean":
        return float(track.value[low:high].mean())
    before = low - 1
    fresh = before >= 0 and ordinal(period.first) - track.day[before] <= STALE_AFTER
    start = before if fresh else low
    if roll == "start":
        return float(track.value[start]) if start < high - 1 else np.nan
    return float(track.value[high - 1])


def unique(track: Track, period: Period) -> float:
    """Return unique people of exactly this period; NaN where no row speaks of exactly it, or several do."""
    exact = (track.day == ordinal(period.first)) & (track.until == ordinal(period.last))
    return float(track.value[exact][0]) if exact.sum() == 1 else np.nan


def over_rows(chosen: Sequence[Track], roll: str, period: Period) -> float:
    """Return the median or 90th percentile over all rows of the period; NaN without rows."""
    return _remembered(chosen, roll, period, lambda: _middle(_all(chosen, period), roll))


def _remembered(chosen: Sequence[Track], what: str, period: Period, read: Callable[[], float]) -> float:
    """Return what is read off the rows of a period; of a single track it is read once."""
    if len(chosen) != 1:
        return read()
    memory = chosen[0].read
    if (what, period) not in memory:
        memory[what, period] = read()
    return memory[what, period]


def _middle(values: Floats, roll: str) -> float:
    if not len(values):
        return np.nan
    return float(np.median(values) if roll == "median" else np.quantile(values, 0.9))


def different(chosen: Sequence[Track], least: int, period: Period) -> float:
    """Return how many different people come at least so often in the period; NaN where that is not told."""
    return _remembered(chosen, f"{least} times", period, lambda: _different(_all(chosen, period), least))


def _different(values: Floats, least: int) -> float:
    if not len(values) or (values == UNTOLD).any():
        return np.nan
    ordered = np.sort(values[values != NOBODY])
    starts = np.flatnonzero(np.diff(ordered, prepend=np.nan))
    return float((np.diff(starts, append=len(ordered)) >= least).sum())


def returning(chosen: Sequence[Track], period: Period) -> float:
    """Return how many different people of the period before come in this one too; NaN without rows."""
    now, before = _all(chosen, period), _all(chosen, period.before())
    return float(len(np.intersect1d(now, before))) if len(now) else np.nan


def _all(chosen: Sequence[Track], period: Period) -> Floats:
    parts = [within(track, period) for track in chosen]
    return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0), *parts])


def added_levels(chosen: Sequence[Track], roll: str, periods: Sequence[Period]) -> Vector:
    """Return a level summed over accounts; unknown for a period in which one account is not told."""
    if not chosen:
        return np.full(len(periods), np.nan)
    values = np.array([[level(track, roll, period) for period in periods] for track in chosen])
    total: Vector = values.sum(axis=0)
    return total


def one_level(chosen: Sequence[Track], roll: str, periods: Sequence[Period]) -> Vector:
    """Return a level that may not be added, such as a rating; unknown for several accounts."""
    return added_levels(chosen if len(chosen) == 1 else (), roll, periods)


def uniques(chosen: Sequence[Track], periods: Sequence[Period]) -> Vector:
    """Return unique people; unknown for several accounts, whose people overlap."""
    found = [[unique(track, period) for period in periods] for track in chosen]
    values = np.array(found).reshape(len(chosen), len(periods))
    told = (~np.isnan(values)).sum(axis=0)
    return np.where(told == 1, np.nansum(values, axis=0), np.nan)
