"""Which columns of sums the workbook keeps: those that its formulas take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kpi.catalog.loader import fields
from kpi.metrics.pairs import ADDED, filled
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.report.words import say
from kpi.report.words.tell import told


@dataclass(frozen=True, slots=True)
class Kept:
    """One column: the sum of `column` over rows in which `whole` is filled, their number for no column."""

    table: str
    column: str
    whole: frozenset[str]

    @property
    def name(self) -> str:
        """Return what formulas call the column, without the sheet."""
        beside = sorted(self.whole - {self.column})
        return "_".join([self.table, self.column or "rows", *(["with", *beside] if beside else [])])

    def head(self, lang: str) -> str:
        """Return the column's head."""
        field = told("field", f"{self.table}.{self.column or min(self.whole)}", lang)
        beside = [told("field", f"{self.table}.{one}", lang) for one in sorted(self.whole - {self.column})]
        if not self.column:
            return say("xlsx.rows_with", lang, fields=beside)
        return say("xlsx.with", lang, what=field, fields=beside) if beside else field


def is_added(name: str) -> bool:
    """Return whether a name's total is read off the sums of the cube."""
    field, roll = field_and_roll(name)
    known = fields()[field]
    if known.table in {"period", "owner"}:
        return False
    return (known.roll is Roll.SUM and not roll) or roll in ADDED


def kept(formulas: Iterable[str]) -> tuple[Kept, ...]:
    """Return the columns that some formulas take, each once: per filled set its rows, then its sums."""
    found: dict[Kept, None] = {}
    for formula in formulas:
        for name in filter(is_added, names(formula)):
            table, column = name.split(".")[:2]
            whole = filled(formula, table)
            found |= {Kept(table, "", whole): None, Kept(table, column, whole): None}
    return tuple(sorted(found, key=lambda one: (one.table, sorted(one.whole), one.column)))
