"""Orders of the days of posts and ads above those of quiet days of the same weekday, with their interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from kpi.facts.assemble import Facts
from kpi.facts.frame import Floats, Frame, Ints, ordinal
from kpi.judge.interval import Interval, student
from kpi.model.period import Period
from kpi.model.reading import Reason

LOOKED_BACK = timedelta(weeks=12)  # quiet days farther back are of another season
FEWEST = 14  # quiet days, and busy ones half of that
_AFTER = 1  # days after a post that still count as its own
_LEAST = 2  # quiet days of each weekday that is compared
_WEEK = 7
_Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """Orders and revenue above the usual with their 80 % intervals, of so many busy and quiet days."""

    orders: float
    of_orders: Interval
    revenue: float
    of_revenue: Interval
    busy: int
    quiet: int


def lift(facts: Facts, period: Period) -> Lift | Reason:
    """Return what the days of posts and ads of a period sold above the usual, or why nobody can tell.

    Busy are the day of a post and the day after, and the days of ads that cost something. The usual is the
    mean of the quiet days of the same weekday in the period and the twelve weeks that end with it.
    """
    orders = facts.daily.get("orders")
    if orders is None or not {"count", "revenue"} <= orders.values.keys():
        return Reason(key="money.no_days")
    first = ordinal(min(period.first, period.last - LOOKED_BACK + timedelta(days=1)))
    days = np.arange(first, ordinal(period.last) + 1)
    count, revenue = (_by_day(orders, name, days) for name in ("count", "revenue"))
    known = _covered(facts, days) & ~np.isnan(count + revenue)
    busy = _busy(facts, days)
    of_it, quiet = known & busy & (days >= ordinal(period.first)), known & ~busy
    weekday = days % _WEEK
    lone = [one for one in np.unique(weekday[of_it]) if (quiet & (weekday == one)).sum() < _LEAST]
    if of_it.sum() < FEWEST // 2 or quiet.sum() < FEWEST or lone:
        facts_told = {"busy": int(of_it.sum()), "quiet": int(quiet.sum()), "needed": FEWEST}
        return Reason(key="money.no_quiet" if of_it.any() else "money.no_busy", facts=facts_told)
    sold, of_sold = _above(count, weekday, of_it, quiet)
    taken, of_taken = _above(revenue, weekday, of_it, quiet)
    return Lift(
        orders=sold,
        of_orders=of_sold,
        revenue=taken,
        of_revenue=of_taken,
        busy=int(of_it.sum()),
        quiet=int(quiet.sum()),
    )


def _by_day(frame: Frame, column: str, days: Ints) -> Floats:
    """Return the sum of a column by day, 0 on a day without rows, NaN where a row does not tell it."""
    inside = (frame.day >= days[0]) & (frame.day <= days[-1])
    found = np.zeros(len(days))
    np.add.at(found, frame.day[inside] - days[0], frame.values[column][inside])
    return found


def _covered(facts: Facts, days: Ints) -> _Mask:
    told = [(ordinal(one.first), ordinal(one.last)) for one in facts.covered("orders.count")]
    return np.array([any(first <= day <= last for first, last in told) for day in days], bool)


def _busy(facts: Facts, days: Ints) -> _Mask:
    """Return on which days a post was new or ads cost something."""
    spans = [(day, day + _AFTER) for day in facts.daily["posts"].day] if "posts" in facts.daily else []
    ads = [facts.daily["ads"]] if "ads" in facts.daily else []
    for frame in (*ads, *facts.windows.get("ads", ())):
        paid = np.nan_to_num(frame.values.get("spend", np.zeros(len(frame)))) > 0
        spans += list(zip(frame.day[paid], frame.until[paid], strict=True))
    found = np.zeros(len(days), dtype=bool)
    for first, last in spans:
        found |= (days >= first) & (days <= last)
    return found


def _above(amounts: Floats, weekday: Ints, busy: _Mask, quiet: _Mask) -> tuple[float, Interval]:
    """Return the sum of busy days above the quiet ones, and its interval.

    Two sources of chance: the busy days themselves, and the means of the quiet ones; joined by Welch's t.
    """
    usual = {one: float(amounts[quiet & (weekday == one)].mean()) for one in np.unique(weekday[quiet])}
    off = np.array([amounts[at] - usual[weekday[at]] for at in np.flatnonzero(busy)])
    rest = np.array([amounts[at] - usual[weekday[at]] for at in np.flatnonzero(quiet)])
    left = len(rest) - len(usual)
    spread = float((rest**2).sum()) / left
    own = len(off) * float(off.var(ddof=1))
    theirs = sum(
        float((busy & (weekday == one)).sum()) ** 2 / float((quiet & (weekday == one)).sum())
        for one in np.unique(weekday[busy])
    )
    means = spread * theirs
    total = float(off.sum())
    if not own + means:
        return total, (total, total)
    freedom = (own + means) ** 2 / (own**2 / (len(off) - 1) + means**2 / left)
    half = student(freedom) * math.sqrt(own + means)
    return total, (total - half, total + half)
