"""Sales that nobody can trace to a network, and what was done meanwhile: plain figures, month by month."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from kpi.catalog.loader import fields
from kpi.facts.assemble import Facts
from kpi.facts.frame import Frame, Ints, ordinal
from kpi.facts.tally import asked_days
from kpi.judge.periods import months
from kpi.metrics.gaps import torn
from kpi.model.period import Period
from kpi.model.plan import Beside, Figures

MONTHS = 6  # shown at most
TRACED = "social_orders"


def untraced(facts: Facts) -> bool:
    """Return whether there are orders and none of them tells the network it came from.

    Where the buyers were asked at the till, none is an answer.
    """
    if "orders" not in facts.daily and "orders" not in facts.windows:
        return False
    if asked_days(facts.tables):
        return False
    found = facts.daily.get(TRACED)
    return found is None or not found.values["traced"].any()


def beside(facts: Facts, names: Iterable[str]) -> Beside | None:
    """Return these totals for the last full months; None without a full month or without any figure.

    A total that no month tells is left out.
    """
    periods = months(facts)[-MONTHS:]
    found = [_figures(name, facts, periods) for name in names]
    told = tuple(one for one in found if any(value is not None for value in one.values))
    return Beside(periods=periods, figures=told) if told else None


def _figures(name: str, facts: Facts, periods: tuple[Period, ...]) -> Figures:
    """Return a total by period, unknown where it is of several currencies or told in part."""
    known = fields()[name]
    frame = facts.daily.get(known.table)
    if frame is None or known.column not in frame.values:
        return Figures(field=name, currency=None, values=(None,) * len(periods))
    rows = [_told(frame, known.column, period) for period in periods]
    currencies = _currencies(frame, np.concatenate(rows)) if rows and known.unit == "money" else set()
    several = len(currencies) > 1
    values = tuple(
        float(frame.values[known.column][told].sum())
        if len(told) and not several and _whole(name, facts, period)
        else None
        for told, period in zip(rows, periods, strict=True)
    )
    return Figures(field=name, currency=next(iter(currencies - {""}), None), values=values)


def _told(frame: Frame, column: str, period: Period) -> Ints:
    """Return the rows of a period in which a column is filled."""
    inside = (frame.day >= ordinal(period.first)) & (frame.until <= ordinal(period.last))
    return np.flatnonzero(inside & ~np.isnan(frame.values[column]))


def _currencies(frame: Frame, rows: Ints) -> set[str]:
    label = frame.labels.get("currency")
    return {label.names[code] for code in np.unique(label.codes[rows])} if label else set()


def _whole(name: str, facts: Facts, period: Period) -> bool:
    """Return whether the files tell the whole of a period, and no two of them differently."""
    return facts.covers(name, period) and torn(name, facts, period) is None
