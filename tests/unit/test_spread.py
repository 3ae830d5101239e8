"""Which interval a value gets from its rows, and where none can be told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge import amounts, interval
from kpi.judge.interval import Interval
from kpi.judge.periods import periods_before
from kpi.judge.spread import interval_of, pooled, spread_of
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value, value
from kpi.model.kpi import Spread, Variant
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING, View
from tests.made import reading

NOVEMBER = Period.month(2025, 11)
YEAR = Period(date(2025, 1, 1), date(2025, 11, 30))
MONTH = {"starts": ["2025-11-01"], "ends": ["2025-11-30"]}
OWNER = Owner(currency="RUB", margin_rate=50.0)


def told(
    formula: str, spread: Spread, *files: Reading, unit: str = "percent", view: View = EVERYTHING
) -> tuple[Value, Numbers]:
    """Return the value of a formula in November 2025, with up to twelve months before, and its numbers."""
    variant = Variant(id="one", formula=formula, en="", ru="", spread=spread)
    kpi = replace(kpis()["engagement_rate"], unit=unit, variants=(variant,), sample=())
    whole = cube(assemble(files, (OWNER,)), [kpi])
    numbers = Numbers(whole, (NOVEMBER, *periods_before(NOVEMBER, YEAR)), view)
    return value(kpi, numbers), numbers


def found(formula: str, spread: Spread, *files: Reading, **more: Any) -> Interval | None:
    return interval_of(*told(formula, spread, *files, **more))


def days(count: int, first: str = "2025-11-01") -> list[str]:
    return [(date.fromisoformat(first) + timedelta(days=i)).isoformat() for i in range(count)]


def posts(**columns: Sequence[float | None]) -> Reading:
    count = len(next(iter(columns.values())))
    return reading("posts", {"at": [f"{d}T10:00:00" for d in days(count)], **columns}, network="vk")


def ads(first: str = "2025-11-01", **columns: Sequence[float | None]) -> Reading:
    count = len(next(iter(columns.values())))
    return reading("ads", {"starts": days(count, first), **columns}, network="vk", currency="RUB")


def account(first: str = "2025-11-01", network: str = "vk", **columns: Sequence[float | None]) -> Reading:
    count = len(next(iter(columns.values())))
    rows = {"date": days(count, first), **columns}
    return reading("account", rows, file=f"{network}.csv", network=network)


def orders(sizes: Sequence[float], customers: Sequence[str | None] | None = None, **more: Any) -> Reading:
    columns: dict[str, Sequence[Any]] = {
        "id": [str(i) for i in range(len(sizes))],
        "at": [f"2025-11-{1 + i % 30:02d}T10:00:00" for i in range(len(sizes))],
        "amount": list(sizes),
    }
    if customers:
        columns["customer"] = customers
    return reading("orders", columns | more)


# Posts.

RATE = "100 * posts.reactions / posts.reach"


def test_an_interval_over_posts_weighs_each_by_its_divisor_and_skips_what_has_none() -> None:
    acts, reach = [10.0, 0.0, 30.0, 40.0], [100.0, 200.0, 300.0, 400.0]
    bounds = found(RATE, Spread.POSTS, posts(reactions=acts, reach=reach))
    logs = np.log((np.array(acts) + 0.5) / np.array(reach))
    assert bounds == pytest.approx(interval.posts(8.0, logs, np.array(reach), median=False))
    silent = posts(reactions=[*acts, 9.0, None], reach=[*reach, None, 500.0])
    assert found(RATE, Spread.POSTS, silent) == pytest.approx(bounds)


def test_posts_of_impossible_reach_have_a_figure_but_no_interval() -> None:
    one, numbers = told(RATE, Spread.POSTS, posts(reactions=[3.0, 2.0], reach=[-50.0, -50.0]))
    assert one.now == -5
    assert interval_of(one, numbers) is None


def test_a_median_weighs_every_post_alike() -> None:
    reach = [100.0, 200.0, 300.0, 400.0, 900.0]
    expected = interval.posts(300.0, np.log(np.array(reach) + 0.5), np.ones(5), median=True)
    assert found("posts.reach.median", Spread.POSTS, posts(reach=reach)) == pytest.approx(expected)


def test_what_is_left_of_a_hundred_is_turned_round() -> None:
    reach, old = [100.0, 200.0, 300.0, 400.0], [60.0, 150.0, 200.0, 210.0]
    made = posts(reach=reach, reach_followers=old)
    low, high = found("100 * posts.reach_followers / posts.reach", Spread.POSTS, made) or (0, 0)
    rest = found("100 - 100 * posts.reach_followers / posts.reach", Spread.POSTS, made)
    assert rest == pytest.approx((max(0.0, 100 - high), 100 - low))
    none = posts(reach=reach, reach_followers=reach)
    assert (found("100 - 100 * posts.reach_followers / posts.reach", Spread.POSTS, none) or (9, 9))[0] == 0
    few = posts(reach=[10.0], reach_followers=[5.0])
    assert found("100 - 100 * posts.reach_followers / posts.reach", Spread.POSTS, few) is None


def test_what_is_not_about_posts_has_no_interval_over_them() -> None:
    assert found("account.views", Spread.POSTS, account(views=[5.0, 6.0, 7.0])) is None


# Counts, shares, costs and answers.


def test_a_share_of_people_has_wilson_s_interval_in_percent() -> None:
    made = ads(link_clicks=[10.0], impressions=[100.0])
    wilson = tuple(100 * bound for bound in interval.share(10, 100))
    ctr = "100 * ads.link_clicks / ads.impressions"
    assert found(ctr, Spread.SHARE, made) == pytest.approx(wilson)
    rest = found("100 - 100 * ads.link_clicks / ads.impressions", Spread.SHARE, made)
    assert rest == pytest.approx((100 - wilson[1], 100 - wilson[0]))
    assert found(ctr, Spread.SHARE, made, unit="times") is None


@pytest.mark.parametrize(("clicks", "impressions"), [(120, 100), (-5, 100), (5, -100)])
def test_what_is_no_share_has_no_interval(clicks: float, impressions: float) -> None:
    made = ads(link_clicks=[clicks], impressions=[impressions])
    one, numbers = told("100 * ads.link_clicks / ads.impressions", Spread.SHARE, made)
    assert one.now == pytest.approx(100 * clicks / impressions)
    assert interval_of(one, numbers) is None


@pytest.mark.parametrize(
    "formula",
    [
        "100 * ads.link_clicks / ads.spend",
        "100 * ads.link_clicks / (ads.impressions * 2)",
        "ads.link_clicks / ads.impressions / ads.leads",
        "ads.link_clicks / 4",
    ],
)
def test_only_things_counted_make_a_whole(formula: str) -> None:
    made = ads(link_clicks=[10.0], impressions=[100.0], spend=[50.0], leads=[2.0])
    one, numbers = told(formula, Spread.SHARE, made)
    assert one.now is not None
    assert interval_of(one, numbers) is None
    assert found(formula, Spread.COST, made) is None


def test_a_whole_may_be_two_counts_added_up() -> None:
    made = ads(link_clicks=[10.0], leads=[30.0])
    bounds = found("100 * ads.link_clicks / (ads.link_clicks + ads.leads)", Spread.SHARE, made)
    assert bounds == pytest.approx([100 * bound for bound in interval.share(10, 40)])


def test_a_count_has_an_interval_unless_it_is_below_nothing() -> None:
    one, numbers = told("posts.link_clicks", Spread.COUNT, posts(link_clicks=[20.0]))
    assert interval_of(one, numbers) == interval.count(20)
    assert interval_of(replace(one, values=np.array([-1.0])), numbers) is None


def test_what_an_event_costs_is_the_money_by_few_and_by_many() -> None:
    made = ads(spend=[600.0], leads=[20.0])
    few, many = interval.count(20)
    assert found("ads.spend / ads.leads", Spread.COST, made) == pytest.approx((600 / many, 600 / few))
    spend, leads = [60.0] * 10, [0.0, 9.0, 0.0, 1.0, 0.0, 0.0, 8.0, 1.0, 0.0, 1.0]
    crowds = ads(spend=spend, leads=leads)
    by_days = found("ads.spend / ads.leads", Spread.DAYS, crowds) or (0, 0)
    assert found("ads.spend / ads.leads", Spread.COST, crowds) == by_days
    assert by_days[1] > 600 / few
    assert found("ads.spend / ads.leads", Spread.COST, ads(spend=[-600.0], leads=[20.0])) is None
    spend, leads = [60.0] * 10, [0.0, 9.0, 0.0, 1.0, 0.0, 0.0, 8.0, 1.0, 0.0, 1.0]
    crowds = ads(spend=spend, leads=leads)
    by_days = found("ads.spend / ads.leads", Spread.DAYS, crowds) or (0, 0)
    assert found("ads.spend / ads.leads", Spread.COST, crowds) == by_days
    assert by_days[1] > 600 / few
    assert found("ads.spend / ads.leads", Spread.COST, ads(spend=[-600.0], leads=[-20.0])) is None


def moods(positive: int, negative: int, neutral: int = 0) -> Reading:
    said = ["positive"] * positive + ["negative"] * negative + ["neutral"] * neutral
    rows = {"at": ["2025-11-05T10:00:00"] * len(said), "id": [str(i) for i in range(len(said))], "mood": said}
    return reading("mentions", rows)


def test_points_of_answers_are_two_shares_of_the_same_people() -> None:
    made = moods(30, 10, 20)
    points = "100 * (mentions.positive - mentions.negative) / mentions.count"
    assert found(points, Spread.ANSWERS, made) == pytest.approx(
        [100 * bound for bound in interval.answers(30, 10, 60)]
    )
    rated = "(mentions.positive + mentions.negative)"
    net = f"100 * (mentions.positive - mentions.negative) / {rated}"
    assert found(net, Spread.ANSWERS, made) == pytest.approx(
        [100 * (2 * bound - 1) for bound in interval.share(30, 40)]
    )


@pytest.mark.parametrize(
    "formula",
    [
        "50 * (mentions.positive - mentions.negative) / mentions.count",
        "100 * mentions.negative / mentions.count",
        "100 * (mentions.positive - mentions.negative) / (mentions.count * 2)",
        "100 * (mentions.count - mentions.negative) / mentions.count",
        "100 * ((0 - mentions.positive) - mentions.negative) / mentions.count",
    ],
)
def test_other_formulas_are_no_points(formula: str) -> None:
    one, numbers = told(formula, Spread.ANSWERS, moods(30, 10, 20))
    assert one.now is not None
    assert interval_of(one, numbers) is None


def test_what_is_counted_to_the_last_one_is_exact() -> None:
    made = account(followers=[100.0, 120.0])
    assert found("account.followers.end", Spread.EXACT, made) == (120, 120)
    assert found("account.followers.end", Spread.NONE, made) is None


# Followers won and lost.

BALANCE = "account.followers_new - account.followers_lost"
CALM_NEW, CALM_LOST = [3.0, 4.0, 5.0, 4.0] * 7, [1.0, 2.0] * 14


def test_followers_of_calm_days_are_as_sure_as_their_counts() -> None:
    bounds = found(BALANCE, Spread.DIFFERENCE, account(followers_new=CALM_NEW, followers_lost=CALM_LOST))
    assert bounds == pytest.approx(interval.difference(sum(CALM_NEW), sum(CALM_LOST)))


def test_followers_that_come_in_crowds_are_as_sure_as_the_days() -> None:
    new = [0.0] * 25 + [50.0, 30.0, 40.0]
    made = account(followers_new=new, followers_lost=CALM_LOST)
    net = np.array(new) - np.array(CALM_LOST)
    assert found(BALANCE, Spread.DIFFERENCE, made) == pytest.approx(amounts.over_days(net, np.ones(28)))
    week = account(followers_new=new[-7:], followers_lost=CALM_LOST[:7])
    assert found(BALANCE, Spread.DIFFERENCE, week) == pytest.approx(interval.difference(120, 10))


def test_where_only_the_balance_is_told_its_days_are_needed() -> None:
    net = [n - lost for n, lost in zip(CALM_NEW, CALM_LOST, strict=True)]
    wide = amounts.over_days(np.array(net), np.ones(28)) or (0, 0)
    low, high = interval.difference(sum(net), 0)
    bounds = found("account.followers_net", Spread.DIFFERENCE, account(followers_net=net))
    assert bounds == pytest.approx((min(low, wide[0]), max(high, wide[1])))
    few = account(followers_net=[4.0, 6.0, 5.0])
    assert found("account.followers_net", Spread.DIFFERENCE, few) is None
    minus = account(followers_new=[-5.0, 2.0], followers_lost=[1.0, 1.0])
    assert found(BALANCE, Spread.DIFFERENCE, minus) is None


LEVELS = "account.followers.end - account.followers.start"


def test_the_steps_of_a_level_are_its_days() -> None:
    steps = np.array([3.0, -1.0, 12.0, 0.0, 5.0, -4.0, 2.0, 7.0, 1.0])
    levels = np.r_[500.0, 500.0 + steps.cumsum()].tolist()
    wide = amounts.over_days(steps, np.ones(9))
    before = account("2025-10-31", followers=levels)
    assert found(LEVELS, Spread.DIFFERENCE, before) == pytest.approx(wide)
    inside = account("2025-11-05", followers=levels)
    assert found(LEVELS, Spread.DIFFERENCE, inside) == pytest.approx(wide)
    older = account("2025-10-25", followers=[480.0, 490.0, 495.0, 497.0, 497.0, 497.0, *levels])
    assert found(LEVELS, Spread.DIFFERENCE, older) == pytest.approx(wide)
    other = account("2025-10-31", "instagram", followers=levels)
    both = amounts.over_days(2 * steps, np.ones(9))
    assert found(LEVELS, Spread.DIFFERENCE, before, other) == pytest.approx(both)
    assert found(LEVELS, Spread.DIFFERENCE, before, other, view=View(network="vk")) == pytest.approx(wide)


def test_levels_of_too_few_or_different_days_tell_no_balance() -> None:
    assert found(LEVELS, Spread.DIFFERENCE, account(followers=[500.0, 505.0, 511.0])) is None
    levels = [500.0 + i * i for i in range(12)]
    two = account("2025-10-31", followers=levels), account("2025-11-02", "instagram", followers=levels)
    one, numbers = told(LEVELS, Spread.DIFFERENCE, *two)
    assert one.now is not None
    assert interval_of(one, numbers) is None
    rate = "100 * (account.followers.end - account.followers.start) / account.followers.start"
    assert found(rate, Spread.DIFFERENCE, two[0]) is None
    mixed = "account.followers.end - account.followers_new"
    assert found(mixed, Spread.DIFFERENCE, account(followers=levels, followers_new=[1.0] * 12)) is None


# Days.

CLICKS = [20.0, 31.0, 18.0, 25.0, 40.0, 22.0, 27.0, 35.0, 19.0, 24.0]
SPEND = [100.0, 120.0, 90.0, 110.0, 150.0, 105.0, 100.0, 140.0, 95.0, 100.0]


def without_each(top: Sequence[float], below: Sequence[float]) -> list[float]:
    """The ratio with one day at a time left out."""
    return [(sum(top) - a) / (sum(below) - b) for a, b in zip(top, below, strict=True)]


def test_a_ratio_of_ads_is_as_sure_as_its_days() -> None:
    bounds = found("ads.spend / ads.link_clicks", Spread.DAYS, ads(spend=SPEND, link_clicks=CLICKS))
    rest = np.array(without_each(SPEND, CLICKS))
    expected = amounts.left_out(sum(SPEND) / sum(CLICKS), rest, 9, fixed=True)
    assert bounds == pytest.approx(expected)


def test_days_without_ads_tell_nothing_of_their_rate() -> None:
    idle = [0.0] * 20
    made = ads(spend=SPEND + idle, link_clicks=CLICKS + idle)
    value_ = sum(SPEND) / sum(CLICKS)
    rest = np.array([*without_each(SPEND, CLICKS), *[value_] * 20])
    expected = amounts.left_out(value_, rest, 9, fixed=True)
    assert found("ads.spend / ads.link_clicks", Spread.DAYS, made) == pytest.approx(expected)


def test_two_campaigns_of_a_day_are_one_day() -> None:
    rows = {
        "starts": [d for d in days(10) for _ in "ab"],
        "campaign": ["a", "b"] * 10,
        "spend": [half for s in SPEND for half in (s / 4, s * 3 / 4)],
        "link_clicks": [half for c in CLICKS for half in (c, 0.0)],
    }
    split = reading("ads", rows, network="vk", currency="RUB")
    whole = ads(spend=SPEND, link_clicks=CLICKS)
    ratio = "ads.spend / ads.link_clicks"
    assert found(ratio, Spread.DAYS, split) == pytest.approx(found(ratio, Spread.DAYS, whole))


def test_costs_of_the_month_are_known_beside_days() -> None:
    sold = orders([100.0, 300.0, 250.0, 120.0, 80.0, 400.0, 220.0, 130.0, 90.0])
    costs = reading("costs", {"month": ["2025-11-01"], "item": ["designer"], "amount": [500.0]})
    bounds = found("100 * costs.smm / orders.revenue", Spread.DAYS, sold, costs)
    sizes = np.array([100.0, 300.0, 250.0, 120.0, 80.0, 400.0, 220.0, 130.0, 90.0])
    rest = 50_000 / (sizes.sum() - sizes)
    expected = amounts.left_out(50_000 / sizes.sum(), rest, 8, fixed=True)
    assert bounds == pytest.approx(expected)


@pytest.mark.parametrize(
    "made",
    [
        ads(spend=SPEND[:7], link_clicks=CLICKS[:7]),
        ads(spend=SPEND, link_clicks=[0.0] * 9 + [5.0]),
        ads(spend=[50.0] * 10, link_clicks=[5.0] * 10),
        reading("ads", {**MONTH, "spend": [9.0], "link_clicks": [3.0]}),
    ],
)  # fmt: skip
def test_few_days_one_day_equal_days_or_a_lump_tell_nothing(made: Reading) -> None:
    one, numbers = told("ads.spend / ads.link_clicks", Spread.DAYS, made)
    assert one.now is not None
    assert interval_of(one, numbers) is None


def test_what_a_longer_span_tells_cannot_be_split_into_days() -> None:
    rows = {"starts": ["2025-11-20"], "ends": ["2025-11-25"], "spend": [9.0], "link_clicks": [30.0]}
    lump = reading("ads", rows, file="week.csv", network="facebook", currency="RUB")
    made = ads(spend=SPEND, link_clicks=CLICKS)
    one, numbers = told("ads.spend / ads.link_clicks", Spread.DAYS, made, lump)
    assert one.now == pytest.approx((sum(SPEND) + 9) / (sum(CLICKS) + 30))
    assert interval_of(one, numbers) is None


def test_people_of_a_window_are_no_sum_of_days() -> None:
    made = account(views=[float(n) for n in range(100, 112)], reach=[50.0 + n for n in range(12)])
    assert found("account.views / account.reach.person_days", Spread.DAYS, made) is None
    level = account(engagements=CLICKS, followers=[900.0 + n for n in range(10)])
    rate = found("account.engagements / account.followers.mean / period.days", Spread.DAYS, level)
    total = found("account.engagements", Spread.DAYS, level)
    assert total == pytest.approx(amounts.over_days(np.array(CLICKS), np.ones(10)))
    assert rate is not None


# Orders.

SIZES = [900.0, 1500.0, 700.0, 2200.0, 1100.0, 640.0, 1900.0, 480.0, 1300.0, 1000.0, 760.0, 3100.0]


def test_revenue_is_as_sure_as_its_orders() -> None:
    expected = amounts.total(np.array(SIZES), np.ones(12))
    assert found("orders.revenue", Spread.ORDERS, orders(SIZES)) == pytest.approx(expected)


def test_profit_and_return_are_read_through_their_formula() -> None:
    low, high = amounts.total(np.array(SIZES), np.ones(12)) or (0, 0)
    spent = ads(spend=[100.0] * 20)
    profit = "orders.revenue * owner.margin_rate.end / 100 - ads.spend"
    made = orders(SIZES), spent
    assert found(profit, Spread.ORDERS, *made) == pytest.approx((low / 2 - 2000, high / 2 - 2000))
    roi = "100 * (orders.revenue - ads.spend) / ads.spend"
    expected = (100 * (low - 2000) / 2000, 100 * (high - 2000) / 2000)
    assert found(roi, Spread.ORDERS, *made) == pytest.approx(expected)


def test_costs_to_revenue_are_read_at_both_ends_of_the_revenue() -> None:
    low, high = amounts.total(np.array(SIZES), np.ones(12)) or (0, 0)
    costs = reading("costs", {"month": ["2025-11-01"], "item": ["designer"], "amount": [500.0]})
    bounds = found("100 * costs.marketing / orders.revenue", Spread.ORDERS, orders(SIZES), costs)
    assert bounds == pytest.approx((50_000 / high, 50_000 / low))


def test_an_average_order_is_as_sure_as_it_is_without_each() -> None:
    sizes = np.array(SIZES)
    expected = amounts.left_out(sizes.mean(), (sizes.sum() - sizes) / 11, 11, fixed=False)
    average = "orders.revenue / orders.count"
    assert found(average, Spread.ORDERS, orders(SIZES)) == pytest.approx(expected)
    assert found(average, Spread.ORDERS, orders(SIZES[:7])) is None
    day = reading("orders", {"at": ["2025-11-03T00:00:00"], "count": [9.0], "amount": [900.0]})
    assert found(average, Spread.ORDERS, day) is None


def test_the_value_of_a_buyer_is_as_sure_as_it_is_without_each() -> None:
    who = ["ann", "bob", "ann", "cid", "dan", "eve", "fay", "gus", "hal", "ann", "ida", None]
    worth: dict[str, float] = {}
    for name, size in zip(who, SIZES, strict=True):
        if name is not None:  # money of nobody knows whom is no buyer's
            worth[name] = worth.get(name, 0.0) + size
    total = sum(worth.values())
    rest = [(total - w) / 8 for w in worth.values()]
    expected = amounts.left_out(total / 9, np.array(rest), 8, fixed=False)
    made = orders(SIZES, who)
    assert found("orders.revenue / orders.customers", Spread.ORDERS, made) == pytest.approx(expected)
    again = "100 * orders.revenue / orders.repeat_customers"
    one, numbers = told(again, Spread.ORDERS, made)
    assert one.now == total * 100
    assert interval_of(one, numbers) is None


def test_a_return_is_no_buyer_and_takes_no_interval_away() -> None:
    who = ["ann", "bob", "cid", "dan", "eve", "fay", "gus", "hal", "ida", "joe", "kim", "ann"]
    made = orders([*SIZES[:11], -SIZES[0]], who)
    one, numbers = told("orders.revenue / orders.customers", Spread.ORDERS, made)
    assert one.now is not None
    bounds = interval_of(one, numbers)
    assert bounds is not None
    assert bounds[0] < one.now < bounds[1]


def test_a_median_order_has_its_ranks() -> None:
    expected = amounts.quantile(np.array(SIZES), 0.5)
    assert found("orders.revenue.median", Spread.ORDERS, orders(SIZES)) == pytest.approx(expected)


def test_orders_noted_by_the_day_count_as_so_many() -> None:
    rows = {
        "at": [f"{d}T00:00:00" for d in days(12)],
        "count": [2.0, 3.0, 1.0, 4.0, 2.0, 1.0, 4.0, 1.0, 3.0, 2.0, 2.0, 5.0],
        "amount": SIZES,
    }
    expected = amounts.total(np.array(SIZES), np.array(rows["count"]))
    assert found("orders.revenue", Spread.ORDERS, reading("orders", rows)) == pytest.approx(expected)


def test_sales_without_a_number_of_orders_are_as_sure_as_the_days() -> None:
    rows = {
        "at": [f"{d}T00:00:00" for d in days(12)],
        "item": ["tea"] * 12,
        "amount": SIZES,
    }
    expected = amounts.over_days(np.array(SIZES), np.ones(12))
    assert found("orders.revenue", Spread.ORDERS, reading("orders", rows)) == pytest.approx(expected)
    few = {name: column[:5] for name, column in rows.items()}
    assert found("orders.revenue", Spread.ORDERS, reading("orders", few)) is None


def test_revenue_that_a_cabinet_tells_goes_by_its_orders() -> None:
    counts = [1.0, 2.0, 1.0, 3.0, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 4.0]
    expected = amounts.total(np.array(SIZES), np.array(counts))
    assert found("ads.revenue", Spread.ORDERS, ads(revenue=SIZES, orders=counts)) == pytest.approx(expected)
    by_day = amounts.over_days(np.array(SIZES), np.ones(12))
    assert found("ads.revenue", Spread.ORDERS, ads(revenue=SIZES)) == pytest.approx(by_day)


@pytest.mark.parametrize(
    ("formula", "made"),
    [
        ("orders.revenue - social_orders.revenue", [orders(SIZES, source=["vk", "street"] * 6)]),
        ("ads.spend", [ads(spend=SPEND)]),
        ("orders.customers", [orders(SIZES, list("abcdefghijkl"))]),
        ("orders.revenue", [reading("orders", {**MONTH, "amount": [9.0], "count": [3.0]})]),
        ("orders.revenue", [reading("orders", {**MONTH, "amount": [9.0], "count": [3.0]}, file="all.csv"),
                            orders(SIZES)]),
        ("orders.revenue * orders.count", [orders(SIZES)]),
        ("100 / orders.revenue", [orders([*SIZES, -9000.0, -5000.0])]),
    ],
)  # fmt: skip
def test_where_orders_are_not_told_one_by_one_there_is_no_interval(formula: str, made: list[Reading]) -> None:
    one, numbers = told(formula, Spread.ORDERS, *made)
    assert one.now is not None
    assert interval_of(one, numbers) is None


# Rows.


def stars(*given: float) -> Reading:
    return reading("reviews", {"at": [f"{d}T10:00:00" for d in days(len(given))], "rating": list(given)})


def test_a_mean_of_stars_stays_on_its_scale() -> None:
    given = [5.0, 5.0, 4.0, 5.0, 1.0, 5.0, 4.0, 5.0, 3.0, 5.0]
    expected = interval.rating(np.array(given), np.ones(10))
    assert found("reviews.rating / reviews.count", Spread.ROWS, stars(*given)) == pytest.approx(expected)
    assert found("reviews.rating / reviews.count", Spread.ROWS, stars(*[9.0] * 10)) is None
    odd = {"at": [f"{d}T10:00:00" for d in days(3)], "rating": [5.0, 4.0, 5.0], "count": [1.0, 1.0, 0.0]}
    assert found("reviews.rating / reviews.count", Spread.ROWS, reading("reviews", odd)) is None


def test_a_median_over_rows_has_its_ranks_and_other_formulas_have_none() -> None:
    waits = [5.0, 9.0, 12.0, 30.0, 41.0, 44.0, 60.0, 75.0, 200.0, 900.0]
    made = posts(reach=waits)
    assert found("posts.reach.median", Spread.ROWS, made) == pytest.approx(
        amounts.quantile(np.array(waits), 0.5)
    )
    many = posts(reach=[float(n * n) for n in range(1, 29)])
    assert found("posts.reach.p90", Spread.ROWS, many) == pytest.approx(
        amounts.quantile(np.arange(1.0, 29.0) ** 2, 0.9)
    )
    assert found("posts.reach", Spread.ROWS, made) is None
    assert found("posts.reach / posts.count", Spread.ROWS, made) is None
    assert found("ads.spend / ads.leads", Spread.ROWS, ads(spend=[1.0], leads=[2.0])) is None


def test_rows_of_longer_spans_are_not_rows_of_their_own() -> None:
    lump = reading("ads", {**MONTH, "spend": [9.0], "leads": [3.0]}, currency="RUB")
    assert found("ads.spend / ads.leads", Spread.ROWS, lump) is None


# Periods.

MONTHS = [900.0, 1100.0, 1000.0, 1300.0, 1200.0, 1000.0, 800.0, 1000.0]


def views(months: Sequence[float]) -> Reading:
    """Views by day, the given sums of months up to November 2025."""
    ends = [NOVEMBER, *periods_before(NOVEMBER, YEAR)][: len(months)][::-1]
    when = [days(month.days, month.first.isoformat()) for month in ends]
    each = [total / len(month) for total, month in zip(months, when, strict=True) for _ in month]
    rows = {"date": [d for month in when for d in month], "views": each}
    return reading("account", rows, network="vk")


def test_a_total_is_as_sure_as_earlier_months_are_alike() -> None:
    earlier = np.log(MONTHS[:-1])
    sigma = float(np.abs(np.diff(earlier)).mean()) / 1.128
    low, high = found("account.views", Spread.PERIODS, views(MONTHS)) or (0, 0)
    assert math.log(1000 / low) == pytest.approx(1.440 * sigma, rel=0.001)  # t of six ranges
    assert math.log(high / 1000) == pytest.approx(1.440 * sigma, rel=0.001)


def test_six_earlier_months_are_needed() -> None:
    assert found("account.views", Spread.PERIODS, views(MONTHS[1:])) is not None
    assert found("account.views", Spread.PERIODS, views(MONTHS[2:])) is None
    assert found("account.views", Spread.PERIODS, views([*MONTHS[:4], 0.0, *MONTHS[5:]])) is None
    assert found("account.views", Spread.PERIODS, views([*MONTHS[:-1], 0.0])) is None


def test_what_may_fall_below_nothing_is_measured_as_it_is() -> None:
    low, high = found("account.views - 1000", Spread.PERIODS, views(MONTHS)) or (1, 1)
    sigma = float(np.abs(np.diff(MONTHS[:-1])).mean()) / 1.128
    assert (low, high) == pytest.approx((-1.440 * sigma, 1.440 * sigma), rel=0.001)


# No value, and whose method it is.


def test_an_unknown_value_has_no_interval() -> None:
    zero, numbers = told(RATE, Spread.POSTS, posts(reactions=[1.0], reach=[0.0]))
    assert zero.variant is not None
    assert interval_of(zero, numbers) is None
    assert pooled(zero, numbers) is None
    assert found(RATE, Spread.POSTS) is None


def test_a_variant_may_have_a_spread_of_its_own() -> None:
    one, numbers = told("posts.reach", Spread.COUNT, posts(reach=[5.0]))
    assert one.variant is not None
    plain = replace(one, variant=replace(one.variant, spread=None), kpi=replace(one.kpi, spread=Spread.EXACT))
    assert (spread_of(one), spread_of(plain)) == (Spread.COUNT, Spread.EXACT)
    assert interval_of(plain, numbers) == (5, 5)
    nothing, _ = told("posts.reach", Spread.COUNT)
    assert spread_of(nothing) is one.kpi.spread
