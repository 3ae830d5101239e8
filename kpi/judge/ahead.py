"""The value of a KPI in a period ahead: what is told of it already, and what its past says of the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np

from kpi.judge.board import Judge
from kpi.judge.forecast import CHOICE, POINTS, Course, Forecast, forecast
from kpi.judge.history import History, history, is_level, steps_of
from kpi.judge.periods import by_day
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import Vector, is_ratio
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.kpi import Kpi, Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.view import View

_FINER = {"month": "week", "quarter": "month", "year": "month"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What of a total is told already, and the days of its period that are not."""

    so_far: float
    open: Period


def rest(cube: Cube, kpi: Kpi, variant: Variant, view: View, *, goal: Period, last: date) -> Rest:
    """Return how far a period has come by the day `last`; of what does not add up nothing is told."""
    nothing = Rest(so_far=0.0, open=goal)
    if is_ratio(variant.formula):
        return nothing
    judge = Judge(cube, view, ())
    for back in range((last - goal.first).days + 1):
        told = Period(goal.first, last - timedelta(days=back))
        if judge.covers(variant.formula, told):
            so_far = value(kpi, Numbers(cube, (told,), view), (variant,)).now
            open_ = Period(told.last + timedelta(days=1), goal.last)
            return nothing if so_far is None else Rest(so_far=so_far, open=open_)
    return nothing


def finer(cube: Cube, kpi: Kpi, variant: Variant, view: View, *, last: date, past: History) -> History:
    """Return the same past by shorter periods where there are few long ones and short ones make them up."""
    if len(past.row) >= CHOICE or past.per not in _FINER or kpi.window:
        return past
    fine = history(cube, kpi, variant, view, last, per=_FINER[past.per])
    if fine.course is None or len(fine.row) < CHOICE:
        return past
    formula = variant.formula
    adds_up = not is_ratio(formula) or is_level(formula) or fine.course.parts is not None
    return fine if adds_up else past


def predicted(formula: str, past: History, course: Course, goal: Period, rest: Rest) -> Forecast | Reason:
    """Return what the value of a period ahead will be, or why that cannot be told.

    No further ahead than half as many periods as there are known ones.
    """
    n, length = len(course.values), past.per
    flags = {
        "weekly": length == "week",
        "monthly": length == "month",
        "longer": length in {"quarter", "year"},
    }
    if n < POINTS:
        return Reason(key="outlook.few", facts={"n": n, "needed": POINTS, **flags})
    ahead = steps_of(Period(past.row[-1].last + timedelta(days=1), goal.last), past.per)
    inside = [at for at, step in enumerate(ahead, 1) if rest.open.shared(step) * 2 > step.days]
    leads = inside or [len(ahead)]
    last = leads[-1]
    first = last if is_level(formula) else leads[0]
    if last > n // 2:
        return Reason(key="outlook.too_far", facts={"n": n, "period": goal, **flags})
    told = forecast(course, first, last)
    if told is None:
        return Reason(key="outlook.wild")
    if is_ratio(formula):
        return told
    days = float(by_day(formula, ahead[first - 1 : last]).sum())
    return replace(told, likely=_added(told, course, rest, days))


def _added(told: Forecast, course: Course, rest: Rest, days: float) -> Vector:
    """Return the sum of a period: what is told of it, and for its other days so much a day.

    The mean of few days is less certain than that of the longer span that was forecast: by the square root.
    Events that are counted scatter by the root of their number at least (Poisson), however calm the past was.
    """
    middle = told.quantile(0.5)
    off = (told.likely - middle) * math.sqrt(max(1.0, days / rest.open.days))
    if course.counts and middle > 0:
        off = _wider(off, math.sqrt(middle / rest.open.days))
    a_day = middle + off
    if (course.values >= 0).all():
        a_day = np.maximum(a_day, 0.0)
    return rest.so_far + a_day * rest.open.days


def _wider(off: Vector, chance: float) -> Vector:
    """Return differences in order, none nearer to nought than a normal one of its rank with this spread."""
    normal = NormalDist()
    by_chance = np.array([normal.inv_cdf((i + 0.5) / len(off)) for i in range(len(off))]) * chance
    found: Vector = np.where(np.abs(off) < np.abs(by_chance), by_chance, off)
    return found
