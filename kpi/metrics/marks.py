"""Says on which assumed readings and on which rates and answers of the owner's a figure stands."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.assemble import Facts
from kpi.facts.costs import OWNER
from kpi.facts.frame import calendar
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import Used, columns, used
from kpi.metrics.values import Value
from kpi.model import hours
from kpi.model.field import Roll
from kpi.model.owner import answer
from kpi.model.reading import Column, Reason, Table

_OF_HOURS = frozenset({"messages.reply_minutes", "messages.answered_in_time"})
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
        if one.field in _OF_HOURS and any(
            not _told(facts, day) for day in np.unique(one.frame.day[one.rows])
        ):
            yield Reason(key="mark.plain_minutes")
    formula = value.variant.formula if value.variant else ""
    years = answer(facts.owner_on(numbers.periods[0].last), "lifetime_years")
    if "owner.lifetime_years.end" in formula and years:
        yield Reason(key="mark.lifetime", facts={"years": years})
    for reason in value.reasons:
        if reason.key in _OF_VALUES:
            yield Reason(key=f"mark.{reason.key}", facts=reason.facts)


def _told(facts: Facts, day: int | np.integer) -> bool:
    """Return whether the owner's working hours of a day are known."""
    return hours.read(facts.owner_on(calendar(day)).working_hours) is not None


def _behind(table: Table, one: Used) -> Iterator[Column]:
    """Yield the columns with an assumed reading behind a figure: its own, and those that date its rows."""
    known = fields()
    dated = [c for c in table.columns if c.field in known and known[c.field].roll is Roll.WHEN]
    for column in (*columns(table, one.field), *dated):
        if column.assumed:
            yield column
