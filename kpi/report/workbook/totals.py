"""What each name of a KPI's formula is in Excel: a sum written on the spot, or a row of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kpi.catalog.loader import fields
from kpi.metrics.numbers import Numbers
from kpi.metrics.pairs import ADDED
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Variant
from kpi.model.period import Period
from kpi.model.verdict import Verdict
from kpi.report.report import Report
from kpi.report.words import say
from kpi.report.workbook.columns import is_added, kept
from kpi.report.workbook.expression import LONGEST, Total, formula
from kpi.report.workbook.levels import Levels, is_level
from kpi.report.workbook.sheet import Formula
from kpi.report.workbook.sums import Sums


@dataclass(frozen=True, slots=True)
class Part:
    """A name of a formula that has a row of its own: its cells by period, and how they were made."""

    name: str
    cells: Sequence[float | str | Formula]
    note: str


class Totals:
    """The names of all formulas of a report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.unknown = say("xlsx.unknown", report.lang)
        told_ = [one.variant.formula for one in report.board.verdicts if one.variant is not None]
        self.sums = Sums(report, kept(told_))
        self.levels = Levels(report, told_)
        self._numbers: dict[tuple[Period, ...], Numbers] = {}

    def parts(self, verdict: Verdict, variant: Variant, days: Sequence[tuple[str, str]]) -> list[Part]:
        """Return the rows that a KPI needs beside its own; `days` are the cells of first and last day."""
        return [
            self._part(verdict, variant.formula, name, days)
            for name in names(variant.formula)
            if not self._on_the_spot(verdict, variant.formula, name)
        ]

    def cell(
        self, verdict: Verdict, variant: Variant, place: int, days: tuple[str, str], rows: Mapping[str, str]
    ) -> Formula | float | str:
        """Return a KPI's cell for one period; `rows` are the cells of the names that have a row."""
        networks = verdict.networks
        totals = {name: Total(where, f"ISTEXT({where})") for name, where in rows.items()}
        for name in names(variant.formula):
            if name not in totals and (sums := self.sums.total(variant.formula, name, networks, *days)):
                totals[name] = sums
        return self._live(formula(variant.formula, totals, self.unknown), verdict.series[place][1])

    def _on_the_spot(self, verdict: Verdict, text: str, name: str) -> bool:
        return is_added(name) and self.sums.total(text, name, verdict.networks, "", "") is not None

    def _part(self, verdict: Verdict, text: str, name: str, days: Sequence[tuple[str, str]]) -> Part:
        """Return a row: formulas over the sheet of levels, else values with a note."""
        networks = verdict.networks
        values = self._numbers_of(verdict).total(text, name, networks)
        known = [None if np.isnan(value) else float(value) for value in values]
        formulas = [
            self.levels.total(name, networks, *cells, self.unknown) if is_level(name) else None
            for cells in days
        ]
        if any(one is None or len(one) > LONGEST for one in formulas):
            given = [self.unknown if value is None else value for value in known]
            return Part(name, given, self._note(name))
        live = [self._live(one or "", value) for one, value in zip(formulas, known, strict=True)]
        return Part(name, live, say("xlsx.note.level", self.report.lang))

    def _numbers_of(self, verdict: Verdict) -> Numbers:
        periods = tuple(period for period, _ in verdict.series)
        if periods not in self._numbers:
            self._numbers[periods] = Numbers(self.report.cube, periods, self.report.board.view)
        return self._numbers[periods]

    def _live(self, text: str, value: float | None) -> Formula | float | str:
        """Return a formula with its value, the bare value where the formula is too long for Excel."""
        shown = self.unknown if value is None else value
        return Formula(text, shown) if len(text) <= LONGEST else shown

    def _note(self, name: str) -> str:
        """Return how a value was made that no formula over sums can make."""
        lang = self.report.lang
        field, roll = field_and_roll(name)
        known = fields()[field]
        if known.table == "period":
            return say("xlsx.note.days", lang)
        if known.table == "owner":
            return say("xlsx.note.answer", lang)
        if roll in {"median", "p90"}:
            return say("xlsx.note.median", lang)
        if known.roll is Roll.NONE or roll in ADDED:
            return say("xlsx.note.unique", lang)
        if known.roll is Roll.DISTINCT:
            return say("xlsx.note.distinct", lang)
        return say("xlsx.note.level_value", lang)
