"""Which periods can be looked at, and which one is shown first."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from kpi.facts.assemble import Facts
from kpi.facts.frame import EPOCH, calendar
from kpi.facts.spans import Span, merged
from kpi.metrics.cubes import Cube
from kpi.metrics.formula import Vector, is_ratio
from kpi.model.kpi import Kpi
from kpi.model.period import Period, months_of, quarters_of
from kpi.model.view import EVERYTHING, View

NO_DAYS = Period(EPOCH, EPOCH)  # looked at where no file has a dated row
EARLIER = 12  # periods looked back for the reference and the trend
_MONTHS = {"month": 1, "quarter": 3, "12 months": 12}  # the windows of a KPI that are whole months
_DAYS = {"90 days": 90}


def periods_before(period: Period, oldest: Period | None, most: int = EARLIER) -> tuple[Period, ...]:
    """Return up to `most` periods of the same length before, newest first, as far as the data reach."""
    found = [period.before()]
    while len(found) < most and oldest is not None and found[-1].first > oldest.first:
        found.append(found[-1].before())
    return tuple(found)


def by_day(formula: str, periods: Sequence[Period]) -> Vector:
    """Return what to divide values by: the days of each period for a total, one for what does not add up."""
    return np.array([1.0 if is_ratio(formula) else float(period.days) for period in periods])


def span(cube: Cube, view: View = EVERYTHING) -> Period | None:
    """Return the days from the first to the last that any file in view covers; None without dated rows.

    Costs are told by whole months, also by an answer: they stretch what the figures cover only if alone.
    """
    spans = _seen(cube.facts, view)
    figures = [s.period for table, found in spans.items() if table != "costs" for s in found]
    periods = figures or [s.period for s in spans.get("costs", ())]
    return Period(min(p.first for p in periods), max(p.last for p in periods)) if periods else None


def lengthened(kpi: Kpi, period: Period) -> Period:
    """Return the period of a KPI: the chosen one, or the longer one it wants, ending on the same day."""
    if kpi.window in _MONTHS:
        first = _months_back(period.last + timedelta(days=1), _MONTHS[kpi.window])
    else:
        first = period.last - timedelta(days=_DAYS.get(kpi.window, 1) - 1)
    return period if period.first <= first else Period(first, period.last)


def _months_back(day: date, months: int) -> date:
    """Return the day of the same number so many months before, the last one where that month is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def covered(facts: Facts, view: View = EVERYTHING) -> tuple[Period, ...]:
    """Return the days that daily figures of any file in view cover."""
    return merged(span.period for spans in _seen(facts, view).values() for span in spans if span.daily)


def _seen(facts: Facts, view: View) -> dict[str, list[Span]]:
    """Return what the files cover of a network or account, by table; of all where none names it."""
    found = {
        table: [one for one in spans if view.shows(one.network, one.account)]
        for table, spans in facts.spans.items()
    }
    return found if any(found.values()) else {table: list(spans) for table, spans in facts.spans.items()}


def months(facts: Facts, view: View = EVERYTHING) -> tuple[Period, ...]:
    """Return the calendar months that the data in view cover from first to last day, oldest first."""
    return tuple(m for span in covered(facts, view) for m in months_of(span) if span.covers(m))


def quarters(facts: Facts) -> tuple[Period, ...]:
    """Return the calendar quarters that the data cover from first to last day, oldest first."""
    return tuple(q for span in covered(facts) for q in quarters_of(span) if span.covers(q))


def windows(facts: Facts) -> tuple[Period, ...]:
    """Return the spans that rows state for themselves, as exported, oldest first."""
    found = {
        Period(calendar(first), calendar(last))
        for frames in facts.windows.values()
        for frame in frames
        if not frame.spread
        for first, last in zip(frame.day, frame.until, strict=True)
        if calendar(last) - calendar(first) >= timedelta(days=1)
    }
    return tuple(sorted(found))


def first_shown(cube: Cube, view: View = EVERYTHING) -> Period | None:
    """Return the last calendar month that the data in view cover whole, else all the days there are.

    Counted from the last day in the data, never from today. None without dated rows.
    """
    whole = months(cube.facts, view)
    return whole[-1] if whole else span(cube, view)
