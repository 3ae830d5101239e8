"""A known value with its formula, and what single rows and days add to the totals in it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.frame import Frame, Ints, ordinal
from kpi.metrics.formula import Vector, evaluate, value_of
from kpi.metrics.numbers import Numbers
from kpi.metrics.pairs import filled
from kpi.metrics.trace import complete_rows, rows_in_view
from kpi.metrics.values import Value
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll


@dataclass(frozen=True, slots=True)
class Figure:
    """A known value: `now` of the first period, `values` of all, the formula and the numbers behind it."""

    now: float
    values: Vector
    formula: str
    unit: str
    networks: frozenset[str] | None
    numbers: Numbers

    def part(self, tree: ast.expr) -> Vector:
        """Return a part of the formula for each period."""
        return value_of(tree, self.numbers.lookup(self.formula, self.networks))

    def total(self, name: str) -> float:
        """Return the total of a name in the first period."""
        return float(self.numbers.total(self.formula, name, self.networks)[0])

    def with_totals(self, changed: Mapping[str, Vector]) -> Vector:
        """Return the value of the formula with some totals changed, all others as they are."""
        found: Vector = evaluate(
            self.formula, lambda n: changed[n] if n in changed else np.array([self.total(n)])
        ) + np.zeros(len(next(iter(changed.values()))))
        return found

    def rows(self, name: str) -> tuple[Frame, Ints] | None:
        """Return the daily rows that give a name in the first period; None without such a table."""
        table, _, column = field_and_roll(name)[0].partition(".")
        frame = self.numbers.cube.facts.daily.get(table)
        if frame is None:
            return None
        inside = rows_in_view(frame, self.numbers, self.networks)
        return frame, complete_rows(frame, inside, filled(self.formula, table), column)

    def by_day(self, name: str) -> Vector:
        """Return what each day of the first period adds to a sum; nothing where its rows are not of days."""
        period = self.numbers.periods[0]
        frame, rows = self.rows(name) or (None, None)
        if frame is None or rows is None or not len(rows):
            return np.zeros(period.days)
        amounts = frame.values[column_of(name)][rows]
        return np.asarray(np.bincount(frame.day[rows] - ordinal(period.first), amounts, period.days), float)


def figure_of(value: Value, numbers: Numbers) -> Figure | None:
    """Return a value as a figure, None where it is unknown."""
    if value.variant is None or value.now is None:
        return None
    unit = value.variant.unit or value.kpi.unit
    return Figure(value.now, value.values, value.variant.formula, unit, value.networks, numbers)


def column_of(name: str) -> str:
    """Return the column of its table that a name is read from."""
    return field_and_roll(name)[0].partition(".")[2]


def is_sum(name: str) -> bool:
    """Return whether a name is a plain sum of rows."""
    field, roll = field_and_roll(name)
    return fields()[field].roll is Roll.SUM and not roll


def agree(one: float, other: float) -> bool:
    """Return whether two ways to the same figure meet; where they do not, rows of longer spans are in it."""
    return bool(np.isclose(one, other, rtol=1e-6, atol=1e-9))
