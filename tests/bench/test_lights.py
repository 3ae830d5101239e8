"""How honest the lights are: how often an interval holds the truth, and how often red cries wolf.

Invented businesses of which the truth is known live through hundreds of months; each month is read by the
code that judges real ones, from the facts on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import exp
from typing import Any

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.interval import Interval
from kpi.judge.spread import interval_of, pooled
from kpi.judge.status import rule
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.kpi import Better, Kpi, Spread, Tolerance, Variant
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.verdict import Status
from kpi.model.view import EVERYTHING
from tests.made import reading

pytestmark = pytest.mark.bench
MONTHS, DAYS = 1200, 30
START = date(1980, 1, 1)
Rows = list[tuple[Any, ...]]
Told = tuple[float, Interval]


def month(number: int) -> Period:
    first = START + timedelta(days=DAYS * number)
    return Period(first, first + timedelta(days=DAYS - 1))


def day(number: int, of: int) -> str:
    return (month(number).first + timedelta(days=of)).isoformat()


def kpi(formula: str, spread: Spread, unit: str = "") -> Kpi:
    """A KPI of the catalogue with a formula and an interval of one's own."""
    some = kpis()["engagement_rate"]
    variant = Variant(id="one", formula=formula, en="", ru="", spread=spread)
    return replace(some, unit=unit or "percent", variants=(variant,), sample=())


def told(
    judged: Kpi, *files: Reading, earlier: int = 0, months: int = MONTHS, both: bool = False
) -> list[Told]:
    """Return value and interval of every month, or of every second one and the one before it pooled."""
    whole = cube(assemble(files, (Owner(currency="RUB"),)), [judged])
    found = []
    for number in range(earlier + both, months, 2 if both else 1 + earlier):
        periods = [month(number - back) for back in range(earlier + 1 + both)]
        numbers = Numbers(whole, periods, EVERYTHING)
        one = value(judged, numbers)
        interval = interval_of(one, numbers)
        if both and (pair := pooled(one, numbers)) is not None:
            found.append(pair)
        elif not both and one.now is not None and interval is not None:
            found.append((one.now, interval))
    assert len(found) > 0.8 * months / (2 if both else 1 + earlier)
    return found


def rows(kind: str, columns: str, made: Rows, **table: Any) -> Reading:
    names = columns.split()
    data: Mapping[str, Sequence[Any]] = {name: [row[i] for row in made] for i, name in enumerate(names)}
    return reading(kind, dict(data), window=Period(month(0).first, month(MONTHS).last), **table)


def covered(name: str, found: list[Told], truth: float, *, low: float = 74, high: float = 88) -> None:
    above = sum(bounds[0] > truth for _, bounds in found) / len(found)
    below = sum(bounds[1] < truth for _, bounds in found) / len(found)
    holds = 100 * (1 - above - below)
    print(f"{name}: holds the truth in {holds:.1f} %; above {100 * above:.1f} %, below {100 * below:.1f} %")
    assert all(bounds[0] <= now <= bounds[1] for now, bounds in found)
    assert low <= holds <= high, name


def red(
    name: str, found: list[Told], target: float, *, tolerance: float, better: Better = Better.UP
) -> float:
    """Return in how many of a hundred periods the light is red."""
    lights = [
        rule(now, target, bounds, better=better, tolerance=Tolerance(share=tolerance), may_be_red=True)[0]
        for now, bounds in found
    ]
    share = 100 * sum(light is Status.RED for light in lights) / len(lights)
    print(f"{name}: red in {share:.1f} %")
    return share


# What happens to the businesses.


def posts(chance: np.random.Generator, level: float, *, count: int = 12, scatter: float = 0.7) -> Reading:
    """Posts whose rates are log-normal around a level."""
    made: Rows = []
    for number in range(MONTHS):
        reach = np.round(1000 * np.exp(0.4 * chance.standard_normal(count)))
        rate = level * np.exp(scatter * chance.standard_normal(count) - scatter**2 / 2)
        made += [
            (f"{day(number, i * DAYS // count)}T10:00:00", float(r), float(a))
            for i, (r, a) in enumerate(zip(reach, chance.poisson(reach * rate), strict=True))
        ]
    return rows("posts", "at reach reactions", made, network="vk")


def orders(chance: np.random.Generator, a_month: float, *, scatter: float = 0.7) -> Reading:
    """Orders of a shop: Poisson in number, log-normal in size with a mean of 1000."""
    made: Rows = []
    for number in range(MONTHS):
        count = chance.poisson(a_month)
        when = np.sort(chance.integers(0, DAYS, count))
        size = 1000 * np.exp(scatter * chance.standard_normal(count) - scatter**2 / 2)
        made += [
            (f"{number}-{i}", f"{day(number, int(d))}T12:00:00", float(s))
            for i, (d, s) in enumerate(zip(when, size, strict=True))
        ]
    return rows("orders", "id at amount", made)


def tally(chance: np.random.Generator, a_day: float, *, scatter: float = 0.7) -> Reading:
    """What a cashier noted: of each day the number of receipts and their sum."""
    made: Rows = []
    for number in range(MONTHS):
        for of, count in enumerate(chance.poisson(a_day, DAYS)):
            size = 1000 * np.exp(scatter * chance.standard_normal(count) - scatter**2 / 2)
            if count:
                made.append((f"{day(number, of)}T00:00:00", float(count), float(size.sum())))
    return rows("orders", "at count amount", made)


def ads(chance: np.random.Generator) -> Reading:
    """Thirty days of two campaigns: clicks cluster by day, sales are few."""
    made: Rows = []
    for number in range(MONTHS):
        for of in range(DAYS):
            luck = exp(0.3 * chance.standard_normal() - 0.045)
            for campaign, rate in (("a", 0.02), ("b", 0.03)):
                shown = round(1000 * exp(0.4 * chance.standard_normal() - 0.08))
                clicks = int(chance.poisson(shown * rate * luck))
                bought = int(chance.binomial(clicks, 0.04))
                paid = float((1500 * np.exp(0.5 * chance.standard_normal(bought) - 0.125)).sum())
                made.append(
                    (day(number, of), campaign, float(shown), float(clicks), 0.3 * shown, paid, bought)
                )
    return rows("ads", "starts campaign impressions link_clicks spend revenue leads", made, currency="RUB")


def followers(chance: np.random.Generator, *, crowds: float) -> Reading:
    made: Rows = []
    for number in range(MONTHS):
        for of in range(DAYS):
            many = exp(crowds * chance.standard_normal() - crowds**2 / 2)
            made.append((day(number, of), float(chance.poisson(3 * many)), float(chance.poisson(1.5))))
    return rows("account", "date followers_new followers_lost", made, network="vk")


def seeded(number: int) -> np.random.Generator:
    return np.random.default_rng(number)


# How often the interval holds the truth.


def test_posts_and_ads_and_followers() -> None:
    for scatter in (0.5, 0.7, 1.0):
        made = posts(seeded(1), 0.05, scatter=scatter)
        rate = kpi("100 * posts.reactions / posts.reach", Spread.POSTS)
        covered(f"rate over 12 posts, scatter {scatter}", told(rate, made), 5.0)
    bought = ads(seeded(2))
    covered(
        "CTR over 30 days", told(kpi("100 * ads.link_clicks / ads.impressions", Spread.DAYS), bought), 2.5
    )
    covered("CPC over 30 days", told(kpi("ads.spend / ads.link_clicks", Spread.DAYS), bought), 0.3 / 0.025)
    covered("ROAS over 30 days", told(kpi("ads.revenue / ads.spend", Spread.DAYS), bought), 5.0)
    covered("share of spend", told(kpi("100 * ads.spend / ads.revenue", Spread.DAYS), bought), 20.0)
    covered("cost of a lead", told(kpi("ads.spend / ads.leads", Spread.COST), bought), 300.0)
    for crowds in (0.0, 1.0):
        net = kpi("account.followers_new - account.followers_lost", Spread.DIFFERENCE)
        covered(f"net followers, crowds {crowds}", told(net, followers(seeded(3), crowds=crowds)), 45.0)


def test_orders() -> None:
    formulas = {
        "revenue": ("orders.revenue", lambda n: 1000.0 * n),
        "profit": ("orders.revenue * 4 / 10 - 2000", lambda n: 400.0 * n - 2000),
        "average": ("orders.revenue / orders.count", lambda _: 1000.0),
    }
    for a_month in (20, 60):
        for scatter in (0.4, 0.7, 1.0):
            made = orders(seeded(4), a_month, scatter=scatter)
            for name, (formula, truth) in formulas.items():
                found = told(kpi(formula, Spread.ORDERS), made)
                covered(f"{name}, {a_month} orders of scatter {scatter}", found, truth(a_month), low=72)
    tallied = tally(seeded(5), 2.0)
    for name, (formula, truth) in formulas.items():
        covered(f"{name}, tally of 60", told(kpi(formula, Spread.ORDERS), tallied), truth(60))
    by_days = reading_without_counts(tallied)
    covered("revenue by days", told(kpi("orders.revenue", Spread.ORDERS), by_days), 60_000.0)


def reading_without_counts(made: Reading) -> Reading:
    """The same sales as lines of products, of which nobody knows how many orders they are."""
    table = made.tables[0]
    assert table.data is not None
    columns = {n: table.data[n].to_pylist() for n in ("at", "amount")}
    at = [one.isoformat() for one in columns["at"]]
    items = ["tea"] * len(at)
    return reading("orders", {"at": at, "amount": columns["amount"], "item": items}, window=table.window)


def test_counts_and_shares_and_answers_and_rows() -> None:
    chance = seeded(6)
    made: Rows = [
        (day(number, of), float(chance.poisson(0.8)), 20.0, float(chance.poisson(0.5)))
        for number in range(MONTHS)
        for of in range(DAYS)
    ]
    leads = rows("ads", "starts leads link_clicks orders", made)
    covered("24 leads", told(kpi("ads.leads", Spread.COUNT), leads), 24.0)
    hundred = [
        (f"{day(number, int(of))}T10:00:00", mood, 1.0)
        for number in range(MONTHS)
        for of, mood in zip(
            np.sort(chance.integers(0, DAYS, 60)),
            chance.choice(["positive", "negative", "neutral"], 60, p=[0.5, 0.2, 0.3]),
            strict=True,
        )
    ]
    mentions = rows("mentions", "at mood count", hundred)
    share = kpi("100 * mentions.negative / mentions.count", Spread.SHARE)
    covered("share of 60 mentions", told(share, mentions), 20.0)
    net = kpi("100 * (mentions.positive - mentions.negative) / mentions.count", Spread.ANSWERS)
    covered("points of 60 answers", told(net, mentions), 30.0)
    moods = "(mentions.positive + mentions.negative)"
    net = kpi(f"100 * (mentions.positive - mentions.negative) / {moods}", Spread.ANSWERS)
    covered("net sentiment", told(net, mentions), 100 * 0.3 / 0.7)
    for count in (20, 60):
        stars: Rows = []
        reach: Rows = []
        for number in range(MONTHS):
            given = chance.choice([1, 2, 3, 4, 5], count, p=[0.05, 0.05, 0.1, 0.3, 0.5])
            stars += [(f"{day(number, i % DAYS)}T10:00:00", float(s), 1.0) for i, s in enumerate(given)]
            waits = 60 * np.exp(chance.standard_normal(count))
            reach += [(f"{day(number, i % DAYS)}T10:00:00", float(w)) for i, w in enumerate(waits)]
        rating = kpi("reviews.rating / reviews.count", Spread.ROWS)
        covered(f"mean of {count} ratings", told(rating, rows("reviews", "at rating count", stars)), 4.15)
        middle = kpi("posts.reach.median", Spread.ROWS)
        covered(f"median of {count} rows", told(middle, rows("posts", "at reach", reach, network="vk")), 60.0)


def test_periods() -> None:
    chance = seeded(7)
    for scatter in (0.15, 0.5):
        made: Rows = []
        for number in range(MONTHS):
            total = 9000 * exp(scatter * chance.standard_normal())
            made += [(day(number, of), round(total / DAYS)) for of in range(DAYS)]
        account = rows("account", "date views", made, network="vk")
        for earlier in (6, 12):
            views = kpi("account.views", Spread.PERIODS)
            found = told(views, account, earlier=earlier)
            covered(f"views by {earlier} earlier periods of scatter {scatter}", found, 9000.0, low=72)


# How often the light cries wolf, and how often it misses one.


def test_a_business_on_target_is_seldom_red_and_one_at_seventy_percent_is_caught() -> None:
    rate = kpi("100 * posts.reactions / posts.reach", Spread.POSTS)
    on, short = posts(seeded(8), 0.05), posts(seeded(9), 0.035)
    assert red("12 posts on target", told(rate, on), 5.0, tolerance=0.2) <= 12
    assert red("12 posts at 70 %", told(rate, short), 5.0, tolerance=0.2) >= 40
    assert red("12 posts on target, two periods", told(rate, on, both=True), 5.0, tolerance=0.2) <= 12
    assert red("12 posts at 70 %, two periods", told(rate, short, both=True), 5.0, tolerance=0.2) >= 65


def test_a_shop_of_twenty_orders_on_target_is_seldom_red() -> None:
    for formula, spread, target, caught in (
        ("orders.count", Spread.COUNT, 20.0, 65),
        ("orders.revenue", Spread.ORDERS, 20_000.0, 55),  # the size of orders is chance as well
    ):
        judged = kpi(formula, spread)
        on, short = orders(seeded(10), 20), orders(seeded(11), 14)
        assert red(f"{formula} on target", told(judged, on), target, tolerance=0.1) <= 12
        assert red(f"{formula} at 70 %", told(judged, short), target, tolerance=0.1) >= 40
        pairs = told(judged, on, both=True), told(judged, short, both=True)
        assert red(f"{formula} on target, two periods", pairs[0], target, tolerance=0.1) <= 12
        assert red(f"{formula} at 70 %, two periods", pairs[1], target, tolerance=0.1) >= caught


def test_ads_on_target_are_seldom_red() -> None:
    bought = ads(seeded(12))
    for name, formula, spread, target in (
        ("cost per click", "ads.spend / ads.link_clicks", Spread.DAYS, 12.0),
        ("cost per lead", "ads.spend / ads.leads", Spread.COST, 300.0),
    ):
        found = told(kpi(formula, spread), bought)
        assert red(name, found, target, tolerance=0.1, better=Better.DOWN) <= 12
