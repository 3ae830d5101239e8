"""Orders of the days of posts and ads above what quiet days of their weekday and time sell, with a range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from kpi.facts.assemble import Facts
from kpi.facts.frame import Floats, Frame, Ints, ordinal
from kpi.facts.spans import within
from kpi.judge.interval import Interval, student
from kpi.model.period import Period
from kpi.model.reading import Reason

LOOKED_BACK = timedelta(weeks=12)  # quiet days farther back are of another season
FEWEST = 10  # quiet days
_BUSY = 7  # days of posts or ads in the period
_AFTER = 1  # days after a post that still count as its own
_WEEK = 7
_NOTHING = 1e-20  # part of the squares that only rounding leaves
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
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

    Busy are the day of a post and the day after, and the days of ads that cost something. The usual is what
    a quiet day of the same weekday sells at that time, by the twelve weeks that end with the period: a shop
    that grows is not taken for one whose posts sell.
    """
    orders = facts.daily.get("orders")
    if orders is None or not {"count", "revenue"} <= orders.values.keys():
        return Reason(key="money.no_days")
    first = ordinal(min(period.first, period.last - LOOKED_BACK + timedelta(days=1)))
    days = np.arange(first, ordinal(period.last) + 1)
    count, revenue = (_by_day(orders, name, days) for name in ("count", "revenue"))
    known = within(facts.covered("orders.count"), days) & ~np.isnan(count + revenue)
    busy = _busy(facts, days)
    of_it, quiet = known & busy & (days >= ordinal(period.first)), known & ~busy
    usual = _Usual.of(days, busy, of_it, known)
    if of_it.sum() < _BUSY or quiet.sum() < FEWEST or usual is None:
        facts_told = {"busy": int(of_it.sum()), "quiet": int(quiet.sum()), "needed": FEWEST}
        return Reason(key="money.no_quiet" if of_it.any() else "money.no_busy", facts=facts_told)
    rest = known & ~of_it
    sold, of_sold = usual.above(count[of_it], count[rest])
    taken, of_taken = usual.above(revenue[of_it], revenue[rest])
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


@dataclass(frozen=True, slots=True)
class _Usual:
    """What a day usually sells: by its weekday, by growth, and by whether an earlier day was busy.

    `others` are those figures of all days but the busy ones of the period, `quiet` those of the latter, had
    they been quiet.
    """

    others: Matrix
    quiet: Matrix

    @classmethod
    def of(cls, days: Ints, busy: _Mask, of_it: _Mask, known: _Mask) -> _Usual | None:
        """Return it; None where the other days do not tell a weekday or growth from being busy."""
        columns = [*((days % _WEEK == one).astype(float) for one in range(_WEEK))]
        columns += [(days - days.mean()) / len(days), (busy & ~of_it).astype(float)]
        whole = np.column_stack(columns)
        others, quiet = whole[known & ~of_it], whole[of_it]
        told = others.any(axis=0)
        others, untold = others[:, told], quiet[:, ~told]
        free = len(others) - others.shape[1]
        if untold.any() or free < 1 or np.linalg.matrix_rank(others) < others.shape[1]:
            return None
        return cls(others, quiet[:, told])

    def above(self, sold: Floats, sold_else: Floats) -> tuple[float, Interval]:
        """Return the sum of the busy days above the usual, and its interval.

        Two sources of chance: the busy days themselves, and what is usual (least squares); joined by
        Welch's t.
        """
        usual, *_ = np.linalg.lstsq(self.others, sold_else, rcond=None)
        left = len(self.others) - self.others.shape[1]
        spread = float(((sold_else - self.others @ usual) ** 2).sum()) / left
        off = sold - self.quiet @ usual
        own = len(off) * float(off.var(ddof=1))
        together = self.quiet.sum(axis=0)
        means = spread * float(together @ np.linalg.solve(self.others.T @ self.others, together))
        total = float(off.sum())
        if own + means <= _NOTHING * max(1.0, float((sold**2).sum())):
            return total, (total, total)
        freedom = (own + means) ** 2 / (own**2 / (len(off) - 1) + means**2 / left)
        half = student(freedom) * math.sqrt(own + means)
        return total, (total - half, total + half)
