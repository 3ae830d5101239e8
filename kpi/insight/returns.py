"""What social networks give back, by each way of knowing which orders are theirs: a range, not a number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kpi.catalog.loader import kpis
from kpi.facts.assemble import Facts
from kpi.insight.coded import by_code
from kpi.insight.lift import Lift, lift
from kpi.judge.interval import Interval
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.trace import traces
from kpi.metrics.values import Value, value
from kpi.model.kpi import Kpi, Variant
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.verdict import Trace
from kpi.model.view import EVERYTHING

_RATE = "owner.margin_rate.end / 100"
_FORMULAS: Mapping[str, tuple[str, ...]] = {
    "orders": ("social_orders.count",),
    "revenue": ("social_orders.revenue",),
    "margin": ("social_orders.margin", f"social_orders.revenue * {_RATE}"),
    "costs": ("ads.spend + costs.smm",),
    "one": ("orders.margin / orders.count", f"orders.revenue / orders.count * {_RATE}"),
    "share": ("orders.margin / orders.revenue", _RATE),
    "taken": ("orders.revenue",),
}
"""What is asked of the figures; of several formulas the first that can be computed counts."""


class Way(StrEnum):
    """How it is known which orders are those of social networks."""

    NAMED = "named"  # by a source, UTM mark or promo code that names a network
    CODED = "coded"  # by UTM mark or promo code alone, also one that stands in a post
    LIFTED = "lifted"  # by the days of posts and ads, above the usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """What social networks brought by one way of knowing; `roi` in percent, `why` what is not known.

    `spread` is the 80 % interval of the orders and `roi_spread` that of the return, where they are
    estimated. `trace` says where the figures came from.
    """

    way: Way
    orders: float | None = None
    revenue: float | None = None
    margin: float | None = None
    roi: float | None = None
    roi_with_hours: float | None = None
    spread: Interval | None = None
    roi_spread: Interval | None = None
    why: Reason | None = None
    trace: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """The money of a period: costs, what each way of knowing gives, and what it takes to break even.

    `hours` is what the owner's own time costs in the period; None where it was not answered. `per_order` is
    the gross margin of one order, `even` how many orders pay the costs, `even_with_hours` the hours too.
    """

    period: Period
    currency: str | None
    costs: float | None
    hours: float | None
    per_order: float | None
    ways: tuple[Attributed, ...]
    why: Reason | None = None
    why_one: Reason | None = None

    @property
    def range(self) -> Interval | None:
        """Return the least and the greatest return of all ways that tell one."""
        known = [one.roi for one in self.ways if one.roi is not None]
        return (min(known), max(known)) if known else None

    @property
    def range_with_hours(self) -> Interval | None:
        """Return the same with the owner's own time as a cost."""
        known = [one.roi_with_hours for one in self.ways if one.roi_with_hours is not None]
        return (min(known), max(known)) if known else None

    @property
    def even(self) -> int | None:
        """Return how many orders of the usual size pay the costs."""
        return _paying(self.costs, self.per_order)

    @property
    def even_with_hours(self) -> int | None:
        """Return how many orders pay the costs and the owner's own time."""
        if self.costs is None or self.hours is None:
            return None
        return _paying(self.costs + self.hours, self.per_order)


def returns(facts: Facts, period: Period) -> Returns:
    """Return what social networks gave back in a period, of all networks together."""
    asked, numbers = _asked(facts, period)
    costs, one = asked["costs"], asked["one"]
    hours = hours_cost(facts.owner_on(period.last), period.days, costs.currency)
    ways = (
        _counted(Way.NAMED, asked, hours, numbers),
        _coded(facts, period, hours),
        replace(_lifted(asked, lift(facts, period), hours), trace=traces(asked["taken"], numbers)),
    )
    return Returns(
        period=period,
        currency=costs.currency or asked["taken"].currency,
        costs=costs.now,
        hours=hours,
        per_order=one.now,
        ways=ways,
        why=_why(costs),
        why_one=_no_margin(one, asked["taken"], numbers) or _why(one),
    )


def hours_cost(owner: Owner, days: int, currency: str | None) -> float | None:
    """Return what the owner's own time for social networks costs in so many days.

    None where hours or their worth were not answered, or where the costs are in another currency.
    """
    if owner.own_hours_week is None or owner.own_hour_worth is None:
        return None
    if owner.currency and currency and owner.currency != currency:
        return None
    return owner.own_hours_week * owner.own_hour_worth * days / 7


def _asked(facts: Facts, period: Period) -> tuple[dict[str, Value], Numbers]:
    """Return each figure that is asked for, with why it is unknown, and the numbers it is read off."""
    roi = [one.formula for one in kpis()["roi"].variants if one.colour]
    wanted = {**_FORMULAS, "roi": tuple(roi)}
    made = {
        name: tuple(Variant(id=f"{name}_{at}", formula=one, en="", ru="") for at, one in enumerate(formulas))
        for name, formulas in wanted.items()
    }
    kpi = one_kpi(tuple(one for some in made.values() for one in some))
    numbers = Numbers(cube(facts, [kpi]), (period,), EVERYTHING)
    return {name: value(kpi, numbers, variants) for name, variants in made.items()}, numbers


def one_kpi(variants: tuple[Variant, ...]) -> Kpi:
    """Return a KPI of these variants alone, for figures that are asked for beside the catalogue."""
    return replace(kpis()["roi"], id="", variants=variants, identities=(), limits=(), sample=(), examples=())


def _coded(facts: Facts, period: Period, hours: float | None) -> Attributed:
    """Return what promo codes and UTM marks tell, or that there are none."""
    coded = by_code(facts)
    if coded is None:
        return Attributed(way=Way.CODED, why=Reason(key="money.no_codes"))
    asked, numbers = _asked(coded, period)
    found = _counted(Way.CODED, asked, hours, numbers)
    silent = found.why is not None and found.why.key == "untraced"
    return replace(found, why=Reason(key="money.codes_silent")) if silent else found


def _counted(way: Way, asked: Mapping[str, Value], hours: float | None, numbers: Numbers) -> Attributed:
    orders, margin, roi, costs = (asked[name] for name in ("orders", "margin", "roi", "costs"))
    why = _why(orders) or _no_margin(margin, asked["revenue"], numbers) or _why(roi)
    return Attributed(
        way=way,
        orders=orders.now,
        revenue=asked["revenue"].now,
        margin=margin.now,
        roi=roi.now,
        roi_with_hours=None if roi.now is None else _roi(margin.now, costs.now, hours),
        why=why,
        trace=traces(roi if roi.now is not None else asked["revenue"], numbers),
    )


def _no_margin(margin: Value, revenue: Value, numbers: Numbers) -> Reason | None:
    """Return the reason where only the owner's answer on the margin is missing."""
    answered = numbers.cube.facts.owner_on(numbers.periods[0].last).margin_rate is not None
    lacking = margin.now is None and revenue.now is not None and not answered
    return Reason(key="money.no_margin") if lacking else None


def _lifted(asked: Mapping[str, Value], found: Lift | Reason, hours: float | None) -> Attributed:
    """Return what the days of posts and ads brought; unknown where chance alone could have."""
    if isinstance(found, Reason):
        return Attributed(way=Way.LIFTED, why=found)
    low, high = found.of_orders
    if low <= 0 or found.of_revenue[0] <= 0:
        facts = {"low": low, "high": high, "busy": found.busy, "quiet": found.quiet}
        return Attributed(
            way=Way.LIFTED, spread=found.of_orders, why=Reason(key="money.by_chance", facts=facts)
        )
    told = Attributed(way=Way.LIFTED, orders=found.orders, spread=found.of_orders)
    money, share, costs = asked["taken"], asked["share"].now, asked["costs"]
    if why := _why(money):
        return replace(told, why=why)
    told = replace(told, revenue=found.revenue)
    if share is None or costs.now is None or costs.currency not in {None, money.currency}:
        return replace(told, why=_why(asked["share"]) or _why(costs) or _why(asked["roi"]))
    least, most = (_roi(end * share, costs.now, 0.0) for end in found.of_revenue)
    margin = found.revenue * share
    return replace(
        told,
        margin=margin,
        roi=_roi(margin, costs.now, 0.0),
        roi_with_hours=_roi(margin, costs.now, hours),
        roi_spread=None if least is None or most is None else (least, most),
        why=_why(asked["costs"]) if not costs.now else None,
    )


def _roi(margin: float | None, costs: float | None, hours: float | None) -> float | None:
    """Return the return in percent of all that was spent; None where something is unknown or nothing was."""
    if margin is None or costs is None or hours is None or not costs + hours:
        return None
    return 100 * (margin - costs - hours) / (costs + hours)


def _paying(costs: float | None, one: float | None) -> int | None:
    return None if costs is None or one is None or one <= 0 else math.ceil(costs / one)


def _why(found: Value) -> Reason | None:
    """Return why a figure is unknown; None where it is known."""
    return found.reasons[0] if found.now is None else None
