"""Which sums the cube holds: pairs of a field and the fields that must be filled beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kpi.catalog.loader import fields
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Gate, Kpi, Variant

Pair = tuple[str, frozenset[str]]
ENOUGH_FOR_LIMIT = 20  # a level that fewer orders set is chance itself
ADDED = frozenset({"daily_mean", "person_days"})  # rolls of unique people that are read off daily sums


@cache
def filled(formula: str, table: str) -> frozenset[str]:
    """Return the columns of `table` that must be filled in a row for it to count in this formula.

    An order whose buyer nobody knows gives its money to no figure a buyer.

    >>> sorted(filled("100 * posts.engagements / posts.reach", "posts"))
    ['engagements', 'reach']
    """
    found = set()
    for name in names(formula):
        field, roll = field_and_roll(name)
        known = fields()[field]
        added = (known.roll is Roll.SUM and not roll) or roll in ADDED
        if known.table == table and (added or known.roll is Roll.DISTINCT):
            found.add(known.column)
    return frozenset(found)


def gates(kpi: Kpi, variant: Variant) -> tuple[Gate, ...]:
    """Return the sample gates of a variant."""
    return kpi.sample if variant.sample is None else variant.sample


def gate_pair(gate: Gate, formula: str) -> tuple[str, Pair]:
    """Return the table and pair that tell how many there were."""
    table, column = gate.of.split(".")[:2]
    return table, (column, filled(formula, table) | {column})


def limit_gates(formula: str) -> tuple[Gate, ...]:
    """Return how many orders, leads or posts must stand behind a break-even level.

    >>> [gate.of for gate in limit_gates("social_orders.margin / social_leads.count")]
    ['social_orders.count', 'social_leads.count']
    """
    tables = dict.fromkeys(name.partition(".")[0] for name in names(formula))
    counts = [f"{table}.count" for table in tables]
    return tuple(Gate(of=count, colour=ENOUGH_FOR_LIMIT) for count in counts if count in fields())


def formulas(kpi: Kpi) -> Iterator[tuple[str, tuple[Gate, ...]]]:
    """Yield every formula that is computed for a KPI, with the gates that count what stands behind it.

    Those are its variants, its break-even levels, and what tells of a change by its factors.
    """
    for variant in kpi.variants:
        yield variant.formula, gates(kpi, variant)
    for limit in kpi.limits:
        yield limit, limit_gates(limit)
    for one in kpi.identities:
        yield one.whole, ()


def pairs(kpis: Iterable[Kpi]) -> dict[str, tuple[Pair, ...]]:
    """Return the pairs that these KPIs need, by table, each once.

    Beside those of the formulas, of the break-even levels too, there are those of the gates and the number
    of rows, `("", {})`.
    """
    found: dict[str, dict[Pair, None]] = {}
    for kpi in kpis:
        for formula, counted in formulas(kpi):
            for name in names(formula):
                table = name.partition(".")[0]
                needed = filled(formula, table)
                for column in sorted(needed):
                    found.setdefault(table, {("", frozenset()): None})[(column, needed)] = None
            for gate in counted:
                table, pair = gate_pair(gate, formula)
                if fields()[gate_field(gate)].roll is Roll.SUM:
                    found.setdefault(table, {("", frozenset()): None})[pair] = None
    for table in ("period", "owner"):
        found.pop(table, None)
    return {table: tuple(columns) for table, columns in found.items()}


def gate_field(gate: Gate) -> str:
    """Return the field that a gate counts, without its roll."""
    return ".".join(gate.of.split(".")[:2])
