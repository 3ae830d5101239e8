"""Says on which assumed readings and on which rates of the owner's a figure stands."""

from __future__ import annotations

from collections.abc import Iterator

from kpi.catalog.loader import fields
from kpi.facts.costs import OWNER
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import Used, columns, used
from kpi.metrics.values import Value
from kpi.model.field import Roll
from kpi.model.reading import Column, Reason, Table

_OF_VALUES = frozenset({"untold_currency"})  # told of a value where it is made


def marks(value: Value, numbers: Numbers) -> tuple[Reason, ...]:
    """Return the marks of a value, each once; none where the cells prove every reading."""
    found = {(one.key, *one.facts.items()): one for one in _marks(value, numbers)}
    return tuple(found.values())


def _marks(value: Value, numbers: Numbers) -> Iterator[Reason]:
    facts = numbers.cube.facts
    for one in used(value, numbers):
        if one.index != OWNER:
            table = facts.tables[one.index]
            for column in _behind(table, one):
                told = {"heading": column.heading, "file": table.file}
                yield Reason(key=f"mark.{column.assumed}", facts=told)
        for currency, rate in one.rates:
            said = {"currency": currency, "rate": rate, "own": value.currency or ""}
            yield Reason(key="mark.converted", facts=said)
    for reason in value.reasons:
        if reason.key in _OF_VALUES:
            yield Reason(key=f"mark.{reason.key}", facts=reason.facts)


def _behind(table: Table, one: Used) -> Iterator[Column]:
    """Yield the columns with an assumed reading behind a figure: its own, and those that date its rows."""
    known = fields()
    dated = [c for c in table.columns if c.field in known and known[c.field].roll is Roll.WHEN]
    for column in (*columns(table, one.field), *dated):
        if column.assumed:
            yield column
