"""What a series will be if nothing changes, by the method that has erred least on its past."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from kpi.judge.methods import METHODS, Paths, seasonal, steady
from kpi.metrics.formula import Vector

POINTS, CHOICE = 8, 12  # fewest values for a forecast, and for a choice between methods
TRIALS = 4  # fewest errors from which a spread is told
WILD = 30.0  # a value that could be so many times itself tells nothing
_FARTHEST = 600.0  # the largest power of e that is still a number when sums of it are taken
_TENTH = 0.1
NAMES = (*METHODS, "seasonal", "steady", "parts")
Some = TypeVar("Some", Vector, Paths)
Bounds = tuple[float, float]
FREE: Bounds = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A rate as two sums: `factor * above / below`, the one below never zero or less."""

    above: Vector
    below: Vector
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A series by steps of one length, oldest first, none unknown.

    `season` is how many steps make a year. `parts` are there where the series is one ratio of two sums.
    `bounds` are values that it cannot pass. `counts` says that it counts events, which chance alone scatters.
    """

    values: Vector
    season: int
    parts: Parts | None = None
    bounds: Bounds = FREE
    counts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A predictive distribution: `likely` are equally likely values, in order.

    `error` is how far the figure was missed in the past on average, as a share of its size; None without one.
    """

    method: str
    likely: Vector
    error: float | None

    def quantile(self, part: float) -> float:
        """Return the value below which it stays with this chance."""
        return float(np.quantile(self.likely, part))

    def chance(self, low: float, high: float) -> float:
        """Return the chance to end between two values, both included."""
        return float(np.mean((self.likely >= low) & (self.likely <= high)))


def forecast(course: Course, first: int, last: int) -> Forecast | None:
    """Return what steps `first` to `last` ahead (the next is 1) will be: their mean, of a rate their ratio.

    With 12 values and more the method of the least mean error over all origins and horizons is taken (in
    units of the naive method's error this is the MASE), with 8 to 11 the mean of naive and drift.
    None with fewer values, too few trials, or errors so wide that nothing is told.
    """
    if len(course.values) < POINTS:
        return None
    logs = bool((course.values > 0).all())
    said = _said(course, last, last - first + 1, logs=logs)
    happened = _happened(course, last, last - first + 1)
    errors = {name: _scaled(happened, logs=logs) - _scaled(told, logs=logs) for name, told in said.items()}
    name = _best(errors)
    spread = _spread(errors[name], last - first + 1)
    if spread is None:
        return None
    likely = _back(_scaled(said[name][-1, -1:], logs=logs) + spread, logs=logs)
    low, high = np.quantile(likely, (_TENTH, 1 - _TENTH))
    if logs and high > WILD * WILD * low:
        return None
    return Forecast(
        method=name,
        likely=np.clip(likely, *course.bounds),
        error=_missed(happened, said[name]),
    )


def _said(course: Course, steps: int, width: int, *, logs: bool) -> Mapping[str, Paths]:
    """Return what each method says, by origin and by lead: the mean of so many steps from there on."""
    if len(course.values) < CHOICE:
        return {"steady": _means(_back(steady(_scaled(course.values, logs=logs), steps), logs=logs), width)}
    told = {
        name: _means(paths, width) for name, paths in _paths(course.values, steps, course.season, logs=logs)
    }
    parts = course.parts
    if parts is not None and (parts.above > 0).all():
        above, below = (_means(_own(one, steps, course.season), width) for one in (parts.above, parts.below))
        told["parts"] = parts.factor * above / below
    return told


def _paths(values: Vector, steps: int, season: int, *, logs: bool) -> list[tuple[str, Paths]]:
    """Return what each method that has enough values says of each step."""
    scaled = _scaled(values, logs=logs)
    found = [(name, _back(method(scaled, steps), logs=logs)) for name, method in METHODS.items()]
    if len(values) >= 2 * season:
        found.append(("seasonal", _back(seasonal(scaled, steps, season), logs=logs)))
    return found


def _own(values: Vector, steps: int, season: int) -> Paths:
    """Return what the method says that has erred least on a part of a rate."""
    paths = dict(_paths(values, steps, season, logs=True))
    happened = _ahead(values, steps)
    return paths[_best({name: np.log(happened) - np.log(told) for name, told in paths.items()})]


def _happened(course: Course, steps: int, width: int) -> Paths:
    """Return what came of each span that the methods speak of, NaN where it is still to come."""
    parts = course.parts
    if parts is None or width == 1:
        return _means(_ahead(course.values, steps), width)
    above, below = (_means(_ahead(one, steps), width) for one in (parts.above, parts.below))
    return parts.factor * above / below


def _ahead(values: Vector, steps: int) -> Paths:
    """Return for each origin the values that followed it."""
    padded = np.concatenate([values[1:], np.full(steps, np.nan)])
    found: Paths = sliding_window_view(padded, steps)
    return found


def _means(paths: Paths, width: int) -> Paths:
    found: Paths = sliding_window_view(paths, width, axis=1).mean(axis=-1)
    return found


def _scaled(values: Some, *, logs: bool) -> Some:
    found: Some = np.log(values) if logs else values
    return found


def _back(values: Some, *, logs: bool) -> Some:
    found: Some = np.exp(np.clip(values, -_FARTHEST, _FARTHEST)) if logs else values
    return found


def _best(errors: Mapping[str, Paths]) -> str:
    """Return the method of the least mean error where all of them were tried."""
    tried = np.logical_and.reduce([np.isfinite(one) for one in errors.values()])
    return min(errors, key=lambda name: float(np.abs(errors[name][tried]).mean()))


def _spread(errors: Paths, width: int) -> Vector | None:
    """Return how far the last lead may be off, as equally likely differences in order.

    The errors of the nearest lead, both ways, give the shape, the mean square of each lead's the size. A
    size never shrinks with the lead, and grows by the square root where too few could be tried. Told by few
    trials it is itself uncertain: that is spread as in Student's t.
    """
    counts = np.isfinite(errors).sum(axis=0)
    tried = int((counts >= TRIALS).sum())  # the far ones are tried less often than the near ones
    if not tried:
        return None
    sizes = np.sqrt(np.nanmean(errors[:, :tried] ** 2, axis=0))
    grown = float(sizes.max()) * math.sqrt((errors.shape[1] + width - 1) / (tried + width - 1))
    near = errors[np.isfinite(errors[:, 0]), 0] / (sizes[0] or 1.0)
    both = np.concatenate([near, -near]) * grown
    wide = np.outer(both, _student(max(2.0, counts[0] / width))).ravel()
    return np.sort(np.append(wide, 0.0))  # an odd number of them: what the method says is the middle


def _student(freedom: float) -> Vector:
    """Return the factors by which a size told by so many trials may be too small, equally likely ones.

    The square roots of the inverse chi-square, by Wilson and Hilferty's cube.
    """
    normal = NormalDist()
    z = np.array([normal.inv_cdf((i + 0.5) / 50) for i in range(50)])
    part = 2 / (9 * freedom)
    return np.maximum(1 - part + z * math.sqrt(part), 0.1) ** -1.5


def _missed(happened: Paths, told: Paths) -> float | None:
    """Return the mean error as a share of the mean size, at the last lead that was tried often enough."""
    known = np.isfinite(happened - told)
    lead = int(np.flatnonzero(known.sum(axis=0) >= TRIALS)[-1])
    rows = known[:, lead]
    size = float(np.abs(happened[rows, lead]).mean())
    return float(np.abs(happened - told)[rows, lead].mean()) / size if size > 0 else None
