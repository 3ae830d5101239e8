"""What another mix of networks and formats did to a rate, apart from what each did by itself (Kitagawa)."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpi.facts.frame import ordinal
from kpi.metrics.cube import Matrix
from kpi.metrics.formula import Vector, evaluate
from kpi.metrics.numbers import Numbers
from kpi.metrics.pairs import filled
from kpi.model.formula import field_and_roll, name, names, parse

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Cells:
    """Totals by network and format, before and now: a row a cell, zero where it has no rows."""

    keys: tuple[tuple[str, str], ...]
    totals: Mapping[str, Matrix]

    def at(self, formula: str, period: int) -> Vector:
        """Return a formula's value in every cell."""
        return evaluate(formula, lambda total: self.totals[total][:, period])

    def by(self, place: int) -> Cells:
        """Return the cells added up by network, place 0, or by format, place 1."""
        words = sorted({key[place] for key in self.keys})
        rows = np.array([words.index(key[place]) for key in self.keys])
        added = {
            total: np.array([table[rows == i].sum(axis=0) for i in range(len(words))])
            for total, table in self.totals.items()
        }
        return Cells(tuple((word, "") if place == 0 else ("", word) for word in words), added)


def cells(numbers: Numbers, formula: str, table: str, networks: frozenset[str] | None) -> Cells | None:
    """Return the totals that a formula takes of a table of posts, by network and format.

    `numbers` are those of the period and of the one before.
    None where they do not add up to the totals themselves: rows of longer windows tell no format.
    """
    slab = numbers.cube.slabs.get(table)
    needed = filled(formula, table)
    wanted = {n: (n.partition(".")[2], needed) for n in _summed(formula, table)}
    if slab is None or not wanted or any(pair not in slab.pairs for pair in wanted.values()):
        return None
    inside = np.array([networks is None or s[0] in networks for s in slab.segments], bool)
    inside &= [numbers.view.shows(s[0], s[1]) for s in slab.segments]
    network = np.array([s[0] for s in slab.segments])[slab.segment]
    words = sorted({*network[inside[slab.segment]]})
    if not words:
        return None
    formats = slab.form.names
    cell = np.searchsorted(words, network) * len(formats) + slab.form.codes
    columns = np.array([2 * slab.pairs[pair] for pair in wanted.values()])
    found = np.zeros((len(words) * len(formats), len(numbers.periods), len(columns)))
    for at, period in enumerate(numbers.periods):
        days = (slab.day >= ordinal(period.first)) & (slab.day <= ordinal(period.last))
        rows = np.flatnonzero(days & inside[slab.segment])
        np.add.at(found[:, at], cell[rows], slab.matrix[np.ix_(rows, columns)])
    used = np.flatnonzero(found.any(axis=(1, 2)))
    totals = {n: found[used, ::-1, i] for i, n in enumerate(wanted)}
    for n, by_cell in totals.items():
        if not np.allclose(
            by_cell.sum(axis=0), numbers.total(formula, n, networks)[::-1], rtol=_SAME, atol=0
        ):
            return None
    keys = tuple((words[i // len(formats)], formats[i % len(formats)]) for i in used)
    return Cells(keys, totals)


def mixes(factor: str, found: Cells) -> tuple[float, float]:
    """Return what the mix of networks and, inside each network, the mix of formats did to a factor.

    `factor` is a total divided by another. With w the part of a cell in the divisor and r its rate, a mix did
    Σ Δw · mean r and the rates did Σ mean w · Δr (Kitagawa 1955); both add up to the change, whatever the
    order of cells. A network or format that is there in one period only is all mix.
    """
    weight = _divisor(factor)
    whole = found.by(0)
    shares = _shares(whole.totals[weight])
    among = float((np.diff(shares)[:, 0] * _means(factor, whole)).sum())
    inside = 0.0
    for place, (network, _) in enumerate(whole.keys):
        rows = [i for i, key in enumerate(found.keys) if key[0] == network]
        mine = Cells(
            tuple(found.keys[i] for i in rows), {n: table[rows] for n, table in found.totals.items()}
        )
        if (mine.totals[weight].sum(axis=0) > 0).all():
            moved = np.diff(_shares(mine.totals[weight]))[:, 0] * _means(factor, mine)
            inside += float(shares[place].mean() * moved.sum())
    return among, inside


def _means(factor: str, found: Cells) -> Vector:
    """Return the mean of each cell's rates before and now; the only known one where it is told once."""
    rates = np.array([found.at(factor, period) for period in range(2)])
    told = ~np.isnan(rates)
    means: Vector = np.where(told, rates, 0.0).sum(axis=0) / np.maximum(told.sum(axis=0), 1)
    return means


def _shares(weights: Matrix) -> Matrix:
    found: Matrix = weights / weights.sum(axis=0)
    return found


def _divisor(factor: str) -> str:
    root = parse(factor)
    if not isinstance(root, ast.BinOp) or not isinstance(root.right, ast.Attribute):  # the lint forbids it
        raise TypeError(factor)
    return name(root.right)


def _summed(formula: str, table: str) -> tuple[str, ...]:
    """Return the names of a formula that are plain sums of a table."""
    return tuple(n for n in names(formula) if n.startswith(f"{table}.") and not field_and_roll(n)[1])
