"""How far a series stepped from a day on, beyond where its course before led, and when that would show."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from kpi.judge.interval import Interval, student
from kpi.metrics.formula import Vector

FEWEST = 8  # known steps before, or there is no course to go by
SHORTEST = 2  # known steps after
LONGEST = 52  # steps after, looked ahead
_HIDDEN = 3.0  # by so much, divided by their number, the likeness of neighbours hides in a line's residuals
_MOST_ALIKE = 0.8
_STILL = 1e-18
_POWER = 0.84  # of a normal: a step of the asked size is then seen in four of five


@dataclass(frozen=True, slots=True)
class Stretch:
    """Known values of a series: where they stand, in steps from the day, what they are, and their weights."""

    at: Vector
    values: Vector
    weights: Vector


@dataclass(frozen=True, slots=True)
class Step:
    """A step: how far the mean after the day lies from what the course before led to expect there."""

    size: float
    expected: float
    error: float
    freedom: float

    @property
    def interval(self) -> Interval:
        """Return the two-sided 80 % interval of the size."""
        half = student(self.freedom) * self.error
        return self.size - half, self.size + half


class Line:
    """The straight course of a stretch before the day, by weighted least squares.

    Only what came before makes it, so an effect that grows slowly is not taken for a course of its own.
    Neighbouring values are alike on real accounts; what this leaves in the residuals widens the error, and
    what a fitted line hides of it is put back (tests/bench/test_effect.py: on series in which nothing
    happened, a step up and a step down are each seen in one of ten at most). Where nothing ever `moves` off
    the line, what is ordinary is not known, and a step says nothing.
    """

    def __init__(self, before: Stretch) -> None:
        self._scale = float(before.weights.mean())
        weights = before.weights / self._scale
        points = np.column_stack([np.ones(len(before.at)), before.at])
        self._inverse = np.linalg.inv((points * weights[:, None]).T @ points)
        self._line = self._inverse @ ((points * weights[:, None]).T @ before.values)
        off = np.sqrt(weights) * (before.values - points @ self._line)
        squares = float((off**2).sum())
        freedom = len(off) - 2
        alike = float((off[1:] * off[:-1]).sum()) / squares if squares > 0 else 0.0
        alike = min(max(alike + _HIDDEN / len(off), 0.0), _MOST_ALIKE)
        wider = (1 + alike) / (1 - alike)
        self.moves = squares > _STILL * float((before.values**2).sum())
        self.freedom = max(freedom / wider, 2.0)
        self._variance = squares / freedom * wider

    def error(self, at: Vector, weights: Vector) -> float:
        """Return the standard error of a step told by values at these places."""
        shares = weights / self._scale
        point = np.array([1.0, float((shares * at).sum() / shares.sum())])
        return math.sqrt(self._variance * float(point @ self._inverse @ point + 1 / shares.sum()))

    def step(self, after: Stretch) -> Step:
        """Return the step of the stretch after the day."""
        shares = after.weights / after.weights.sum()
        expected = float(self._line @ np.array([1.0, float((shares * after.at).sum())]))
        size = float((shares * after.values).sum()) - expected
        return Step(size, expected, self.error(after.at, after.weights), self.freedom)

    def shows(self, size: float, weight: float) -> int | None:
        """Return after how many steps of this weight a step of this size is seen in four of five cases.

        None where it would not be within `LONGEST`: the ups and downs are too large.
        """
        for count in range(SHORTEST, LONGEST + 1):
            error = self.error(np.linspace(0.5, count - 0.5, count), np.full(count, weight))
            if (student(self.freedom) + _POWER) * error <= abs(size):
                return count
        return None
