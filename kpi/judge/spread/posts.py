"""Intervals over posts: each post's own ratio, as heavy as it weighs in the figure."""

from __future__ import annotations

import ast

import numpy as np

from kpi.judge import interval
from kpi.judge.interval import Interval
from kpi.judge.spread.figure import Figure, column_of
from kpi.metrics.formula import Vector, divisors, value_of
from kpi.metrics.trace import rows_in_view
from kpi.model.formula import names, parse


def over_posts(figure: Figure) -> Interval | None:
    """Return the interval over posts; what is not a column of the posts is a constant beside them.

    Of `100 - …` the rest is measured and turned round.
    """
    tree = parse(figure.formula)
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Sub) and isinstance(tree.left, ast.Constant):
        most = float(figure.part(tree.left)[0])
        found = _over_posts(figure, tree.right, most - figure.now)
        return found and (max(0.0, most - found[1]), most - found[0])
    return _over_posts(figure, tree, figure.now)


def _over_posts(figure: Figure, tree: ast.expr, shown: float) -> Interval | None:
    table = min({n.partition(".")[0] for n in names(figure.formula)} & {"posts", "link_posts"}, default="")
    frame = figure.numbers.cube.facts.daily.get(table)
    if frame is None:
        return None
    rows = rows_in_view(frame, figure.numbers, figure.networks)
    one = np.ones(len(rows))

    def of_row(name: str) -> Vector:
        inside = name.startswith(f"{table}.") and column_of(name) in frame.values
        return frame.values[column_of(name)][rows] if inside else one

    single = value_of(tree, of_row) + np.zeros(len(rows))
    weights = next((value_of(d, of_row) + np.zeros(len(rows)) for d in divisors(figure.formula)), one)
    known = np.isfinite(single) & ~np.isnan(weights) & (weights > 0)
    if not known.any():
        return None
    factor = float(value_of(tree, lambda _: np.ones(1))[0])
    # A post without a single action has no logarithm: half an action more for every post (Haldane).
    logs = np.log((single[known] * weights[known] / factor + 0.5) / weights[known])
    return interval.posts(shown, logs, weights[known], median=".median" in figure.formula)
