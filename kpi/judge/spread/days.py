"""Intervals over days: ratios of ads, whose clicks cluster by day, and sums that crowds make."""

from __future__ import annotations

import numpy as np

from kpi.catalog.loader import fields
from kpi.judge import amounts
from kpi.judge.interval import Interval
from kpi.judge.spread.figure import Figure, agree, is_sum
from kpi.metrics.formula import Vector, divisors
from kpi.model.field import Roll
from kpi.model.formula import field_and_roll, names

FEWEST = 8
_BILLS = frozenset({"ads.spend", "ads.follow_spend", "costs.smm", "costs.marketing"})


def over_days(figure: Figure) -> Interval | None:
    """Return the interval of a ratio or sum over days; None with fewer than eight on which anything was."""
    by_day = _by_day(figure)
    if not by_day:
        return None
    active = np.any([days != 0 for days in by_day.values()], axis=0)
    by_day = {name: days[active] for name, days in by_day.items()}
    if not divisors(figure.formula):
        nothing = float(figure.with_totals({name: np.zeros(1) for name in by_day})[0])
        added = figure.with_totals(by_day) - nothing
        found = sum_over_days(figure, added) if agree(nothing + float(added.sum()), figure.now) else None
        return found and (nothing + found[0], nothing + found[1])
    without = figure.with_totals({name: figure.total(name) - days for name, days in by_day.items()})
    if len(without) < FEWEST or np.isnan(without).any():
        return None
    ready = np.r_[without, np.full(_idle(figure, without), figure.now)]
    return amounts.left_out(figure.now, ready, len(without) - 1, fixed=True)


def sum_over_days(figure: Figure, days: Vector) -> Interval | None:
    """Return the interval of what active days add up to, among all that the files cover."""
    if len(days) < FEWEST:
        return None
    ready = np.r_[days, np.zeros(_idle(figure, days))]
    return amounts.over_days(ready, np.ones(len(ready)))


def _idle(figure: Figure, active: Vector) -> int:
    """Return on how many days that the files cover nothing was."""
    return max(0, int(figure.numbers.days(figure.formula)[0]) - len(active))


def _by_day(figure: Figure) -> dict[str, Vector]:
    """Return by name what each day of the period adds, for the sums of a formula that days tell.

    Levels, answers and bills told by the month stand beside as they are. Nothing at all where something
    else is not told by days: its chance would be left out.
    """
    found: dict[str, Vector] = {}
    for name in names(figure.formula):
        field = fields()[field_and_roll(name)[0]]
        if field.table == "period" or field.roll is Roll.LAST:
            continue
        if not is_sum(name):
            return {}
        days = figure.by_day(name)
        if name not in _BILLS and not agree(float(days.sum()), figure.total(name)):
            return {}
        if days.any():
            found[name] = days
    return found
