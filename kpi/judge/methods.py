"""Plain methods that tell the next values of a series from its earlier ones.

Each takes a series and answers for every origin at once: row `t` of what it returns holds what the method
says of the next `steps` values knowing the first `t + 1` ones and nothing later, NaN where these are too few.
So a forecast and its trial on the past are one computation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from kpi.metrics.formula import Vector

Paths = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Method = Callable[[Vector, int], Paths]

FEWEST = 4  # values known at the first origin
_WEIGHTS = np.linspace(0.05, 0.95, 19)  # of the newest value, tried by the smoothing methods
_SLOPES = (0.05, 0.2, 0.4)  # of the newest step
_DAMPINGS = (0.8, 0.9, 0.98)


def naive(values: Vector, steps: int) -> Paths:
    """Return the last value for every step ahead."""
    return _told(np.repeat(values[:, None], steps, axis=1))


def drift(values: Vector, steps: int) -> Paths:
    """Return the line from the first value through the last one."""
    gone = np.maximum(np.arange(len(values)), 1)
    slope = (values - values[0]) / gone
    return _told(values[:, None] + slope[:, None] * _ahead(steps))


def steady(values: Vector, steps: int) -> Paths:
    """Return the mean of the last value and the line from the first one: half of the drift."""
    return (naive(values, steps) + drift(values, steps)) / 2


def seasonal(values: Vector, steps: int, season: int) -> Paths:
    """Return the value of the same season one turn earlier."""
    told = np.full((len(values), steps), np.nan)
    for origin in range(season - 1, len(values)):
        last = values[origin - season + 1 : origin + 1]
        told[origin] = np.resize(last, steps)
    return told


def smoothing(values: Vector, steps: int) -> Paths:
    """Return the level of simple exponential smoothing, its weight fitted anew at each origin.

    The weights are made to add up to one from the first value on, so no starting level has to be guessed.
    """
    levels = _levels(values)
    best = _fitted(values, levels)
    return _told(np.repeat(levels[np.arange(len(values)), best][:, None], steps, axis=1))


def theta(values: Vector, steps: int) -> Paths:
    """Return the Theta forecast: the smoothed level with half the slope of the line through all values.

    Assimakopoulos and Nikolopoulos (2000) in the form of Hyndman and Billah (2003).
    """
    levels = _levels(values)
    best = _fitted(values, levels)
    told = np.full((len(values), steps), np.nan)
    for origin in range(1, len(values)):
        age = np.arange(origin, -1, -1)
        weights = (1 - _WEIGHTS[best[origin]]) ** age
        behind = float((weights * age).sum() / weights.sum())  # how far the level lags, in steps
        slope = np.polynomial.polynomial.polyfit(-age, values[: origin + 1], 1)[1]
        told[origin] = levels[origin, best[origin]] + slope / 2 * (_ahead(steps) + behind)
    return _told(told)


def damped(values: Vector, steps: int) -> Paths:
    """Return Holt's level and trend, the trend fading away (Gardner and McKenzie 1985).

    It starts with the first value and the mean of the first three steps; it is fitted anew at each origin.
    """
    told = np.full((len(values), steps), np.nan)
    if len(values) < FEWEST:
        return told
    alpha, beta, phi = (
        grid.ravel() for grid in np.meshgrid(_WEIGHTS[1::2], _SLOPES, _DAMPINGS, indexing="ij")
    )
    level = np.full(len(alpha), values[0])
    trend = np.full(len(alpha), (values[FEWEST - 1] - values[0]) / (FEWEST - 1))
    fades = np.cumsum(phi[:, None] ** _ahead(steps), axis=1)
    lost = np.zeros(len(alpha))
    for origin in range(1, len(values)):
        expected = level + phi * trend
        lost += (values[origin] - expected) ** 2
        risen = expected + alpha * (values[origin] - expected)
        trend = beta * (risen - level) + (1 - beta) * phi * trend
        level = risen
        best = int(lost.argmin())
        told[origin] = level[best] + trend[best] * fades[best]
    return _told(told)


METHODS: Mapping[str, Method] = {  # the plainest first: of two that err alike the earlier one is taken
    "naive": naive,
    "smoothing": smoothing,
    "drift": drift,
    "theta": theta,
    "damped": damped,
}


def _ahead(steps: int) -> Vector:
    return np.arange(1.0, steps + 1)


def _told(paths: Paths) -> Paths:
    """Return the paths without those whose origin knows too little."""
    paths[: FEWEST - 1] = np.nan
    return paths


def _levels(values: Vector) -> Paths:
    """Return the smoothed level at each origin, a column for each weight."""
    keep = 1 - _WEIGHTS
    total, weight = np.zeros(len(keep)), np.zeros(len(keep))
    found = np.empty((len(values), len(keep)))
    for origin, value in enumerate(values):
        total, weight = total * keep + value, weight * keep + 1
        found[origin] = total / weight
    return found


def _fitted(values: Vector, levels: Paths) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return for each origin the weight that has erred least so far, one step ahead."""
    lost = np.zeros_like(levels)
    lost[1:] = np.cumsum((values[1:, None] - levels[:-1]) ** 2, axis=0)
    found: np.ndarray[tuple[int], np.dtype[np.intp]] = lost.argmin(axis=1)
    return found
