"""Whether there were enough of what a KPI is judged on."""

from __future__ import annotations

import numpy as np

from kpi.catalog.loader import fields
from kpi.metrics.numbers import Numbers
from kpi.metrics.pairs import gate_field, gate_pair, gates
from kpi.metrics.values import Value
from kpi.model.field import Roll
from kpi.model.kpi import Gate
from kpi.model.verdict import Sample


def _how_many(gate: Gate, value: Value, numbers: Numbers) -> float | None:
    """Return the total that a gate counts; None where no row tells it, which is another thing than none."""
    formula = value.variant.formula if value.variant else ""
    field = fields()[gate_field(gate)]
    if field.table == "period":
        return float(numbers.days(formula)[0])
    if field.roll is Roll.SUM:
        table, pair = gate_pair(gate, formula)
        total, rows = numbers.added(table, pair, value.networks)
        return float(total[0]) if rows[0] or field.column == "count" else None
    total = numbers.total(formula, gate.of, value.networks)
    return None if np.isnan(total[0]) else float(total[0])


def sample(value: Value, numbers: Numbers) -> tuple[Sample | None, bool, bool]:
    """Return the sample to tell of, whether it is enough for a colour, and whether for red.

    Told is the first gate that is not met, else the first one; None where a KPI has none.
    """
    if value.variant is None:
        return None, False, False
    counted = [(gate, _how_many(gate, value, numbers)) for gate in gates(value.kpi, value.variant)]
    told = [Sample(of=_what(gate), n=n, needed=gate.colour) for gate, n in counted]
    short = [one for one in told if one.n is None or one.n < one.needed]
    return (
        next(iter(short or told), None),
        not short,
        all(n is not None and n >= max(gate.colour, gate.red) for gate, n in counted),
    )


def _what(gate: Gate) -> str:
    """Return what a gate counts: rows of a table are called by the table."""
    table, _, column = gate.of.partition(".")
    return table if column == "count" else gate.of
