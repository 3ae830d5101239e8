"""Puts what social networks give back into words: the finding, each way of knowing, break-even, hours."""

from __future__ import annotations

from kpi.insight.returns import Attributed, Returns
from kpi.model.reading import Reason
from kpi.report.numbers import columns, interval, shown
from kpi.report.words import say

_FEW = 20  # orders: a return that fewer of them set is chance itself
_SAME = 0.5  # points: ends as near as that are one figure


def headline(found: Returns, lang: str) -> str:
    """Return the finding in one sentence: whether what was spent came back, whichever way it is counted."""
    if found.range is None:
        return say("money.headline_unknown", lang)
    low, high = found.range
    roi = _percents(low, high, lang)
    told = [one.orders for one in found.ways if one.roi is not None and one.orders is not None]
    if max(told, default=0.0) < _FEW:
        return say("money.headline_few", lang, roi=roi)
    if low >= 0:
        return say("money.headline_gain", lang, roi=roi)
    return say("money.headline_loss" if high < 0 else "money.headline_depends", lang, roi=roi)


def spread(found: Returns, lang: str) -> str:
    """Return how far the ways of knowing lie apart, or that only one or none of them tells."""
    known = [one for one in found.ways if one.roi is not None]
    if not known or found.range is None:
        return say("money.range_none", lang)
    if len(known) == 1:
        return say("money.range_one", lang)
    low, high = found.range
    key = "money.range" if high - low > _SAME else "money.range_same"
    return say(key, lang, roi=_percents(low, high, lang))


def rows(one: Attributed, found: Returns, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the known figures of a way of knowing, each with its name."""
    if one.orders is None:
        return ()
    orders = shown(round(one.orders), "", None, lang)
    if one.spread is not None:
        low, high = (round(end) for end in one.spread)
        orders = say("money.with_range", lang, value=orders, range=interval(low, high, "", None, lang))
    profit = None if one.margin is None or found.costs is None else one.margin - found.costs
    amounts = {
        say("money.revenue", lang): one.revenue,
        say("money.margin", lang): one.margin,
        say("money.costs", lang): found.costs,
        say("money.profit", lang): profit,
    }
    told = [
        (name, shown(amount, "money", found.currency, lang))
        for name, amount in amounts.items()
        if amount is not None
    ]
    return ((say("money.orders", lang), orders), *told)


def roi_range(one: Attributed, lang: str) -> str | None:
    """Return the interval of a return that is estimated; None where it is counted."""
    return None if one.roi_spread is None else _percents(*one.roi_spread, lang)


def even(found: Returns, lang: str) -> tuple[str, ...]:
    """Return how many orders pay the costs, against those that came, or why nobody can tell."""
    if found.even is None or found.per_order is None or found.costs is None:
        reason = found.why or found.why_one
        return (why(reason, lang) if reason else say("money.even_never", lang),)
    costs, one = (shown(value, "money", found.currency, lang) for value in (found.costs, found.per_order))
    told = [say("money.even", lang, n=found.even, costs=costs, one=one)]
    counts = [round(way.orders) for way in found.ways if way.orders is not None]
    if counts:
        low, high = min(counts), max(counts)
        orders = shown(low, "orders", None, lang)
        if low != high:
            orders = f"{shown(low, '', None, lang)}\N{EN DASH}{shown(high, 'orders', None, lang)}"
        if low >= found.even:
            told.append(say("money.even_enough", lang, orders=orders))
        elif high < found.even:
            told.append(say("money.even_short", lang, orders=orders))
        else:
            told.append(say("money.even_unsure", lang, orders=orders))
    return tuple(told)


def hours(found: Returns, lang: str) -> tuple[str, ...]:
    """Return what the owner's own time costs and what it leaves of the return, or what to answer."""
    if found.hours is None:
        return (say("money.hours_unknown", lang),)
    told = [say("money.hours", lang, cost=shown(found.hours, "money", found.currency, lang))]
    if found.range_with_hours is not None:
        told.append(say("money.hours_roi", lang, roi=_percents(*found.range_with_hours, lang)))
    if found.even_with_hours is not None:
        told.append(say("money.hours_even", lang, n=found.even_with_hours))
    return tuple(told)


def why(reason: Reason, lang: str) -> str:
    """Return what a reason says; fields are told as columns to look for."""
    facts = {
        name: columns(fact, lang) if name == "fields" and isinstance(fact, tuple) else fact
        for name, fact in reason.facts.items()
    }
    return say(reason.key, lang, **facts)


def _percents(low: float, high: float, lang: str) -> str:
    if high - low <= _SAME:
        return shown(high, "percent", None, lang)
    return interval(low, high, "percent", None, lang)
