"""All KPIs of the chosen goals for one period and view, judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from statistics import median

import numpy as np

from kpi.judge.periods import lengthened, periods_before, span
from kpi.judge.ranking import ranked
from kpi.judge.sample import sample
from kpi.judge.spread import interval_of
from kpi.judge.status import rule
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import is_ratio
from kpi.metrics.marks import marks
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import kinds_told, left_out, traces
from kpi.metrics.values import Value, value, window_of
from kpi.model.formula import field_and_roll, names
from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.target import Target, in_force
from kpi.model.verdict import Part, Status, Verdict
from kpi.model.view import View

ENOUGH_EARLIER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The verdicts of a period, heaviest KPI first."""

    period: Period
    previous: Period
    view: View
    goals: tuple[str, ...]
    verdicts: tuple[Verdict, ...]


class Judge:
    """Judges KPIs of one cube in one view; numbers are shared by all KPIs of the same period."""

    def __init__(self, cube: Cube, view: View, targets: Sequence[Target]) -> None:
        self.cube = cube
        self.view = view
        self.targets = targets
        self._span = span(cube)
        self._numbers: dict[Period, Numbers] = {}

    def numbers(self, period: Period) -> Numbers:
        """Return the totals of a period and of those before it."""
        if period not in self._numbers:
            periods = (period, *periods_before(period, self._span))
            self._numbers[period] = Numbers(self.cube, periods, self.view)
        return self._numbers[period]

    def verdict(self, kpi: Kpi, period: Period) -> Verdict:
        """Return one KPI judged for a period."""
        chosen = lengthened(kpi, period)
        numbers = self.numbers(chosen)
        found = value(kpi, numbers)
        notes: list[Reason] = []
        if chosen != period:
            notes.append(Reason(key="longer_period", facts={"first": chosen.first, "last": chosen.last}))
        if found.variant is not None and found.now is not None:
            windows = window_of(found.variant, numbers)
            if windows != chosen:
                numbers = self.numbers(windows)
                found = value(kpi, numbers, (found.variant,))
                notes.append(Reason(key="window", facts={"first": windows.first, "last": windows.last}))
        return self._judged(found, numbers, notes)

    def _judged(self, found: Value, numbers: Numbers, notes: list[Reason]) -> Verdict:
        kpi, variant = found.kpi, found.variant
        lost, used = left_out(found, numbers)
        verdict = Verdict(
            kpi=kpi,
            variant=variant if found.now is not None else None,
            value=found.now,
            unit=(variant.unit if variant and variant.unit else kpi.unit),
            better=(variant.better if variant and variant.better else kpi.better),
            status=Status.GREY,
            reasons=(*found.reasons, *notes),
            currency=found.currency,
            missing=found.missing,
            rows_left_out=lost,
            rows=used,
            networks=found.networks,
        )
        if variant is None or found.now is None:
            typed = in_force(self.targets, kpi.id, numbers.periods[0].last)
            return replace(verdict, target=typed[-1].value if typed else None)
        told, enough, enough_for_red = sample(found, numbers)
        parts = tuple(
            Part(name=name, value=_number(numbers.lookup(variant.formula, found.networks)(name)[0]))
            for name in names(variant.formula)
        )
        verdict = replace(
            verdict,
            interval=interval_of(found, numbers),
            sample=told,
            previous=self._previous(found, numbers),
            series=tuple(zip(numbers.periods, map(_number, found.values), strict=True))[::-1],
            trace=traces(found, numbers),
            marks=marks(found, numbers),
            parts=parts,
        )
        kinds = kinds_told(found, numbers)
        if len(kinds) > 1:
            notes.append(Reason(key="two_counts", facts={"kinds": kinds}))
        if lost:
            notes.append(Reason(key="left_out", facts={"lost": lost, "all": lost + used}))
        return self._lit(verdict, variant, numbers, notes, enough=enough, enough_for_red=enough_for_red)

    def _lit(
        self,
        verdict: Verdict,
        variant: Variant,
        numbers: Numbers,
        notes: list[Reason],
        *,
        enough: bool,
        enough_for_red: bool,
    ) -> Verdict:
        """Return the verdict with its light and the reason of it first."""
        kpi = verdict.kpi
        target, other = self._target(kpi, variant, numbers.periods[0].last)
        reference = None if target is not None else self._reference(verdict, variant)
        if other is not None:
            notes.insert(0, other)
        partly = self._partly(variant.formula, numbers)
        verdict = replace(verdict, target=target, reference=reference)
        measure = target if target is not None else reference
        if not variant.colour:
            why = Reason(key="not_judged")
        elif partly and not is_ratio(variant.formula):
            why = partly
        elif not enough and verdict.sample:
            facts = {"of": verdict.sample.of, "n": verdict.sample.n, "needed": verdict.sample.needed}
            why = Reason(key="too_few", facts=facts)
        elif measure is None or verdict.better is Better.RANGE or verdict.value is None:
            why = Reason(key="no_target")
        else:
            status, key = rule(
                verdict.value,
                measure,
                verdict.interval,
                better=verdict.better,
                tolerance=kpi.tolerance,
                may_be_red=enough_for_red,
            )
            down = verdict.better is Better.DOWN
            why = Reason(key=key, facts={"target": measure, "typed": target is not None, "down": down})
            verdict = replace(verdict, status=status)
        rest = [partly] if partly and why is not partly else []
        return replace(verdict, reasons=(why, *rest, *verdict.reasons, *notes))

    def _target(self, kpi: Kpi, variant: Variant, day: date) -> tuple[float | None, Reason | None]:
        """Return the owner's target for this variant in force on a day; one of another never judges it."""
        mine = in_force(self.targets, kpi.id, day)
        fitting = [target for target in mine if target.variant in {None, variant.id}]
        if fitting:
            return fitting[-1].value, None
        if mine:
            return None, Reason(key="target_of_other_variant", facts={"variant": mine[-1].variant})
        return None, None

    def _reference(self, verdict: Verdict, variant: Variant) -> float | None:
        """Return the median of the earlier full periods, None if there are fewer than three."""
        earlier = [
            number
            for period, number in verdict.series[:-1]
            if number is not None and self.covers(variant.formula, period)
        ]
        return median(earlier) if len(earlier) >= ENOUGH_EARLIER else None

    def _previous(self, found: Value, numbers: Numbers) -> float | None:
        """Return the value of the period before, None where the data do not cover it."""
        if found.variant is None or not self.covers(found.variant.formula, numbers.periods[1]):
            return None
        return _number(found.values[1])

    def covers(self, formula: str, period: Period) -> bool:
        """Return whether the files cover every day of a period for all fields of a formula."""
        return all(self.cube.facts.covers(field, period, self.view) for field in _dated(formula))

    def _partly(self, formula: str, numbers: Numbers) -> Reason | None:
        """Return the reason where the files cover the period only in part."""
        period = numbers.periods[0]
        if self.covers(formula, period):
            return None
        days = min(
            sum(one.shared(period) for one in self.cube.facts.covered(field, self.view))
            for field in _dated(formula)
        )
        return Reason(key="partly_covered", facts={"days": days, "all": period.days})


@cache
def _dated(formula: str) -> tuple[str, ...]:
    """Return the fields of a formula that come from dated rows."""
    found = [field_and_roll(name)[0] for name in names(formula)]
    return tuple(dict.fromkeys(f for f in found if f.partition(".")[0] not in {"owner", "period"}))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def board(
    cube: Cube,
    goals: Sequence[str],
    period: Period,
    view: View,
    targets: Sequence[Target] = (),
    *,
    own: Sequence[Kpi] = (),
) -> Board:
    """Return all KPIs of the goals for a period, judged; `own` are the owner's, which the cube must know."""
    judge = Judge(cube, view, targets)
    verdicts = tuple(judge.verdict(kpi, period) for kpi in ranked(goals, own))
    return Board(period=period, previous=period.before(), view=view, goals=tuple(goals), verdicts=verdicts)
