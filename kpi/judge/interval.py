"""80 % intervals: how far the value could be off by chance alone."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from kpi.metrics.formula import Vector

TAIL = 0.10
Interval = tuple[float, float]
Z = NormalDist().inv_cdf(1 - TAIL)
HOPELESS = math.log(100)  # a value that could be a hundred times itself
_MEDIAN_IS_WIDER = math.sqrt(math.pi / 2)  # standard error of a median against that of a mean


def student(freedom: float, tail: float = TAIL) -> float:
    """Return the quantile of Student's t that leaves `tail` above it.

    The 90th percentile unless asked otherwise (Cornish-Fisher expansion, Abramowitz & Stegun 26.7.5).

    >>> round(student(7), 3), round(student(11), 3), round(student(20, 0.005), 3)
    (1.415, 1.363, 2.845)
    """
    z = NormalDist().inv_cdf(1 - tail)
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
        least, most = (2 * gamma(freedom / 2, z) / freedom for z in (-Z, Z))
        down = math.hypot(Z * error, variance / 2 * (1 - 1 / most))
        up = math.hypot(Z * error, variance / 2 * (1 / least - 1))
    if up > HOPELESS:
        return None
    return value * math.exp(-down), value * math.exp(up)


def count(events: float) -> Interval:
    """Return the interval of a count: Gamma-Poisson with Jeffreys' prior.

    >>> [round(x, 1) for x in count(20)]
    [15.0, 26.5]
    """
    return min(events, gamma(events + 0.5, -Z)), gamma(events + 0.5, Z)


def gamma(shape: float, z: float) -> float:
    """Return the quantile of a Gamma of scale 1 that stands where `z` does (Wilson and Hilferty's cube)."""
    return shape * max(0.0, 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3


def difference(gained: float, lost: float) -> Interval:
    """Return the interval of one count less another (Skellam).

    The limits of both counts are joined by Zou and Donner's method of variance estimates recovery (2008).

    >>> [round(x, 1) for x in difference(60, 40)]
    [7.2, 33.0]
    """
    more, fewer = count(gained), count(lost)
    down = math.hypot(gained - more[0], fewer[1] - lost)
    up = math.hypot(more[1] - gained, lost - fewer[0])
    return gained - lost - down, gained - lost + up


def wider(one: Interval, other: Interval | None) -> Interval:
    """Return the least interval that holds both."""
    return one if other is None else (min(one[0], other[0]), max(one[1], other[1]))


def share(part: float, whole: float) -> Interval:
    """Return the interval of a share of people, 0 to 1 (Wilson 1927).

    >>> [round(x, 3) for x in share(10, 100)]
    [0.068, 0.145]
    """
    p = part / whole
    centre = (p + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    half = Z / (1 + Z**2 / whole) * math.sqrt(p * (1 - p) / whole + Z**2 / (4 * whole**2))
    return min(p, max(0.0, centre - half)), max(p, min(1.0, centre + half))


def answers(one: float, other: float, whole: float) -> Interval:
    """Return the interval of two shares of the same answers, one less the other, -1 to 1.

    Wilson's limits of both shares, joined with their correlation in a multinomial (Newcombe 1998, method 10).

    >>> [round(x, 2) for x in answers(50, 20, 100)]
    [0.2, 0.4]
    """
    p, q = one / whole, other / whole
    (low, high), (least, most) = share(one, whole), share(other, whole)
    rest = (1 - p) * (1 - q)
    together = -math.sqrt(p * q / rest) if rest else -1.0  # all alike: what one share wins the other loses
    down = _joined(p - low, most - q, together)
    up = _joined(high - p, q - least, together)
    return max(-1.0, p - q - down), min(1.0, p - q + up)


def _joined(one: float, other: float, together: float) -> float:
    return math.sqrt(max(0.0, one**2 + other**2 - 2 * together * one * other))


def rating(sums: Vector, counts: Vector) -> Interval | None:
    """Return the interval of a mean of stars, 1 to 5; a row holds one review, or the sum of several.

    Wilson's interval of the place on the scale, as if from so many yes-or-no answers as scatter like the
    stars do: all fives are no proof of a five. Of rows of several reviews the scatter is not known and
    taken as large as it can be. None where a row's stars are not on the scale.
    """
    whole = float(counts.sum())
    place = (sums / counts - 1) / 4
    if (place < 0).any() or (place > 1).any():
        return None
    mean = float((counts * place).sum()) / whole
    smooth = (whole * mean + 0.5) / (whole + 1)  # half a review at either end of the scale (Jeffreys)
    within = np.where(counts > 1, counts * place * (1 - place), 0.0)
    scatter = float((counts * (place - smooth) ** 2 + within).sum()) + (smooth**2 + (1 - smooth) ** 2) / 2
    effective = whole * smooth * (1 - smooth) * (whole + 1) / scatter
    low, high = share(mean * effective, effective)
    return 1 + 4 * low, 1 + 4 * high
