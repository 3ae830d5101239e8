"""A way of counting by weeks that are counted from a day, forwards and backwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kpi.judge.pace import covers
from kpi.judge.step import Stretch
from kpi.metrics.formula import Vector
from kpi.metrics.numbers import Numbers
from kpi.metrics.pairs import gate_field, gate_pair, gates
from kpi.metrics.values import Value
from kpi.model.kpi import Variant
from kpi.model.period import Period

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]
WEEK = timedelta(weeks=1)
_YEAR = timedelta(weeks=52)  # the same weekdays a year earlier
_LAST_DAY = timedelta(days=6)
_POSTS = frozenset({"posts.count", "link_posts.count"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """Weeks, oldest first, of which `start` lie before the day.

    `values` are NaN where a week is not told whole, `year` those of the same weeks a year earlier. `counts`
    say how many there are of what the KPI is judged on, which `of` names, and `enough` how many it takes;
    where it is judged on nothing, `of` is empty and each week counts one.
    """

    steps: tuple[Period, ...]
    start: int
    values: Vector
    year: Vector
    counts: Vector
    of: str
    enough: float

    @property
    def weights(self) -> Vector:
        """Return what a week weighs: as many posts as it has for a figure over posts, else all alike."""
        return np.maximum(self.counts, 1.0) if self.of in _POSTS else np.ones(len(self.steps))

    def stretch(self, chosen: Mask, series: Vector) -> Stretch:
        """Return the values that a series has in the chosen weeks."""
        at = np.arange(len(self.steps), dtype=np.float64) - (self.start - 0.5)
        return Stretch(at[chosen], series[chosen], self.weights[chosen])

    def mean(self, chosen: Mask) -> float:
        """Return the mean value of the chosen weeks."""
        return float(np.average(self.values[chosen], weights=self.weights[chosen]))

    def told(self) -> tuple[tuple[Period, float], ...]:
        """Return the weeks that have a value."""
        pairs = zip(self.steps, self.values.tolist(), strict=True)
        return tuple((step, number) for step, number in pairs if not np.isnan(number))


def steps_of(days: Period, first: date) -> tuple[Period, ...]:
    """Return the full weeks within some days, counted from a day on both ways.

    >>> [step.first.day for step in steps_of(Period(date(2025, 3, 1), date(2025, 3, 20)), date(2025, 3, 9))]
    [2, 9]
    """
    back, ahead = (first - days.first) // WEEK, (days.last - first + timedelta(days=1)) // WEEK
    starts = (first + WEEK * at for at in range(-back, ahead))
    return tuple(Period(start, start + _LAST_DAY) for start in starts)


def year_before(step: Period) -> Period:
    """Return the week 52 weeks earlier."""
    return Period(step.first - _YEAR, step.last - _YEAR)


def weeks(found: Value, variant: Variant, numbers: Numbers, steps: Sequence[Period], first: date) -> Weeks:
    """Return the weeks of a value; the last periods of its numbers are `steps` and those a year earlier."""
    whole = np.array([covers(numbers.cube, variant.formula, one, numbers.view) for one in numbers.periods])
    own = slice(-2 * len(steps), len(numbers.periods) - len(steps))
    values = np.where(whole, found.values, np.nan)
    counts, of, enough = _counts(found, variant, numbers)
    return Weeks(
        steps=tuple(steps),
        start=sum(step.last < first for step in steps),
        values=values[own],
        year=values[own.stop :],
        counts=counts[own],
        of=of,
        enough=enough,
    )


def _counts(found: Value, variant: Variant, numbers: Numbers) -> tuple[Vector, str, float]:
    gate = next(iter(gates(found.kpi, variant)), None)
    if gate is None or gate_field(gate) != gate.of or gate.of.startswith("period."):
        return np.ones(len(numbers.periods)), "", 0.0
    table, pair = gate_pair(gate, variant.formula)
    return numbers.added(table, pair, found.networks)[0], gate.of, gate.colour
