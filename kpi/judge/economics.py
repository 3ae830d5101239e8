"""The value at which the business neither gains nor loses, from the figures of the same period."""

from __future__ import annotations

from kpi.metrics.numbers import Numbers
from kpi.metrics.pairs import gate_pair, limit_gates
from kpi.metrics.trace import traces
from kpi.metrics.values import SOCIAL, Value, value
from kpi.model.formula import names
from kpi.model.kpi import Variant
from kpi.model.verdict import Trace


def limit(found: Value, variant: Variant, numbers: Numbers) -> tuple[float, tuple[Trace, ...]] | None:
    """Return the break-even value of a KPI and where its figures came from; None where it cannot be told.

    It is the first of the KPI's limits that can be computed for the same period. It says nothing of a
    variant that counts in another unit or direction than the KPI or is not judged, nothing in another
    currency or of other networks than the value, and nothing if it rests on fewer than twenty orders,
    leads or posts: a level that a handful of orders sets is chance itself.
    """
    kpi = found.kpi
    if not variant.colour or variant.unit not in {None, kpi.unit} or variant.better not in {None, kpi.better}:
        return None
    for formula in kpi.limits:
        level = value(kpi, numbers, (Variant(id="limit", formula=formula, en="", ru=""),))
        if (
            level.now is not None
            and _fits(level, found, formula)
            and _rests_on_enough(level, formula, numbers)
        ):
            return level.now, traces(level, numbers)
    return None


def _fits(level: Value, found: Value, formula: str) -> bool:
    """Return whether a level speaks of the same money and networks as the value."""
    money = found.kpi.unit == "money" and bool(names(formula))
    social = {name.partition(".")[0] for name in names(formula)} & SOCIAL
    return (not money or level.currency == found.currency) and (
        not social or level.networks == found.networks
    )


def _rests_on_enough(level: Value, formula: str, numbers: Numbers) -> bool:
    """Return whether every table of things that can be counted has enough of them behind the level."""
    for gate in limit_gates(formula):
        table, pair = gate_pair(gate, formula)
        if numbers.added(table, pair, level.networks)[0][0] < gate.colour:
            return False
    return True
