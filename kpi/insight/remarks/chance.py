"""Whether two figures differ by more than chance: plain tests whose level is shared by all that are asked."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from kpi.facts.frame import Floats
from kpi.judge.interval import Interval, Z, student

LEVEL = 0.02  # how often one detector may speak of a period in which nothing happened
_NORMAL = NormalDist()
_LEAST = 3  # values of a side without which there is no spread to speak of


def bar(tests: int, level: float = LEVEL) -> float:
    """Return how many standard errors each of several tests must show (two-sided, Bonferroni)."""
    return _NORMAL.inv_cdf(1 - level / 2 / max(1, tests))


def certainty(z: float) -> float:
    """Return how sure a difference of `z` standard errors is, 0 to 1.

    >>> round(certainty(2.0), 2)
    0.95
    """
    return 1 - 2 * (1 - _NORMAL.cdf(abs(z)))


def log_error(interval: Interval | None) -> float | None:
    """Return the standard error of the log of a value from its 80 % interval; None where it has none."""
    if interval is None or interval[0] <= 0:
        return None
    return math.log(interval[1] / interval[0]) / (2 * Z)


def apart(now: float, error: float, before: float, error_before: float) -> float:
    """Return by how many standard errors the logs of two values differ; 0 where neither has any."""
    error = math.hypot(error, error_before)
    return math.log(now / before) / error if error > 0 else 0.0


def counts(now: float, before: float, *, longer: float = 1.0) -> float:
    """Return by how many standard errors a count differs from one before of a time `1 / longer` as long.

    Given their sum, the first is binomial (Przyborowski and Wilenski 1940), with continuity correction.
    """
    total, share = now + before, longer / (1 + longer)
    if total == 0:
        return 0.0
    off = now - total * share
    return math.copysign(max(0.0, abs(off) - 0.5), off) / math.sqrt(total * share * (1 - share))


def shares(part: float, whole: float, part_before: float, whole_before: float) -> float:
    """Return by how many standard errors two shares differ (pooled, with Yates' correction)."""
    if not whole or not whole_before:
        return 0.0
    pooled = (part + part_before) / (whole + whole_before)
    error = math.sqrt(pooled * (1 - pooled) * (1 / whole + 1 / whole_before))
    if error == 0:
        return 0.0
    off = part / whole - part_before / whole_before
    slack = (1 / whole + 1 / whole_before) / 2
    return math.copysign(max(0.0, abs(off) - slack), off) / error


def means(one: Floats, other: Floats) -> float:
    """Return Welch's t of two rows of values, as the standard errors of a normal that are as rare."""
    if len(one) < _LEAST or len(other) < _LEAST:
        return 0.0
    parts = [float(side.var(ddof=1)) / len(side) for side in (one, other)]
    error = math.sqrt(sum(parts))
    if error == 0:
        return 0.0
    freedom = sum(parts) ** 2 / sum(p**2 / (len(s) - 1) for p, s in zip(parts, (one, other), strict=True))
    return float(one.mean() - other.mean()) / error / _wider(freedom)


def outlying(value: float, earlier: Floats, of: int = 1) -> float:
    """Return how far the mean of `of` new values lies from earlier ones, in standard errors of such a mean.

    The spread is that of moving ranges (Wheeler 2000), which a drift does not widen.
    """
    ranges = np.abs(np.diff(earlier))
    sigma = float(ranges.mean()) / 1.128
    if sigma == 0:
        return 0.0
    error = sigma * math.sqrt(1 / of + 1 / len(earlier))
    return float(value - earlier.mean()) / error / _wider(0.6 * len(earlier))


def _wider(freedom: float) -> float:
    """Return by how much a t of so few degrees of freedom is wider than a normal, far out in its tail."""
    tail = LEVEL / 20
    return student(max(2.0, freedom), tail) / _NORMAL.inv_cdf(1 - tail)
