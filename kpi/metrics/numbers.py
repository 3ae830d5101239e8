"""Totals of every name for a list of periods, in one view; a formula's names are looked up here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from kpi.catalog.loader import fields
from kpi.metrics.cube import Cells, Segment
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import Lookup, Vector
from kpi.metrics.levels import added_levels, over_rows, uniques
from kpi.metrics.pairs import ADDED, Pair, filled
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.model.period import Period
from kpi.model.view import View


class Numbers:
    """The totals of a view for `periods`, in their order; the first one is the period looked at."""

    def __init__(self, cube: Cube, periods: Sequence[Period], view: View) -> None:
        self.cube = cube
        self.periods = tuple(periods)
        self.view = view
        self._cells: dict[str, Cells] = {}

    def cells(self, table: str) -> Cells:
        """Return sums and counts of a table by segment and period."""
        if table not in self._cells:
            self._cells[table] = self.cube.slabs[table].totals(self.periods)
        return self._cells[table]

    def _chosen(self, table: str, networks: frozenset[str] | None, currency: str | None) -> list[int]:
        return [
            place
            for place, segment in enumerate(self.cube.segments(table))
            if self._in(segment, networks) and (currency is None or segment[2] in {currency, ""})
        ]

    def _in(self, segment: Segment, networks: frozenset[str] | None) -> bool:
        return self.view.shows(segment[0], segment[1]) and (networks is None or segment[0] in networks)

    def added(
        self, table: str, pair: Pair, networks: frozenset[str] | None = None, currency: str | None = None
    ) -> tuple[Vector, Vector]:
        """Return the sum and the number of rows that gave it, by period."""
        nothing = np.zeros(len(self.periods))
        if table not in self.cube.slabs or pair not in self.cube.slabs[table].pairs:
            return nothing, nothing
        place = self.cube.slabs[table].pairs[pair]
        block = self.cells(table)[self._chosen(table, networks, currency)].sum(axis=0)
        return block[:, 2 * place], block[:, 2 * place + 1]

    def total(
        self, formula: str, name: str, networks: frozenset[str] | None = None, currency: str | None = None
    ) -> Vector:
        """Return the totals of one name of a formula; NaN where no row tells it."""
        field, roll = field_and_roll(name)
        known = fields()[field]
        if known.table == "period":
            return self.days(formula)
        if known.table == "owner":
            return self._answer(known.column)
        if (known.roll is Roll.SUM and not roll) or roll in ADDED:
            pair = (known.column, filled(formula, known.table))
            total, rows = self.added(known.table, pair, networks, currency)
            if roll == "daily_mean":
                total = np.where(
                    self._tellers(known.table, pair, networks) == 1, total / np.maximum(rows, 1), np.nan
                )
            return np.where(rows > 0, total, np.nan)
        chosen = [t for t in self.cube.tracks.get(field, ()) if self._in(t.segment, networks)]
        if known.roll is Roll.LAST:
            return added_levels(chosen, roll, self.periods)
        if known.roll is Roll.NONE and not roll:
            return uniques(chosen, self.periods)
        return np.array([over_rows(chosen, roll, period) for period in self.periods])

    def _tellers(self, table: str, pair: Pair, networks: frozenset[str] | None) -> Vector:
        """Return how many accounts tell a figure in each period: people of several overlap."""
        chosen = self._chosen(table, networks, None)
        if table not in self.cube.slabs or pair not in self.cube.slabs[table].pairs:
            return np.zeros(len(self.periods))
        rows = self.cells(table)[chosen][:, :, 2 * self.cube.slabs[table].pairs[pair] + 1]
        found: Vector = (rows > 0).sum(axis=0).astype(float)
        return found

    def lookup(
        self, formula: str, networks: frozenset[str] | None = None, currency: str | None = None
    ) -> Lookup:
        """Return how the names of this formula are read."""
        return lambda name: self.total(formula, name, networks, currency)

    def days(self, formula: str) -> Vector:
        """Return how many days of each period the files of the formula's tables cover."""
        tables = {name.partition(".")[0] for name in names(formula)} - {"period", "owner"}
        spans = [self.cube.facts.covered(f"{table}.", self.view.network) for table in sorted(tables)]
        found = []
        for period in self.periods:
            shared = [sum(span.shared(period) for span in one) for one in spans]
            found.append(float(min(shared, default=0)))
        return np.array(found)

    def _answer(self, column: str) -> Vector:
        """Return an answer of the owner's as it was in force at the end of each period."""
        given = [self.cube.facts.owner_on(period.last) for period in self.periods]
        rates = [owner.margin_rate if column == "margin_rate" else None for owner in given]
        return np.array([np.nan if rate is None else rate for rate in rates])

    @cached_property
    def currencies(self) -> dict[str, dict[str, float]]:
        """Return, for the first period, the sums of money by currency of each table that has money."""
        found: dict[str, dict[str, float]] = {}
        for table, slab in self.cube.slabs.items():
            money = [(pair, i) for pair, i in slab.pairs.items() if pair[0] and _is_money(table, pair[0])]
            for place in self._chosen(table, None, None):
                for pair, i in money:
                    total, rows = self.cells(table)[place, 0, 2 * i : 2 * i + 2]
                    if rows and total:
                        sums = found.setdefault(f"{table}.{pair[0]}", {})
                        currency = slab.segments[place][2]
                        sums[currency] = max(sums.get(currency, 0.0), float(total), key=abs)
        return found


def _is_money(table: str, column: str) -> bool:
    field = fields().get(f"{table}.{column}")
    return field is not None and field.unit == "money"
