"""Judges KPIs of one cube in one view: value, yardstick, light, course, and what stands behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kpi.judge.drift import LONGEST, drift
from kpi.judge.escalation import escalation
from kpi.judge.light import Light, better_of, light
from kpi.judge.measure import Yardstick, yardstick
from kpi.judge.pace import covers
from kpi.judge.periods import EARLIER, by_day, lengthened, periods_before, span
from kpi.judge.ruling import ruling
from kpi.judge.status import slack
from kpi.metrics.cubes import Cube
from kpi.metrics.marks import marks
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import kinds_told, left_out, traces
from kpi.metrics.values import Value, value, window_of
from kpi.model.formula import names
from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.target import Target, in_force
from kpi.model.verdict import Drift, Measure, Part, Status, Verdict
from kpi.model.view import View


class Judge:
    """Judges KPIs of one cube in one view; numbers are shared by all KPIs of the same period."""

    def __init__(self, cube: Cube, view: View, targets: Sequence[Target]) -> None:
        self.cube = cube
        self.view = view
        self.targets = targets
        self._span = span(cube)
        self._numbers: dict[Period, Numbers] = {}
        self._two: dict[Period, Numbers] = {}  # a period and the same one a year before
        self._covered: dict[tuple[str, Period], bool] = {}

    def numbers(self, period: Period) -> Numbers:
        """Return the totals of a period and of those before it."""
        if period not in self._numbers:
            periods = (period, *periods_before(period, self._span, LONGEST))
            self._numbers[period] = Numbers(self.cube, periods, self.view)
        return self._numbers[period]

    def covers(self, formula: str, period: Period) -> bool:
        """Return whether the files cover every day of a period for all fields of a formula."""
        key = (formula, period)
        if key not in self._covered:
            self._covered[key] = covers(self.cube, formula, period, self.view)
        return self._covered[key]

    def verdict(self, kpi: Kpi, period: Period) -> Verdict:
        """Return one KPI judged for a period; the lights of earlier periods come from `past` alone."""
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

    def past(self, verdict: Verdict) -> tuple[tuple[Period, Status], ...]:
        """Return how today's rule would have coloured the up to twelve periods before, oldest first.

        The variant and the target, break-even level or usual level are those of the verdict; sample and
        interval are each period's own. Costs as much as judging the KPI a dozen times: made for the KPI
        that is looked at, not for a board.
        """
        if verdict.variant is None or not verdict.series:
            return ()
        now, better = verdict.series[-1][0], better_of(verdict.kpi, verdict.variant)
        numbers = self.numbers(now)
        found = value(verdict.kpi, numbers, (verdict.variant,))
        by = self._yardstick(found, verdict.variant, numbers)
        usual = by.measure is Measure.REFERENCE
        seen = [p for p in numbers.periods[EARLIER:0:-1] if self._span and p.meets(self._span)]
        lights = []
        for period in seen:
            was = self._was(found, verdict.variant, period)
            due = _due(verdict.variant, period, now, better) if usual else 1.0
            lit = None if was is None else light(was, self.numbers(period), by.times(due))
            lights.append((period, Status.GREY if lit is None else lit.status))
        return tuple(lights)

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
            reasons=found.reasons,
            currency=found.currency,
            missing=found.missing,
            nearest=found.nearest,
            rows_left_out=lost,
            rows=used,
            networks=found.networks,
        )
        if variant is None or found.now is None:
            typed = in_force(self.targets, kpi.id, numbers.periods[0].last)
            reasons = (*found.reasons, *notes)
            return replace(verdict, target=typed[-1].value if typed else None, reasons=reasons)
        kinds = kinds_told(found, numbers)
        if len(kinds) > 1:
            notes.append(Reason(key="two_counts", facts={"kinds": kinds}))
        if lost:
            notes.append(Reason(key="left_out", facts={"lost": lost, "all": lost + used}))
        parts = tuple(
            Part(name=name, value=_number(numbers.lookup(variant.formula, found.networks)(name)[0]))
            for name in names(variant.formula)
        )
        series = tuple(zip(numbers.periods, map(_number, found.values), strict=True))[EARLIER::-1]
        verdict = replace(
            verdict,
            previous=self._previous(found, variant, numbers),
            year_ago=self._year_ago(found, variant, numbers),
            series=series,
            trace=traces(found, numbers),
            marks=marks(found, numbers),
            parts=parts,
        )
        return self._lit(verdict, found, variant, numbers, notes)

    def _lit(
        self, verdict: Verdict, found: Value, variant: Variant, numbers: Numbers, notes: Sequence[Reason]
    ) -> Verdict:
        """Return the verdict with its light, what it was decided by, and the reason of it first."""
        by = self._yardstick(found, variant, numbers)
        lit = light(found, numbers, by)
        more = self._escalation(lit, found, variant, numbers)
        traced = dict.fromkeys((*verdict.trace, *by.traces))
        return replace(
            verdict,
            status=lit.status,
            reasons=(lit.why, *lit.rest, *((more,) if more else ()), *verdict.reasons, *by.notes, *notes),
            interval=lit.interval,
            sample=lit.sample,
            target=by.bar if by.measure is Measure.TARGET else None,
            top=by.top,
            limit=by.limit,
            reference=by.reference,
            measure=by.measure,
            slack=None if by.bar is None else slack(by.bar, by.tolerance),
            rule=ruling(lit, verdict.better),
            hollow=lit.hollow,
            escalated=more is not None,
            drift=self._drift(found, variant, numbers),
            pace=lit.pace,
            trace=tuple(traced),
        )

    def _yardstick(self, found: Value, variant: Variant, numbers: Numbers) -> Yardstick:
        better = better_of(found.kpi, variant)
        known = self._earlier(found, variant, numbers, better)
        return yardstick(found, variant, numbers, self.targets, better=better, earlier=known)

    def _earlier(self, found: Value, variant: Variant, numbers: Numbers, better: Better) -> list[float]:
        """Return the values of the full periods before, from which the usual level comes."""
        whole = self._whole(found, variant, numbers, EARLIER)
        now = numbers.periods[0]
        return [
            value * _due(variant, now, then, better)
            for then, value in zip(numbers.periods[1:], whole[1:], strict=False)
            if value is not None
        ]

    def _escalation(self, lit: Light, found: Value, variant: Variant, numbers: Numbers) -> Reason | None:
        """Return why a miss is to be taken up at once; looked into only where there is one."""
        if not lit.missed:
            return None
        earlier = self.numbers(numbers.periods[1])
        was = self._was(found, variant, earlier.periods[0])
        if was is None:
            return None
        before = light(was, earlier, self._yardstick(was, variant, earlier))
        return escalation(lit, before, found, variant, numbers)

    def _was(self, found: Value, variant: Variant, period: Period) -> Value | None:
        """Return the value of another period; None where it speaks of other networks or in other money."""
        was = value(found.kpi, self.numbers(period), (variant,))
        return was if (was.networks, was.currency) == (found.networks, found.currency) else None

    def _drift(self, found: Value, variant: Variant, numbers: Numbers) -> Drift | None:
        """Return where the course points, None where the period looked at is not told whole."""
        whole = self._whole(found, variant, numbers, LONGEST)
        if whole[0] is None:
            return None
        days = by_day(variant.formula, numbers.periods[: len(whole)])
        known = [value / day for value, day in zip(whole, days, strict=True) if value is not None]
        return drift(known[::-1])

    def _whole(self, found: Value, variant: Variant, numbers: Numbers, earlier: int) -> list[float | None]:
        """Return the values of periods that the files cover whole, newest first, None for the others."""
        return [
            _number(number) if self.covers(variant.formula, period) else None
            for period, number in zip(numbers.periods[: earlier + 1], found.values, strict=False)
        ]

    def _previous(self, found: Value, variant: Variant, numbers: Numbers) -> float | None:
        """Return the value of the period before, None where the data do not cover it."""
        return self._whole(found, variant, numbers, 1)[1]

    def _year_ago(self, found: Value, variant: Variant, numbers: Numbers) -> float | None:
        """Return the value of the same period a year before, None where the data do not cover it.

        Months and quarters have it among the periods before; any other days are counted beside them.
        """
        now = numbers.periods[0]
        then = now.year_before()
        if not self.covers(variant.formula, then):
            return None
        if then in numbers.periods:
            return _number(found.values[numbers.periods.index(then)])
        if now not in self._two:
            self._two[now] = Numbers(self.cube, (now, then), self.view)
        return _number(value(found.kpi, self._two[now], (variant,)).values[1])


def _due(variant: Variant, now: Period, then: Period, better: Better) -> float:
    """Return how much of a total of a period is due in one of another length, by the kinder reading.

    A short month is not asked for more than its days, a long one not for more than was usual: whether a
    business runs by the day or by the month nobody knows.
    """
    days = by_day(variant.formula, (now, then))
    return (max if better is Better.DOWN else min)(1.0, float(days[0] / days[1]))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
