"""Finds the interval of a value from the rows that gave it."""

from __future__ import annotations

import numpy as np

from kpi.judge import interval
from kpi.metrics.formula import Vector, divisors, evaluate, value_of
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import rows_in_view
from kpi.metrics.values import Value
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Spread, Variant


def spread_of(value: Value) -> Spread:
    """Return how the uncertainty of a value is told."""
    variant = value.variant
    return value.kpi.spread if variant is None or variant.spread is None else variant.spread


def _over_posts(value: Value, variant: Variant, numbers: Numbers) -> interval.Interval | None:
    """Return the interval over posts; what is not a column of the posts is a constant beside them."""
    table = next(
        t for t in ("link_posts", "posts") if any(n.startswith(f"{t}.") for n in names(variant.formula))
    )
    frame = numbers.cube.facts.daily[table]
    rows = rows_in_view(frame, numbers, value.networks)
    one = np.ones(len(rows))

    def of_row(name: str) -> Vector:
        field, _ = field_and_roll(name)
        column = field.partition(".")[2]
        return frame.values[column][rows] if field.startswith(f"{table}.") and column in frame.values else one

    single = evaluate(variant.formula, of_row) + np.zeros(len(rows))
    weights = next((value_of(d, of_row) + np.zeros(len(rows)) for d in divisors(variant.formula)), one)
    known = ~np.isnan(single) & ~np.isnan(weights) & (weights > 0)
    if not known.any():
        return None
    factor = float(evaluate(variant.formula, lambda _: np.ones(1))[0])
    # A post without a single action has no logarithm: half an action more for every post (Haldane).
    logs = np.log((single[known] * weights[known] / factor + 0.5) / weights[known])
    return interval.posts(value.now or 0.0, logs, weights[known], median=".median" in variant.formula)


def _of_share(value: Value, variant: Variant, numbers: Numbers) -> interval.Interval | None:
    """Return the interval of a percentage of people; the formula's one divisor is how many there were."""
    below = [
        value_of(d, numbers.lookup(variant.formula, value.networks))[0] for d in divisors(variant.formula)
    ]
    if len(below) != 1 or not below[0] > 0 or value.now is None or not 0 <= value.now <= 100:  # noqa: PLR2004
        return None
    low, high = interval.share(value.now / 100 * below[0], float(below[0]))
    return 100 * low, 100 * high


def interval_of(value: Value, numbers: Numbers) -> interval.Interval | None:
    """Return the two-sided 80 % interval of a value, None where none is built for its kind."""
    if value.variant is None or value.now is None:
        return None
    match spread_of(value):
        case Spread.POSTS:
            return _over_posts(value, value.variant, numbers)
        case Spread.COUNT:
            return interval.count(value.now) if value.now >= 0 else None
        case Spread.SHARE:
            return _of_share(value, value.variant, numbers)
        case _:
            return None
