"""Intervals by the ups and downs of earlier periods, for figures of which single rows tell no chance."""

from __future__ import annotations

import ast

import numpy as np

from kpi.judge import amounts
from kpi.judge.interval import Interval
from kpi.judge.spread.figure import Figure
from kpi.metrics.numbers import Numbers
from kpi.model.formula import field_and_roll, names, parse
from kpi.model.period import Period


def told_whole(formula: str, period: Period, numbers: Numbers) -> bool:
    """Return whether the files cover every day of a period for all dated fields of a formula."""
    found = {field_and_roll(name)[0] for name in names(formula)}
    dated = (field for field in found if field.partition(".")[0] not in {"owner", "period"})
    return all(numbers.cube.facts.covers(field, period, numbers.view) for field in dated)


def over_periods(figure: Figure) -> Interval | None:
    """Return the interval of a value by the moving ranges of earlier periods."""
    found = mean_over_periods(figure, 1)
    return found and found[1]


def mean_over_periods(figure: Figure, periods: int) -> tuple[float, Interval] | None:
    """Return the mean of the first `periods` and its interval by the moving ranges of those before.

    On logs, unless the formula takes one thing from another, so that the figure may be zero or below.
    None with fewer than six earlier periods in a row that are told whole.
    """
    logs = not any(isinstance(node, ast.Sub) for node in ast.walk(parse(figure.formula)))
    now = float(figure.values[:periods].mean())
    earlier = [
        number if told_whole(figure.formula, period, figure.numbers) and (number > 0 or not logs) else np.nan
        for period, number in zip(figure.numbers.periods[periods:], figure.values[periods:], strict=True)
    ]
    if logs and now <= 0:
        return None
    found = amounts.ranges(now, np.array(earlier), periods=periods, logs=logs)
    return found and (now, found)
