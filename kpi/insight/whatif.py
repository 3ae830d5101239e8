"""What if: figures of a period carried from posts and budget to profit, by the owner's own elasticities."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import product

import numpy as np

from kpi.catalog.loader import kpis
from kpi.facts.assemble import Facts
from kpi.insight.returns import one_kpi
from kpi.judge.interval import student
from kpi.judge.pace import covers
from kpi.metrics.cubes import Cube, cube
from kpi.metrics.formula import Vector
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value, value
from kpi.model.kpi import Variant
from kpi.model.period import Period
from kpi.model.reading import Reason
from kpi.model.view import EVERYTHING

FEWEST_WEEKS = 12
_WEEKS = 52
_LEAST_SPREAD = 0.05  # standard deviation of the logs: weeks that differ by less tell nothing
_TOO_WIDE = 1.0  # half an interval: "twice as many posts, from half to twice the reach" tells nothing either
_DAYS = 7.0
_NO_SPEND = Reason(key="money.no_spend")
_NOUGHT = Reason(key="money.nought")
_RATE = "owner.margin_rate.end / 100"


class Lever(StrEnum):
    """What the owner can move."""

    POSTS = "posts"  # a week
    BUDGET = "budget"  # of ads, in the period
    CLICK_RATE = "click_rate"  # clicks of a hundred who see a post
    CONVERSION = "conversion"  # orders of a hundred clicks
    ORDER_VALUE = "order_value"  # revenue of one order


class Figure(StrEnum):
    """What moves with it."""

    REACH = "reach"
    CLICKS = "clicks"
    ORDERS = "orders"
    REVENUE = "revenue"
    PROFIT = "profit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Elasticity:
    """By how many percent a figure grows with one percent more, with its 80 % interval.

    `weeks` are those that it was estimated from; 0 says that it is an assumption: in step with each other.
    """

    value: float = 1.0
    low: float = 1.0
    high: float = 1.0
    weeks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The figures of a period as they are, and what each lever does to them.

    `out` says of each lever that cannot be moved why. `margin` and `spend` are those of the period.
    """

    period: Period
    currency: str | None
    levers: Mapping[Lever, float]
    out: Mapping[Lever, Reason]
    figures: Mapping[Figure, float]
    of_posts: Elasticity = field(default_factory=Elasticity)
    of_budget: Elasticity = field(default_factory=Elasticity)
    clicks: tuple[float, float] | None = None  # of posts and of ads; None where orders follow posts alone
    mixed: bool = False  # ads ran, and nobody knows which part of the orders is theirs
    margin: float | None = None
    views: bool = False  # what the files of posts tell is how often they were seen, not by how many


@dataclass(frozen=True, slots=True)
class Outcome:
    """A figure as it would be, with the interval that comes from the elasticities.

    `value` is None where nobody knows which part of the orders follows posts: all of it or none, or between.
    """

    value: float | None
    low: float
    high: float


def outcome(scene: Scene, chosen: Mapping[Lever, float]) -> Mapping[Figure, Outcome]:
    """Return every known figure with the levers at their chosen places; one not chosen stays where it is."""
    ratio = {
        lever: chosen[lever] / now if lever in chosen and now else 1.0 for lever, now in scene.levers.items()
    }
    posts, budget = ((one.value, one.low, one.high) for one in (scene.of_posts, scene.of_budget))
    parts = (True, False) if scene.mixed else (True,)
    told = [_carried(scene, ratio, *one, followed=part) for part in parts for one in product(posts, budget)]
    unmoved = told[0] if len(parts) == 1 else told[len(told) // 2]
    return {
        figure: Outcome(
            told[0][figure] if unmoved[figure] == told[0][figure] else None,
            min(one[figure] for one in told),
            max(one[figure] for one in told),
        )
        for figure in scene.figures
    }


def _carried(
    scene: Scene, ratio: Mapping[Lever, float], of_posts: float, of_budget: float, *, followed: bool
) -> dict[Figure, float]:
    """Return the figures for one pair of elasticities; with all ratios 1 exactly what they are.

    `followed` says whether orders follow what posts bring.
    """
    reach = _power(ratio.get(Lever.POSTS, 1.0), of_posts)
    organic = reach * ratio.get(Lever.CLICK_RATE, 1.0)
    paid = _power(ratio.get(Lever.BUDGET, 1.0), of_budget)
    traffic = organic
    if scene.clicks is not None:
        mine, bought = scene.clicks
        traffic = (mine * organic + bought * paid) / (mine + bought)
    orders = (traffic if followed else 1.0) * ratio.get(Lever.CONVERSION, 1.0)
    revenue = orders * ratio.get(Lever.ORDER_VALUE, 1.0)
    grown = {Figure.REACH: reach, Figure.CLICKS: traffic, Figure.ORDERS: orders, Figure.REVENUE: revenue}
    found = {figure: now * grown[figure] for figure, now in scene.figures.items() if figure in grown}
    if Figure.PROFIT in scene.figures and scene.margin is not None:
        spend = scene.levers.get(Lever.BUDGET, 0.0)
        more = spend * ratio.get(Lever.BUDGET, 1.0) - spend
        found[Figure.PROFIT] = scene.figures[Figure.PROFIT] + (scene.margin * revenue - scene.margin) - more
    return found


def _power(ratio: float, elasticity: float) -> float:
    return ratio**elasticity if ratio > 0 else 0.0  # no post reaches nobody, whatever the elasticity


def elasticity(cause: Vector, effect: Vector) -> Elasticity | None:
    """Return by how many percent `effect` moves with one percent of `cause`, from weeks; NaN is not told.

    Least squares of the changes of the logs from week to week, which a trend or a season hardly touches;
    Student's t. None for fewer than twelve such changes with both above zero, where the cause hardly moves,
    or where the interval is too wide to tell anything.

    >>> elasticity(np.arange(1.0, 21), 3 * np.arange(1.0, 21) ** 0.5).value.__round__(3)
    0.5
    """
    told = (cause > 0) & (effect > 0)  # NaN is neither
    logs = (np.log(np.where(told, each, np.nan)) for each in (cause, effect))
    x, y = (np.diff(each) for each in logs)
    known = ~np.isnan(x)
    x, y = x[known], y[known]
    if len(x) < FEWEST_WEEKS or float(x.std(ddof=1)) < _LEAST_SPREAD:
        return None
    off = x - x.mean()
    squares = float((off**2).sum())
    slope = float((off * y).sum()) / squares
    rest = y - y.mean() - slope * off
    freedom = len(x) - 2
    half = student(freedom) * math.sqrt(float((rest**2).sum()) / freedom / squares)
    if half > _TOO_WIDE:
        return None
    return Elasticity(value=slope, low=slope - half, high=slope + half, weeks=len(x))


def scene(facts: Facts, period: Period) -> Scene:
    """Return what can be moved from the figures of a period, of all networks together."""
    return _Asking(facts, period).scene()


class _Asking:
    """The figures behind a scene, for the period and the weeks that end with it."""

    def __init__(self, facts: Facts, period: Period) -> None:
        ways = kpis()
        formulas = {
            "posts": ["posts.count"],
            "reach": ["posts.reach", "posts.views"],
            "clicks": [one.formula for one in ways["link_clicks"].variants],
            "spend": ["ads.spend"],
            "bought": ["ads.link_clicks"],
            "orders": ["social_orders.count"],
            "revenue": ["social_orders.revenue"],
            "margin": ["social_orders.margin", f"social_orders.revenue * {_RATE}"],
            "profit": [one.formula for one in ways["profit_social"].variants if one.colour],
        }
        made = {
            name: tuple(Variant(id=f"{name}_{at}", formula=one, en="", ru="") for at, one in enumerate(some))
            for name, some in formulas.items()
        }
        kpi = one_kpi(tuple(one for some in made.values() for one in some))
        last = period.last
        weeks = [
            Period(last - timedelta(days=7 * at + 6), last - timedelta(days=7 * at)) for at in range(_WEEKS)
        ]
        self.period = period
        self.cube: Cube = cube(facts, [kpi])
        self.numbers = Numbers(self.cube, (period, *weeks), EVERYTHING)
        self.found: dict[str, Value] = {
            name: value(kpi, self.numbers, variants) for name, variants in made.items()
        }

    def now(self, name: str) -> float | None:
        """Return a figure of the period, None where it is unknown."""
        return self.found[name].now

    def why(self, *wanted: str) -> Reason | None:
        """Return why the first unknown of these figures is not known."""
        return next((self.found[one].reasons[0] for one in wanted if self.now(one) is None), None)

    def weekly(self, name: str) -> Vector:
        """Return a figure by week, NaN where the files do not tell the whole week."""
        found = self.found[name]
        formula = found.variant.formula if found.variant else "posts.count"
        whole = [covers(self.cube, formula, week, EVERYTHING) for week in self.numbers.periods[1:]]
        return np.where(np.array(whole, bool), found.values[1:], np.nan)

    def scene(self) -> Scene:
        """Return the levers and figures that are known."""
        posts, reach, mine = self.now("posts"), self.now("reach"), self.now("clicks")
        spend, bought = self.now("spend"), self.now("bought")
        orders, revenue = self.now("orders"), self.now("revenue")
        advertised = bool(spend)
        clicks = (mine, bought) if advertised and mine and bought else None
        followed = mine if not advertised else sum(clicks) if clicks else None
        paid = ("clicks", "bought") if advertised else ("clicks",)
        asked: dict[Lever, tuple[float | None, tuple[str, ...]]] = {
            Lever.POSTS: (_rate(posts and reach and posts * _DAYS, self.period.days), ("posts", "reach")),
            Lever.BUDGET: (spend if clicks else None, ("spend", *paid)),
            Lever.CLICK_RATE: (_rate(mine, reach, 100), ("clicks", "reach")),
            Lever.CONVERSION: (_rate(orders, followed, 100), ("orders", *paid)),
            Lever.ORDER_VALUE: (_rate(revenue, orders), ("orders", "revenue")),
        }
        levers = {lever: known for lever, (known, _) in asked.items() if known}
        unknown = {lever: self.why(*of) for lever, (known, of) in asked.items() if not known}
        nought = {Lever.BUDGET: _NO_SPEND}
        return Scene(
            period=self.period,
            currency=self.found["revenue"].currency or self.found["spend"].currency,
            levers=levers,
            out={lever: why or nought.get(lever, _NOUGHT) for lever, why in unknown.items()},
            figures=self.figures(followed),
            of_posts=elasticity(self.weekly("posts"), self.weekly("reach")) or Elasticity(),
            of_budget=elasticity(self.weekly("spend"), self.weekly("bought")) or Elasticity(),
            clicks=clicks,
            mixed=advertised and clicks is None,
            views=_is_views(self.found["reach"]),
            margin=self.now("margin"),
        )

    def figures(self, followed: float | None) -> dict[Figure, float]:
        """Return the known figures of the period."""
        told = {Figure.REACH: self.now("reach"), Figure.CLICKS: followed}
        told |= {one: self.now(one.value) for one in (Figure.ORDERS, Figure.REVENUE)}
        told[Figure.PROFIT] = self.now("profit") if self.now("margin") is not None else None
        return {figure: one for figure, one in told.items() if one is not None}


def _rate(part: float | None, whole: float | None, times: float = 1.0) -> float | None:
    return times * part / whole if part and whole else None


def _is_views(found: Value) -> bool:
    return found.variant is not None and found.variant.formula.endswith("views")
