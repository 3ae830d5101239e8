"""80 % intervals of sums, averages and ratios, from the amounts of single orders, days or rows."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from kpi.judge.interval import HOPELESS, TAIL, Interval, gamma, student
from kpi.metrics.formula import Vector

_FEWEST = 3  # of two there is no spread to speak of
_FEWEST_RANGES = 5
_RANGE = 2 / math.sqrt(math.pi)  # the mean range of two in standard deviations, 1.128


class _Sum(NamedTuple):
    """A sum with its interval."""

    value: float
    low: float
    high: float


def total(amounts: Vector, counts: Vector) -> Interval | None:
    """Return the interval of a sum of orders, of which both number and size are left to chance.

    `counts` says of how many orders each amount is the sum. Compound Poisson: the variance is the sum of
    the squares of all single orders; the sum is then as sure as so many equal orders as have this variance
    (Fay and Feuer 1997, with half an order of chance above as in Jeffreys' interval of a count). Upwards it
    is less sure by the skew that log-normal orders of this scatter have: a few large ones may not have come.
    What was returned is a sum of its own, and the two are joined as those of a difference.
    None for fewer than three amounts, or where nothing was taken in.
    """
    known = amounts != 0
    if known.sum() < _FEWEST or not (amounts > 0).any():
        return None
    t = student(float(known.sum()) - 1)
    counts = np.maximum(counts, 1.0)
    gained = _side(amounts[amounts > 0], counts[amounts > 0], t)
    lost = _side(-amounts[amounts < 0], counts[amounts < 0], t)
    if gained is None or lost is None:
        return None
    down = math.hypot(gained.value - gained.low, lost.high - lost.value)
    up = math.hypot(gained.high - gained.value, lost.value - lost.low)
    return gained.value - lost.value - down, gained.value - lost.value + up


def _side(amounts: Vector, counts: Vector, t: float) -> _Sum | None:
    """Return the sum of positive amounts with its interval."""
    if not len(amounts):
        return _Sum(0.0, 0.0, 0.0)
    value, orders, rows = float(amounts.sum()), float(counts.sum()), len(amounts)
    squares = float((amounts**2 / counts).sum())
    if not squares or (rows == 1 and orders > 1):
        return None  # crumbs of money, or one lump of orders
    if orders > rows:
        squares += (orders - rows) * _scatter(amounts, counts)
    heavy = squares / value
    shape = value / heavy
    uneven = _skewed(t) * (heavy * orders / value - 1)  # equal orders have no more skew than a count
    return _Sum(value, heavy * min(shape, gamma(shape + 0.5, -t)), heavy * (gamma(shape + 0.5, t) + uneven))


def _skewed(t: float) -> float:
    """Return by how much skew moves an end, in units of the third moment over the second (Hall 1992)."""
    return (2 * t**2 + 1) / 6


def _scatter(amounts: Vector, sizes: Vector) -> float:
    """Return the variance of one unit's amount, where an amount is the sum of so many units."""
    mean = amounts.sum() / sizes.sum()
    return float(((amounts - mean * sizes) ** 2 / sizes).sum()) / (len(amounts) - 1)


def over_days(amounts: Vector, days: Vector) -> Interval | None:
    """Return the interval of a sum from what each stretch of so many days added to it; t on the stretches.

    Toward the side to which they are skewed the end is moved out, as in `left_out`. None where all days are
    alike: those were spread, not counted.
    """
    value, variance = float(amounts.sum()), float(days.sum()) * _scatter(amounts, days)
    if not variance:
        return None
    t = student(len(amounts) - 1)
    off = amounts - days * value / days.sum()
    skew = _skewed(t) * float((off**3).sum() / (off**2).sum())
    half = t * math.sqrt(variance)
    return value - half + min(skew, 0.0), value + half + max(skew, 0.0)


def left_out(value: float, without: Vector, freedom: float, *, fixed: bool) -> Interval | None:
    """Return the interval of a value from what it would be without each single part (jackknife).

    On logs where all are above zero. `fixed` says that the number of parts is no matter of chance: days of
    a month are given, orders are not. `freedom` are those of Student's t. Toward the side to which the
    parts are skewed the end is moved out by the acceleration of Efron (1987), as Hall (1992) does for t.
    None where all parts are alike, or so different that nothing can be told.
    """
    logs = value > 0 and bool((without > 0).all())
    moved: Vector = np.log(value / without) if logs else value - without
    if fixed:
        moved = (moved - moved.mean()) * math.sqrt((len(moved) - 1) / len(moved))
    variance = float((moved**2).sum())
    if not variance:
        return None
    t = student(freedom)
    half = t * math.sqrt(variance)
    skew = _skewed(t) * float((moved**3).sum()) / variance
    down, up = half - min(skew, 0.0), half + max(skew, 0.0)
    if logs and max(down, up) > HOPELESS:
        return None
    return (value * math.exp(-down), value * math.exp(up)) if logs else (value - down, value + up)


def quantile(values: Vector, q: float) -> Interval | None:
    """Return the interval of the `q` quantile of rows by their ranks, whatever they are spread like.

    The chance that so many rows lie below is binomial and exact; between two ranks it is interpolated as
    by Nyblom (1992), which for the median is Hettmansperger and Sheather (1986). None for too few rows:
    four for a median, twenty-two for a 90th percentile.
    """
    ordered = np.sort(values)
    low, high = _end(ordered, q), _end(-ordered[::-1], 1 - q)
    return None if low is None or high is None else (low, -high)


def _end(ordered: Vector, q: float) -> float | None:
    """Return the value above which the `q` quantile lies but for one chance in ten."""
    count = len(ordered)
    ways = np.arange(1, count + 1)
    steps = np.log((count - ways + 1) / ways * q / (1 - q))
    at_most = np.cumsum(np.exp(count * math.log(1 - q) + np.r_[0.0, np.cumsum(steps)]))
    rank = int(np.searchsorted(at_most, TAIL, side="right"))
    if not 0 < rank < count:
        return None
    inside = (TAIL - at_most[rank - 1]) / (at_most[rank] - at_most[rank - 1])
    farther, nearer = inside * (count - rank) * q, (1 - inside) * rank * (1 - q)
    return float(ordered[rank - 1] + (ordered[rank] - ordered[rank - 1]) * farther / (farther + nearer))


def ranges(value: float, earlier: Vector, *, periods: int, logs: bool) -> Interval | None:
    """Return the interval of a value by the moving ranges of earlier periods, which stand in their order.

    NaN stands for a period that is not told whole: no range is taken across it. `value` is the mean of so
    many `periods`. Individuals chart: sigma is the mean range over 1.128 (Wheeler). Student's t with as
    many degrees of freedom as ranges: with sigma from five of them 1.28 of it would cover 74 of 100.
    None for fewer than five ranges, which are six periods, or where nothing ever moves.
    """
    steps = np.abs(np.diff(np.log(earlier) if logs else earlier))
    known = steps[~np.isnan(steps)]
    if len(known) < _FEWEST_RANGES or not known.any():
        return None
    half = student(len(known)) * float(known.mean()) / _RANGE / math.sqrt(periods)
    if logs and half > HOPELESS:
        return None
    return (value * math.exp(-half), value * math.exp(half)) if logs else (value - half, value + half)
