"""Money of several currencies behind one formula: how much of each, and what can be told of one alone."""

from __future__ import annotations

import numpy as np

from kpi.metrics.formula import Vector
from kpi.metrics.numbers import Numbers
from kpi.model.formula import field_and_roll, names
from kpi.model.reading import Reason


def by_currency(formula: str, numbers: Numbers) -> dict[str, Vector]:
    """Return the sums by currency that this formula would add up, by period."""
    sums: dict[str, Vector] = {}
    for name in names(formula):
        for currency, total in numbers.currencies.get(field_and_roll(name)[0], {}).items():
            sums[currency] = sums.get(currency, 0.0) + total
    return sums


def each_apart(formula: str, numbers: Numbers) -> dict[str, float]:
    """Return by currency the sum of the first field of the formula that has it, for the first period.

    Revenue and spend of one currency are no sum either.
    """
    found: dict[str, float] = {}
    for name in names(formula):
        for currency, total in numbers.currencies.get(field_and_roll(name)[0], {}).items():
            if total[0]:
                found.setdefault(currency, float(total[0]))
    return dict(sorted(found.items()))


def of_one_currency(values: Vector, formula: str, numbers: Numbers) -> tuple[Vector, Reason | None]:
    """Return the values that speak of the currency looked at, and what is to be said of the first.

    Where money of another one was left out, rows of no currency may belong to it: no rate can be made then.
    """
    if numbers.view.currency is None:
        return values, None
    other, bare = numbers.apart(formula)
    values, facts = np.where(other & bare, np.nan, values), {"currency": numbers.view.currency}
    if not other[0]:
        return values, None
    if bare[0]:
        return values, Reason(key="not_by_currency", facts=facts)
    return values, Reason(key="not_in_currency" if np.isnan(values[0]) else "only_currency", facts=facts)
