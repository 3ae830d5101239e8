"""Totals of every name for a list of periods, in one view; a formula's names are looked up here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property

import numpy as np

from kpi.catalog.loader import fields
from kpi.metrics.cube import Bools, Cells, Matrix, Segment
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import Lookup, Vector
from kpi.metrics.levels import (
    STALE_AFTER,
    Track,
    added_levels,
    different,
    level,
    one_level,
    over_rows,
    returning,
    unique,
    uniques,
    within,
)
from kpi.metrics.pairs import ADDED, Pair, filled
from kpi.model.field import Field, Roll
from kpi.model.formula import field_and_roll, names
from kpi.model.owner import answer
from kpi.model.period import Period
from kpi.model.view import View

OF_TWO_PERIODS = frozenset({"previous", "returning"})
"""The figures of a period that hang on the one before it too."""


class Numbers:
    """The totals of a view for `periods`, in their order; the first one is the period looked at."""

    def __init__(self, cube: Cube, periods: Sequence[Period], view: View) -> None:
        self.cube = cube
        self.periods = tuple(periods)
        self.view = view
        self._cells: dict[str, Cells] = {}
        self._totals: dict[tuple[str, str, frozenset[str] | None], Vector] = {}
        self._blocks: dict[tuple[str, frozenset[str] | None], Matrix] = {}

    def cells(self, table: str) -> Cells:
        """Return sums and counts of a table by segment and period."""
        if table not in self._cells:
            self._cells[table] = self.cube.slabs[table].totals(self.periods, self.view.format)
        return self._cells[table]

    def _block(self, table: str, networks: frozenset[str] | None) -> Matrix:
        """Return sums and counts of a table by period, all segments in view together."""
        key = (table, networks)
        if key not in self._blocks:
            self._blocks[key] = self.cells(table)[self._chosen(table, networks)].sum(axis=0)
        return self._blocks[key]

    def _chosen(self, table: str, networks: frozenset[str] | None) -> list[int]:
        segments = self.cube.segments(table)
        return [place for place, segment in enumerate(segments) if self._in(segment, networks)]

    def _in(self, segment: Segment, networks: frozenset[str] | None) -> bool:
        return self.view.shows(*segment) and (networks is None or segment[0] in networks)

    def _tracks(self, field: str, networks: frozenset[str] | None) -> list[Track]:
        """Return the values of a field in view that are not read off sums."""
        form = self.view.format
        told = self.cube.tracks.get(field, ()) if form is None else self.cube.tracks_of(field, form)
        return [track for track in told if self._in(track.segment, networks)]

    def added(self, table: str, pair: Pair, networks: frozenset[str] | None = None) -> tuple[Vector, Vector]:
        """Return the sum and the number of rows that gave it, by period."""
        if table not in self.cube.slabs or pair not in self.cube.slabs[table].pairs:
            nothing = np.zeros(len(self.periods))
            return nothing, nothing
        place = 2 * self.cube.slabs[table].pairs[pair]
        block = self._block(table, networks)
        return block[:, place], block[:, place + 1]

    def total(self, formula: str, name: str, networks: frozenset[str] | None = None) -> Vector:
        """Return the totals of one name of a formula; NaN where no row tells it."""
        key = (formula, name, networks)
        if key not in self._totals:
            self._totals[key] = self._total(formula, name, networks)
        return self._totals[key]

    def _total(self, formula: str, name: str, networks: frozenset[str] | None) -> Vector:
        field, roll = field_and_roll(name)
        known = fields()[field]
        if known.table == "period":
            return self.days(formula)
        if known.table == "owner":
            return self._answer(known.column)
        if (known.roll is Roll.SUM and not roll) or roll in ADDED:
            pair = (known.column, filled(formula, known.table))
            total, rows = self.added(known.table, pair, networks)
            if roll == "daily_mean":
                total = np.where(
                    self._tellers(known.table, pair, networks) == 1, total / np.maximum(rows, 1), np.nan
                )
            return np.where(rows > 0, total, np.nan)
        if (beside := ("", name, networks)) not in self._totals:  # the same in whatever formula it stands
            self._totals[beside] = self._beside(known, roll, networks)
        return self._totals[beside]

    def _beside(self, known: Field, roll: str, networks: frozenset[str] | None) -> Vector:
        """Return the totals of what is not read off sums."""
        chosen = self._tracks(known.name, networks)
        if known.roll is Roll.LAST:
            levels = one_level if known.unit == "stars" else added_levels
            return levels(chosen, roll, self.periods)
        if known.roll is Roll.NONE and not roll:
            return self._lone(known.table, uniques(chosen, self.periods), networks)
        if known.roll is Roll.DISTINCT:
            return np.array([self._people(known, chosen, period) for period in self.periods])
        return np.array([over_rows(chosen, roll, period) for period in self.periods])

    def _lone(self, table: str, found: Vector, networks: frozenset[str] | None) -> Vector:
        """Return people reached by ads where one row is all there is; those of several campaigns overlap."""
        if table != "ads":
            return found
        rows = self.added(table, ("", frozenset()), networks)[0]
        return np.where(rows == 1, found, np.nan)

    def _people(self, field: Field, chosen: Sequence[Track], period: Period) -> float:
        """Return how many different people a field counts in a period; NaN where it is not told."""
        if field.column in OF_TWO_PERIODS and not self._tells_before(field.name, period):
            return np.nan
        if field.column == "previous":
            return different(chosen, 1, period.before())
        if field.column == "returning":
            return returning(chosen, period)
        return different(chosen, 2 if field.column.startswith("repeat_") else 1, period)

    def speaks(self, field: str, networks: frozenset[str] | None) -> bool:
        """Return whether some row of the first period has a figure of a field, whatever it is worth."""
        chosen = self._tracks(field, networks)
        return any(len(within(track, self.periods[0])) for track in chosen)

    def _tells_before(self, field: str, period: Period) -> bool:
        """Return whether the files reach back over the period before: on its first days all may be quiet."""
        before = period.before()
        quiet = timedelta(days=min(STALE_AFTER, before.days // 4))
        return self.cube.facts.covers(field, Period(before.first + quiet, before.last), self.view)

    def tells(self, formula: str, name: str, networks: frozenset[str] | None) -> bool:
        """Return whether some account tells a name in the first period, even if several cannot be added."""
        field, roll = field_and_roll(name)
        known = fields()[field]
        if known.roll is Roll.LAST and known.unit == "stars":
            chosen = self._tracks(field, networks)
            return any(not np.isnan(level(track, roll, self.periods[0])) for track in chosen)
        if known.roll is not Roll.NONE:
            return not np.isnan(self.total(formula, name, networks)[0])
        if roll:
            return bool(self.added(known.table, (known.column, filled(formula, known.table)), networks)[1][0])
        chosen = self._tracks(field, networks)
        return any(not np.isnan(unique(track, self.periods[0])) for track in chosen)

    def _tellers(self, table: str, pair: Pair, networks: frozenset[str] | None) -> Vector:
        """Return how many accounts tell a figure in each period: people of several overlap."""
        chosen = self._chosen(table, networks)
        if table not in self.cube.slabs or pair not in self.cube.slabs[table].pairs:
            return np.zeros(len(self.periods))
        rows = self.cells(table)[chosen][:, :, 2 * self.cube.slabs[table].pairs[pair] + 1]
        found: Vector = (rows > 0).sum(axis=0).astype(float)
        return found

    def lookup(self, formula: str, networks: frozenset[str] | None = None) -> Lookup:
        """Return how the names of this formula are read."""
        return lambda name: self.total(formula, name, networks)

    def days(self, formula: str) -> Vector:
        """Return how many days of each period the files of the formula's tables cover."""
        tables = {name.partition(".")[0] for name in names(formula)} - {"period", "owner"}
        spans = [self.cube.facts.covered(f"{table}.", self.view) for table in sorted(tables)]
        found = []
        for period in self.periods:
            shared = [sum(span.shared(period) for span in one) for one in spans]
            found.append(float(min(shared, default=0)))
        return np.array(found)

    def _answer(self, column: str) -> Vector:
        """Return an answer of the owner's as it was in force at the end of each period."""
        given = [answer(self.cube.facts.owner_on(period.last), column) for period in self.periods]
        return np.array([np.nan if number is None else number for number in given])

    @cached_property
    def currencies(self) -> dict[str, dict[str, Vector]]:
        """Return the sums of money by field, currency and period; money of untold currency is of no other."""
        found: dict[str, dict[str, Vector]] = {}
        for table, slab in self.cube.slabs.items():
            for (column, _), i in slab.pairs.items():
                if column and _is_money(table, column):
                    sums = found.setdefault(f"{table}.{column}", {})
                    for currency, total in self._by_currency(table, i).items():
                        sums[currency] = np.maximum(sums.get(currency, 0.0), total)
        return found

    def apart(self, formula: str) -> tuple[Bools, Bools]:
        """Return by period whether a formula's tables have money of another currency than the one looked at.

        And whether they have rows of no currency: which of these belong to that money nobody can tell.
        """
        other, bare = np.zeros((2, len(self.periods)), bool)
        for table in {name.partition(".")[0] for name in names(formula)} & set(self.cube.slabs):
            at = self.cube.slabs[table].pairs["", frozenset()]
            for place, segment in enumerate(self.cube.segments(table)):
                told = self.cells(table)[place, :, 2 * at + 1] > 0
                if not segment[2]:
                    bare |= told & self._in(segment, None)
                elif not self.view.counts(segment[2]):
                    other |= told & self.view.shows(segment[0], segment[1])
        return other, bare

    def untold(self, field: str) -> bool:
        """Return whether money of a field in the first period has no currency told."""
        table, _, column = field.partition(".")
        slab = self.cube.slabs.get(table)
        if slab is None or not _is_money(table, column):
            return False
        places = [p for p in self._chosen(table, None) if not slab.segments[p][2]]
        sums = [2 * at for (name, _), at in slab.pairs.items() if name == column]
        return bool(self.cells(table)[places, 0][:, sums].any())

    def _by_currency(self, table: str, pair: int) -> dict[str, Vector]:
        """Return how much money moved, whatever its sign, by named currency and period."""
        sums: dict[str, Vector] = {}
        for place in self._chosen(table, None):
            if currency := self.cube.segments(table)[place][2]:
                total = np.abs(self.cells(table)[place, :, 2 * pair])
                sums[currency] = sums.get(currency, 0.0) + total
        return sums


def _is_money(table: str, column: str) -> bool:
    field = fields().get(f"{table}.{column}")
    return field is not None and field.unit == "money"
