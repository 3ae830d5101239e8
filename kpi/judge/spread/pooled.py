"""A period and the one before taken together: twice the evidence of one and the same shortfall."""

from __future__ import annotations

import numpy as np

from kpi.judge.interval import Interval
from kpi.judge.spread.events import shared_over
from kpi.judge.spread.figure import figure_of
from kpi.judge.spread.method import interval_of, spread_of
from kpi.judge.spread.periods import mean_over_periods, told_whole
from kpi.metrics import values
from kpi.metrics.formula import is_ratio
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value
from kpi.model.kpi import Spread, Variant
from kpi.model.period import Period

_BOTH = 2


def pooled(value: Value, numbers: Numbers) -> tuple[float, Interval] | None:
    """Return the value and its 80 % interval over `numbers.periods[0]` and `numbers.periods[1]` together.

    To be set against the target of one period: of a total it is the mean of the two, of a rate the rate of
    both. None where the period before is unknown or not covered whole, or where there is no interval.
    """
    figure = figure_of(value, numbers)
    if figure is None or value.variant is None or np.isnan(value.values[1:_BOTH]).any():
        return None
    if len(numbers.periods) < _BOTH or not told_whole(figure.formula, numbers.periods[1], numbers):
        return None
    if spread_of(value) is Spread.SHARE:
        return shared_over(figure, _BOTH)
    if spread_of(value) is Spread.PERIODS:
        return mean_over_periods(figure, _BOTH)
    return _joined(value, value.variant, numbers)


def _joined(value: Value, variant: Variant, numbers: Numbers) -> tuple[float, Interval] | None:
    """Return what the same method says of the joined period."""
    joined = Period(numbers.periods[1].first, numbers.periods[0].last)
    both = Numbers(numbers.cube, (joined,), numbers.view)
    total = values.value(value.kpi, both, (variant,))
    found = interval_of(total, both)
    if total.now is None or found is None:
        return None
    parts = 1 if is_ratio(variant.formula) else _BOTH
    return total.now / parts, (found[0] / parts, found[1] / parts)
