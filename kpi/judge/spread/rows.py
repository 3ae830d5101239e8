"""Intervals over rows: medians of waiting times by their ranks, means of stars on their scale."""

from __future__ import annotations

import ast

import numpy as np

from kpi.judge import amounts, interval
from kpi.judge.interval import Interval
from kpi.judge.spread.figure import Figure, agree, column_of
from kpi.model.formula import field_and_roll, names, parse

_QUANTILES = {"median": 0.5, "p90": 0.9}


def over_rows(figure: Figure) -> Interval | None:
    """Return the interval of a median or 90th percentile over rows, or of a mean of stars.

    None for any other formula, and where the rows do not give the shown value.
    """
    of = names(figure.formula)
    columns = [column_of(name) for name in of]
    frame, rows = figure.rows(of[0]) or (None, None)
    if frame is None or rows is None or not len(rows):
        return None
    values = frame.values[columns[0]][rows]
    if isinstance(parse(figure.formula), ast.Attribute):
        q = _QUANTILES.get(field_and_roll(of[0])[1])
        right = q is not None and agree(float(np.quantile(values, q)), figure.now)
        return amounts.quantile(values, q) if q is not None and right else None
    if columns != ["rating", "count"]:
        return None
    reviews = frame.values["count"][rows]
    values, reviews = values[reviews > 0], reviews[reviews > 0]
    if not agree(float(values.sum()), figure.total(of[0])):
        return None
    return interval.rating(values, reviews)
