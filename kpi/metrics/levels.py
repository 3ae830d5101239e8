"""What cannot be read off sums: levels at a day, unique people of an exact window, medians over rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.frame import NOBODY, UNTOLD, Floats, Frame, Ints, Labels, ordinal
from kpi.facts.key import folded, text_codes
from kpi.metrics.cube import Segment
from kpi.metrics.formula import Vector
from kpi.model.field import Roll
from kpi.model.period import Period

OVER_ROWS = frozenset({"median", "p90"})
STALE_AFTER = 7  # days before a period for which a level still counts as its start


@dataclass(frozen=True, slots=True)
class Track:
    """The known values of one field in one segment, oldest first.

    `medians` remembers what was read off them, so that a filter that comes back to a network, or the
    next period's series, need not sort the same rows again.
    """

    segment: Segment
    day: Ints
    until: Ints
    value: Floats
    medians: dict[tuple[str, Period], float] = field(default_factory=dict)


def tracks(frame: Frame, column: str) -> tuple[Track, ...]:
    """Return the known values of a column, one track a segment; of competitors one a competitor.

    A level of a longer span stands on its last day.
    """
    if column not in frame.values:
        return ()
    known = np.flatnonzero(~np.isnan(frame.values[column]))
    count = len(frame)
    words = [frame.labels.get(name, Labels.same("", count)) for name in ("network", "account", "currency")]
    codes = (words[0].codes * len(words[1].names) + words[1].codes) * len(words[2].names) + words[2].codes
    if frame.table == "competitors":
        codes = folded(codes, text_codes(frame, "name"))
    day = frame.until if fields()[f"{frame.table}.{column}"].roll is Roll.LAST else frame.day
    known = known[np.argsort(day[known], kind="stable")]
    found = []
    for code in np.unique(codes[known]):
        rows = known[codes[known] == code]
        first = int(rows[0])
        segment = (
            words[0].names[words[0].codes[first]],
            words[1].names[words[1].codes[first]],
            words[2].names[words[2].codes[first]],
        )
        found.append(Track(segment, day[rows], frame.until[rows], frame.values[column][rows]))
    return tuple(found)


def one_each(frames: Sequence[Frame]) -> list[Frame]:
    """Return the rows that stand for one thing each, an order or a message; none if some stand for several.

    An order that is not traced to a network counts as none of those that are, whatever was paid.
    """
    counts = [frame.values.get("count", np.ones(len(frame))) for frame in frames]
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
    if len(chosen) == 1:
        memory = chosen[0].medians
        if (roll, period) not in memory:
            memory[roll, period] = _middle(within(chosen[0], period), roll)
        return memory[roll, period]
    parts = [within(track, period) for track in chosen]
    return _middle(np.concatenate([np.zeros(0), *parts]), roll)


def _middle(values: Floats, roll: str) -> float:
    if not len(values):
        return np.nan
    return float(np.median(values) if roll == "median" else np.quantile(values, 0.9))


def different(chosen: Sequence[Track], least: int, period: Period) -> float:
    """Return how many different people come at least so often in the period; NaN where that is not told."""
    values = _people(chosen, period)
    if not len(values) or (values == UNTOLD).any():
        return np.nan
    counts = np.unique(values[values != NOBODY], return_counts=True)[1]
    return float((counts >= least).sum())


def returning(chosen: Sequence[Track], period: Period) -> float:
    """Return how many different people of the period before come in this one too; NaN without rows."""
    now, before = _people(chosen, period), _people(chosen, period.before())
    return float(len(np.intersect1d(now, before))) if len(now) else np.nan


def _people(chosen: Sequence[Track], period: Period) -> Floats:
    return np.concatenate([np.zeros(0), *(within(track, period) for track in chosen)])


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
