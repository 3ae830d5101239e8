"""How attainable a target is, judged by the KPI's own past: chance, realistic range, needed pace."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

from kpi.judge.ahead import Rest, finer, predicted, rest
from kpi.judge.forecast import Forecast
from kpi.judge.history import History, history, steps_of
from kpi.judge.periods import span
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import is_ratio
from kpi.model.kpi import Better, Kpi, Variant
from kpi.model.outlook import Outlook, Reach
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.target import Target
from kpi.model.view import View

TENTH, MIDDLE, REALISTIC, AMBITIOUS, LIMIT = 0.1, 0.5, 0.6, 0.75, 0.9
SURE = 0.99  # no chance is told as more, and none as less than the rest of it
_WEEK = 7
_PER = {1: "month", 3: "quarter", 12: "year"}
_WINDOWS = {"month": "month", "quarter": "quarter", "12 months": "year"}
_LONGER = ("week", "month", "quarter", "year")


def outlook(
    cube: Cube, kpi: Kpi, variant: Variant, view: View, target: Target | None, *, until: Period
) -> Outlook:
    """Return what the past of a variant says of a target, knowing nothing after the end of `until`.

    The period asked about is that of the target's length (`per`, else that of `until`) which holds its
    day `by`; without a day the one that runs on the day after the last that is known.
    """
    whole, per = span(cube), _per(kpi, target, until)
    last = until.last if whole is None else min(until.last, whole.last)
    day = (target.by if target is not None else None) or last + timedelta(days=1)
    goal = steps_of(Period(day, day), per)[0]
    past = history(cube, kpi, variant, view, last, per=per)
    found = Outlook(
        kpi=kpi,
        variant=variant,
        per=per,
        goal=goal,
        by=None if target is None else target.by,
        value=None if target is None else target.value,
        top=None if target is None else target.top,
        currency=past.currency,
        known=len(past.known),
        reason=past.reason,
    )
    wanted = _wanted(found)
    if wanted is not None:
        found = replace(found, reached=sum(wanted[0] <= told <= wanted[1] for _, told in past.known))
    if past.course is None:
        return found
    if goal.last <= last:
        return _looked_up(found, past, wanted)
    left = rest(cube, kpi, variant, view, goal=goal, last=last)
    fine = finer(cube, kpi, variant, view, last=last, past=past)
    found = replace(found, needed_per_week=_pace(found, past, left, wanted), notes=_notes(past, fine))
    told = predicted(variant.formula, fine, fine.course or past.course, goal, left)
    return replace(found, reason=told) if isinstance(told, Reason) else _judged(found, told, wanted)


def _per(kpi: Kpi, target: Target | None, until: Period) -> str:
    """Return the length of period that the target is meant for, not shorter than the KPI's own."""
    shown = "week" if until.days == _WEEK else _PER.get(until.months, "month")
    asked = shown if target is None else target.per or shown
    return max(asked, _WINDOWS.get(kpi.window, "week"), key=_LONGER.index)


def _wanted(found: Outlook) -> tuple[float, float] | None:
    """Return from where to where the target is reached; None without one, or with one end of a range."""
    if found.value is None or (found.top is None and found.better is Better.RANGE):
        return None
    if found.top is not None:
        return found.value, found.top
    return (found.value, math.inf) if found.better is Better.UP else (-math.inf, found.value)


def _looked_up(found: Outlook, past: History, wanted: tuple[float, float] | None) -> Outlook:
    """Return the answer for a period that is over."""
    fact = dict(past.known).get(found.goal)
    if fact is None:
        return replace(found, reason=Reason(key="outlook.untold", facts={"period": found.goal}))
    return replace(found, fact=fact, met=None if wanted is None else wanted[0] <= fact <= wanted[1])


def _pace(found: Outlook, past: History, left: Rest, wanted: tuple[float, float] | None) -> float | None:
    """Return what each week until then must bring, or by how much each must change the figure.

    None for a total that is to stay low or in a range: there is nothing to bring.
    """
    if wanted is None:
        return None
    if not is_ratio(found.variant.formula):
        if math.isfinite(wanted[1]):
            return None
        return max(0.0, wanted[0] - left.so_far) / (left.open.days / _WEEK)
    now, weeks = past.known[-1][1], ((found.by or found.goal.last) - past.row[-1].last).days / _WEEK
    return (min(max(now, wanted[0]), wanted[1]) - now) / weeks


def _notes(past: History, fine: History) -> tuple[Reason, ...]:
    notes = []
    if fine is not past:
        facts = {"n": len(past.row), "weekly": fine.per == "week"}
        notes.append(Reason(key="outlook.by_shorter", facts=facts))
    if fine.gap is not None:
        notes.append(Reason(key="outlook.after_gap", facts={"period": fine.gap}))
    return tuple(notes)


def _judged(found: Outlook, told: Forecast, wanted: tuple[float, float] | None) -> Outlook:
    """Return the outlook with its ranges and the chance of the target."""
    found = replace(
        found,
        middle=told.quantile(MIDDLE),
        usual=(told.quantile(TENTH), told.quantile(LIMIT)),
        method=told.method,
        error=told.error,
    )
    if found.better is not Better.RANGE and found.top is None:
        down = found.better is Better.DOWN
        easy, middle, hard = (told.quantile(1 - p if down else p) for p in (REALISTIC, AMBITIOUS, LIMIT))
        found = replace(
            found,
            realistic=(min(easy, middle), max(easy, middle)),
            ambitious=(min(middle, hard), max(middle, hard)),
        )
    if wanted is None:
        typed = found.value is not None
        return replace(found, reason=Reason(key="outlook.open_range") if typed else None)
    chance = min(SURE, max(1 - SURE, told.chance(*wanted)))
    return replace(found, chance=chance, reach=_reach(chance))


def _reach(chance: float) -> Reach:
    if chance >= 1 - MIDDLE:
        return Reach.LIKELY
    if chance >= 1 - AMBITIOUS:
        return Reach.REALISTIC
    return Reach.AMBITIOUS if chance >= 1 - LIMIT else Reach.UNLIKELY
