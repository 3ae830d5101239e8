"""80 % intervals: how far the value could be off by chance alone."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from kpi.metrics.formula import Vector

TAIL = 0.10
Interval = tuple[float, float]
_Z = NormalDist().inv_cdf(1 - TAIL)
_HOPELESS = math.log(100)  # a value that could be a hundred times itself
_MEDIAN_IS_WIDER = math.sqrt(math.pi / 2)  # standard error of a median against that of a mean


def student(freedom: float) -> float:
    """Return the 90th percentile of Student's t (Cornish-Fisher expansion, Abramowitz & Stegun 26.7.5).

    >>> round(student(7), 3), round(student(11), 3)
    (1.415, 1.363)
    """
    z = _Z
    n = freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4)
    )


def posts(value: float, logs: Vector, weights: Vector, *, median: bool) -> Interval | None:
    """Return the interval of a figure over posts, around the shown value.

    `logs` are the natural logs of each post's own ratio, `weights` what it weighs in the shown value
    (its denominator). A few heavy posts make the effective number of posts smaller (Kish).

    A median is as uncertain as the mean of the logs, times a constant. A ratio of sums is a mean of
    skewed ratios: besides the mean of the logs its variance is uncertain, upwards more than downwards.
    The two are joined as Zou, Huo and Taleban (2009) do for the mean of log-normal values; t on the logs
    alone would turn one on-target month in six red with twelve posts, this one turns one in nine.
    None for fewer than three effective posts, or where they are so different that nothing can be told.
    """
    total = float(weights.sum())
    effective = total**2 / float((weights**2).sum())
    if effective < 3 or value <= 0:  # noqa: PLR2004  (two posts have no spread to speak of)
        return None
    freedom = effective - 1
    centre = float((weights * logs).sum()) / total
    variance = float((weights * (logs - centre) ** 2).sum()) / total * effective / freedom
    error = math.sqrt(variance / effective)
    if median:
        down = up = student(freedom) * error * _MEDIAN_IS_WIDER
    else:
        least, most = (2 * _gamma(freedom / 2, z) / freedom for z in (-_Z, _Z))
        down = math.hypot(_Z * error, variance / 2 * (1 - 1 / most))
        up = math.hypot(_Z * error, variance / 2 * (1 / least - 1))
    if up > _HOPELESS:
        return None
    return value * math.exp(-down), value * math.exp(up)


def count(events: float) -> Interval:
    """Return the interval of a count: Gamma-Poisson with Jeffreys' prior, by Wilson and Hilferty's cube.

    >>> [round(x, 1) for x in count(20)]
    [15.0, 26.5]
    """
    return _gamma(events + 0.5, -_Z), _gamma(events + 0.5, _Z)


def _gamma(shape: float, z: float) -> float:
    return shape * max(0.0, 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3


def share(part: float, whole: float) -> Interval:
    """Return the interval of a share of people, 0 to 1 (Wilson 1927).

    >>> [round(x, 3) for x in share(10, 100)]
    [0.068, 0.145]
    """
    p = part / whole
    centre = (p + _Z**2 / (2 * whole)) / (1 + _Z**2 / whole)
    half = _Z / (1 + _Z**2 / whole) * math.sqrt(p * (1 - p) / whole + _Z**2 / (4 * whole**2))
    return float(np.clip(centre - half, 0, 1)), float(np.clip(centre + half, 0, 1))
