"""Where the course of a KPI is going: an arrow only on a signal that chance seldom gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kpi.metrics.formula import Vector
from kpi.model.verdict import Drift

FEWEST = 6  # earlier periods; with fewer there are no limits to speak of
LONGEST = 24  # earlier periods that are looked at
_WIDTH = 2.66  # mean moving ranges from the centre to a limit: three sigma (Wheeler 2000)
_NARROW = 4.5  # what limits from few periods lack, divided by their number; found by simulation
_NEAR = 3  # so many of the last four nearer the limit than the centre
_SIDE = 8  # so many running on one side of the centre
_ENOUGH_FOR_SIDE = 12  # periods before those eight: the centre of fewer is too uncertain itself


def drift(values: Sequence[float]) -> Drift | None:
    """Return where the last of some values points, oldest first; None with fewer than six earlier ones.

    A chart of individual values and moving ranges (XmR) on logs where all values are positive. It points
    where the last value lies outside the limits, or is the last of three of four that lie nearer the limit
    than the centre, or of eight on one side of it. The limits are those of the periods before the last
    eight (but of six at least), so that a change does not hide itself, and start anew after a shift of eight.

    Limits of few periods are uncertain: they are set wider. For ordinary ups and downs an arrow then comes in
    fewer than one period of twenty, from six earlier ones to twenty-four (tests/bench/test_drift.py).

    >>> drift([100, 104, 97, 101, 99, 103, 61]).value, drift([100, 104, 97, 101, 99, 103, 95]).value
    ('down', 'steady')
    """
    if len(values) <= FEWEST:
        return None
    points = np.array(values[-LONGEST - 1 :], float)
    if (points > 0).all():
        points = np.log(points)
    points = points[_last_shift(points) :]
    calm = points[: _before(len(points))]
    width = float(np.abs(np.diff(calm)).mean()) * (_WIDTH + _NARROW / len(calm))
    if width == 0:  # nothing ever moved: what is ordinary is not known
        return Drift.STEADY
    off = (points - calm.mean()) / width
    for sign, way in ((1, Drift.UP), (-1, Drift.DOWN)):
        if _signals(sign * off, len(calm)):
            return way
    return Drift.STEADY


def _signals(off: Vector, before: int) -> bool:
    """Return whether the last point completes a signal upwards; `off` is in widths from the centre."""
    near = off[-4:] > 1 / 2
    side = before >= _ENOUGH_FOR_SIDE and bool((off[-_SIDE:] > 0).all())
    return bool(off[-1] > 1 or (near[-1] and near.sum() >= _NEAR)) or side


def _before(count: int) -> int:
    """Return how many of so many points give the limits: all but the last eight, six at least."""
    return max(count - _SIDE, min(count - 1, FEWEST))


def _last_shift(points: Vector) -> int:
    """Return where the latest shift began: eight on one side of all before, not counting the last point."""
    start, end = 0, _ENOUGH_FOR_SIDE + _SIDE
    while end < len(points):
        run = points[end - _SIDE : end] - points[start : end - _SIDE].mean()
        if (run > 0).all() or (run < 0).all():
            start = end - _SIDE
            end = start + _ENOUGH_FOR_SIDE + _SIDE
        else:
            end += 1
    return start
