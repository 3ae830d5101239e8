"""Did it help: a KPI by weeks before and after an action began, against where its course before led."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np

from kpi.insight.weeks import WEEK, Mask, Weeks, steps_of, weeks, year_before
from kpi.judge.history import is_level
from kpi.judge.periods import span
from kpi.judge.step import FEWEST, SHORTEST, Line, Step
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import Vector, is_ratio
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.taken import Effect, Outcome, Taken
from kpi.model.view import View

BEFORE = 26  # weeks looked back: a longer course is seldom one line
ASKED = 0.3  # the change for which is told when it would show


def effect(cube: Cube, kpi: Kpi, taken: Taken) -> Effect:
    """Return what an action seems to have done to its KPI.

    The way of counting and the network are those under which it was taken on. The weeks before give a
    straight course, which is carried on; where the same weeks a year earlier are known, their ups and downs
    are taken off first. An effect is one only where the 80 % interval of what came beyond leaves out nought.
    """
    nothing, whole = Effect(outcome=Outcome.UNTOLD, better=kpi.better), span(cube)
    if whole is None or whole.last < taken.first:
        return replace(nothing, reason=Reason(key="effect.ahead", facts={"day": taken.first}))
    after = Period(taken.first, min(whole.last, taken.watched.last))
    before = Period(taken.first - BEFORE * WEEK, taken.first - timedelta(days=1))
    steps = steps_of(Period(max(before.first, min(whole.first, taken.first)), after.last), taken.first)
    periods = (after, before, *steps, *map(year_before, steps))
    numbers = Numbers(cube, periods, View(network=taken.network or None))
    found = value(kpi, numbers, [one for one in kpi.variants if one.id == taken.variant])
    variant = found.variant
    if variant is None or found.now is None:
        return replace(nothing, reason=found.reasons[0])
    if unfit := _unfit(kpi, variant):
        return replace(nothing, reason=unfit)
    made = replace(
        nothing,
        better=variant.better or kpi.better,
        unit=variant.unit or kpi.unit,
        currency=found.currency,
        weekly=not is_ratio(variant.formula),
        before=None if np.isnan(found.values[1]) else float(found.values[1]),
        after=found.now,
    )
    return _judged(made, weeks(found, variant, numbers, steps, taken.first))


def _unfit(kpi: Kpi, variant: Variant) -> Reason | None:
    """Return why weeks say nothing of a KPI whatever the data."""
    if (variant.better or kpi.better) is Better.RANGE:
        return Reason(key="effect.is_range")
    if is_level(variant.formula):
        return Reason(key="effect.is_level")
    return Reason(key="effect.is_long") if kpi.window else None


def _judged(made: Effect, by: Weeks) -> Effect:
    """Return the effect told by weeks, or what they lack."""
    known, early = ~np.isnan(by.values), np.arange(len(by.steps)) < by.start
    early, late = known & early, known & ~early
    made = replace(made, steps=by.told())
    if (n := int(early.sum())) < FEWEST:
        return replace(made, reason=Reason(key="effect.few", facts={"n": n, "needed": FEWEST}))
    logs = bool((by.values[known] > 0).all())
    series, seasonal = _series(by, early, late, logs=logs)
    early = early & ~np.isnan(series)
    line = Line(by.stretch(early, series))
    if not line.moves:
        return replace(made, reason=Reason(key="effect.still"))
    typical = float(by.counts[early].mean())
    asked = math.log1p(ASKED) if logs else ASKED * abs(by.mean(early))
    shows = line.shows(asked, float(by.weights[early].mean()))
    had = float(by.counts[late].sum())
    made = replace(
        made,
        outcome=Outcome.UNSEEN,
        before=by.mean(early) if made.weekly else made.before,
        seasonal=seasonal,
        of=by.of,
        told=had,
        needed=None if shows is None else max(by.enough, shows * typical),
    )
    if late.sum() < SHORTEST or had < by.enough:
        return replace(made, after=None)
    after = by.mean(late) if made.weekly else made.after
    return _decided(replace(made, after=after), line.step(by.stretch(late, series)), logs=logs)


def _series(by: Weeks, early: Mask, late: Mask, *, logs: bool) -> tuple[Vector, bool]:
    """Return the series to judge, and whether what the same weeks did a year earlier was taken off it."""
    values, year = by.values, by.year
    if logs:
        values, year = (np.log(np.where(one > 0, one, np.nan)) for one in (values, year))
    known = ~np.isnan(year)
    if (early & known).sum() < FEWEST or not late.any() or not known[late].all():
        return values, False
    return values - year, True


def _decided(made: Effect, step: Step, *, logs: bool) -> Effect:
    """Return the effect with what was expected, the interval around it, and what it comes to."""
    low, high = step.interval
    made, after = replace(made, outcome=_outcome(low, high, made.better)), made.after or 0.0
    if not logs:
        return replace(made, expected=after - step.size, low=low, high=high)
    expected = after / math.exp(step.size)
    return replace(made, expected=expected, low=expected * math.expm1(low), high=expected * math.expm1(high))


def _outcome(low: float, high: float, better: Better) -> Outcome:
    if low <= 0 <= high:
        return Outcome.UNSEEN
    return Outcome.HELPED if (low > 0) == (better is Better.UP) else Outcome.WORSE
