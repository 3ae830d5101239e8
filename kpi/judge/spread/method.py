"""Which method finds the interval of a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kpi.judge.interval import Interval
from kpi.judge.spread.balance import balance
from kpi.judge.spread.days import over_days
from kpi.judge.spread.events import answered, cost, counted, exact, shared
from kpi.judge.spread.figure import Figure, figure_of
from kpi.judge.spread.orders import over_orders
from kpi.judge.spread.periods import over_periods
from kpi.judge.spread.posts import over_posts
from kpi.judge.spread.rows import over_rows
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value
from kpi.model.kpi import Spread

_METHODS: Mapping[Spread, Callable[[Figure], Interval | None]] = {
    Spread.POSTS: over_posts,
    Spread.COUNT: counted,
    Spread.SHARE: shared,
    Spread.DIFFERENCE: balance,
    Spread.COST: cost,
    Spread.ORDERS: over_orders,
    Spread.DAYS: over_days,
    Spread.ROWS: over_rows,
    Spread.ANSWERS: answered,
    Spread.PERIODS: over_periods,
    Spread.EXACT: exact,
    Spread.NONE: lambda _: None,
}


def spread_of(value: Value) -> Spread:
    """Return how the uncertainty of a value is told."""
    variant = value.variant
    return value.kpi.spread if variant is None or variant.spread is None else variant.spread


def interval_of(value: Value, numbers: Numbers) -> Interval | None:
    """Return the two-sided 80 % interval of a value, the shown value inside it.

    None where none is built for its kind, or where what is told allows nothing honest.
    """
    figure = figure_of(value, numbers)
    found = figure and _METHODS[spread_of(value)](figure)
    return (min(found[0], figure.now), max(found[1], figure.now)) if figure and found else None
