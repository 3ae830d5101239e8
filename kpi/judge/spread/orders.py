"""Intervals over orders: revenue and profit by their number and size, averages by leaving one out."""

from __future__ import annotations

import ast

import numpy as np

from kpi.facts.frame import Frame, Ints, ordinal
from kpi.judge import amounts
from kpi.judge.interval import Interval
from kpi.judge.spread.days import FEWEST, sum_over_days
from kpi.judge.spread.figure import Figure, agree, column_of, is_sum
from kpi.judge.spread.rows import over_rows
from kpi.metrics.formula import Vector, divisors
from kpi.model.formula import field_and_roll, name, names

_TABLES = frozenset({"orders", "social_orders", "marketing_orders"})
_OF_ADS = frozenset({"ads.revenue", "ads.orders"})


def over_orders(figure: Figure) -> Interval | None:
    """Return the interval of a figure over orders, read through its formula; costs are known numbers.

    A row may hold the orders of a day. None where orders are told in one lump or by rows of longer spans,
    and where buyers are counted in another way than one by one.
    """
    drawn = [n for n in names(figure.formula) if n.partition(".")[0] in _TABLES or n in _OF_ADS]
    if any(field_and_roll(n)[1] for n in drawn):
        return over_rows(figure)
    sums = [n for n in drawn if is_sum(n)]
    if not sums or len({n.partition(".")[0] for n in drawn}) > 1:
        return None
    frame, rows = figure.rows(sums[0]) or (None, None)
    if frame is None or rows is None:
        return None
    each = {n: frame.values[column_of(n)][rows] for n in sums}
    each |= {n: _firsts(frame.values[column_of(n)][rows]) for n in drawn if column_of(n) == "customers"}
    if len(each) < len(drawn) or not all(agree(float(each[n].sum()), figure.total(n)) for n in drawn):
        return None
    if len(drawn) == 1:
        return _through(figure, drawn[0], _total(figure, each[drawn[0]], frame, rows))
    if not _divided_by(figure.formula) & set(drawn):
        return None
    return _average(figure, each if len(sums) == len(drawn) else _by_buyer(each, frame, rows))


def _divided_by(formula: str) -> set[str]:
    """Return the names that stand in a divisor of a formula."""
    found = (node for tree in divisors(formula) for node in ast.walk(tree))
    return {name(node) for node in found if isinstance(node, ast.Attribute)}


def _total(figure: Figure, amount: Vector, frame: Frame, rows: Ints) -> Interval | None:
    """Return the interval of the sum of all orders; by days where nobody counts them."""
    counts = frame.values.get("orders" if frame.table == "ads" else "count")
    if counts is not None and not np.isnan(counts[rows]).any():
        return amounts.total(amount, counts[rows])
    days = np.bincount(frame.day[rows] - ordinal(figure.numbers.periods[0].first), amount)
    return sum_over_days(figure, days[days != 0])


def _through(figure: Figure, name: str, bounds: Interval | None) -> Interval | None:
    """Return what the formula says at both ends of its only total that is left to chance."""
    if bounds is None or (name in _divided_by(figure.formula) and bounds[0] <= 0):
        return None
    one, other = figure.with_totals({name: np.array(bounds)}).tolist()
    return min(one, other), max(one, other)


def _average(figure: Figure, parts: dict[str, Vector]) -> Interval | None:
    """Return the interval of an average from what it would be without each order, or each buyer."""
    without = figure.with_totals({n: figure.total(n) - part for n, part in parts.items()})
    if len(without) < FEWEST or np.isnan(without).any():
        return None
    return amounts.left_out(figure.now, without, len(without) - 1, fixed=False)


def _firsts(buyers: Vector) -> Vector:
    """Return 1 for the first row of each buyer, 0 for all others and where no buyer is told."""
    known = np.flatnonzero(buyers >= 0)  # below are returns, which are nobody's purchase
    found = np.zeros(len(buyers))
    found[known[np.unique(buyers[known], return_index=True)[1]]] = 1.0
    return found


def _by_buyer(each: dict[str, Vector], frame: Frame, rows: Ints) -> dict[str, Vector]:
    """Return the amounts added up by buyer; a row without one stands alone."""
    buyers = frame.values["customers"][rows]
    alone = -1.0 - np.arange(len(rows))
    codes = np.unique(np.where(buyers >= 0, buyers, alone), return_inverse=True)[1]
    return {n: np.asarray(np.bincount(codes, amount), float) for n, amount in each.items()}
