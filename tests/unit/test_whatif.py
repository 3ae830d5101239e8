"""What if: levers carried to profit, by elasticities of the owner's own where weeks tell them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.facts.assemble import assemble
from kpi.insight.whatif import Elasticity, Figure, Lever, Scene, elasticity, outcome, scene
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.report import whatif as words
from tests.made import reading

MARCH = Period.month(2025, 3)
NOW = {
    Lever.POSTS: 4.0,
    Lever.BUDGET: 300.0,
    Lever.CLICK_RATE: 2.0,
    Lever.CONVERSION: 5.0,
    Lever.ORDER_VALUE: 70.0,
}
ROOM = st.floats(0.01, 1e6)
BIT = st.floats(-2, 3)


def made(*, clicks: tuple[float, float] | None = (200.0, 100.0), **more: object) -> Scene:
    figures = {
        Figure.REACH: 10_000.0,
        Figure.CLICKS: 300.0,
        Figure.ORDERS: 15.0,
        Figure.REVENUE: 1050.0,
        Figure.PROFIT: 25.0,
    }
    return Scene(
        period=MARCH,
        currency="RUB",
        levers=NOW,
        out={},
        figures=figures,
        clicks=clicks,
        margin=525.0,
        **more,  # type: ignore[arg-type]
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(ROOM, ROOM, ROOM, ROOM), BIT, BIT, st.sampled_from([True, False]))
def test_levers_at_their_places_give_exactly_the_figures(
    sizes: tuple[float, float, float, float], one: float, other: float, mixed: object
) -> None:
    posts, budget, mine, bought = sizes
    at = Scene(
        period=MARCH,
        currency=None,
        levers={Lever.POSTS: posts, Lever.BUDGET: budget},
        out={},
        figures={Figure.REACH: posts * 7, Figure.ORDERS: mine / 3, Figure.PROFIT: bought - budget},
        of_posts=Elasticity(value=one, low=one - 1, high=one + 1, weeks=20),
        of_budget=Elasticity(value=other, low=other - 1, high=other + 1, weeks=20),
        clicks=None if mixed else (mine, bought),
        mixed=bool(mixed),
        margin=mine,
    )
    for figure, found in outcome(at, at.levers).items():
        assert found.value == found.low == found.high == at.figures[figure]


def test_levers_are_carried_as_the_identity_says() -> None:
    chosen = dict(zip(Lever, (6.0, 600.0, 3.0, 4.0, 80.0), strict=True))
    found = outcome(made(of_budget=Elasticity(value=0.5, low=0.5, high=0.5, weeks=15)), chosen)
    reach = 10_000 * 6 / 4
    clicks = reach * (200 / 10_000) * (3 / 2) + 100 * 2**0.5
    orders = clicks * 0.05 * (4 / 5)
    revenue = orders * 80
    assert found[Figure.REACH].value == pytest.approx(reach)
    assert found[Figure.CLICKS].value == pytest.approx(clicks)
    assert found[Figure.ORDERS].value == pytest.approx(orders)
    assert found[Figure.REVENUE].value == pytest.approx(revenue)
    assert found[Figure.PROFIT].value == pytest.approx(revenue * 0.5 - 600 - 200)


def test_the_interval_of_an_elasticity_is_carried_to_the_profit() -> None:
    own = Elasticity(value=0.8, low=0.4, high=1.2, weeks=30)
    found = outcome(made(of_posts=own), {Lever.POSTS: 8.0})
    assert found[Figure.REACH].low == pytest.approx(10_000 * 2**0.4)
    assert found[Figure.REACH].high == pytest.approx(10_000 * 2**1.2)
    assert found[Figure.PROFIT].low < (found[Figure.PROFIT].value or 0) < found[Figure.PROFIT].high
    nothing = outcome(made(of_posts=own), {Lever.POSTS: 0.0, Lever.BUDGET: 0.0})
    assert nothing[Figure.ORDERS].value == 0
    assert nothing[Figure.PROFIT].value == pytest.approx(25 - 525 + 300)


def test_where_ads_may_have_brought_the_orders_only_a_range_is_told() -> None:
    found = outcome(made(clicks=None, mixed=True), {Lever.POSTS: 8.0})
    orders = found[Figure.ORDERS]
    assert (orders.value, orders.low, orders.high) == (None, 15, 30)
    assert found[Figure.REACH].value == 20_000
    table = words.rows(made(clicks=None, mixed=True), found, "en")
    assert table["Then"][2] == "from 15 to 30"
    assert table["Change"][2] == ""


def test_an_elasticity_is_that_of_least_squares() -> None:
    chance = np.random.default_rng(7)
    cause = np.exp(chance.normal(2, 0.4, 40))
    effect = 50 * cause**0.6 * np.exp(chance.normal(0, 0.2, 40))
    cause[3], effect[5] = np.nan, 0.0
    told = elasticity(cause, effect)
    assert told is not None
    keep = [at for at in range(1, 40) if not {at, at - 1} & {3, 5}]
    moved = [[np.log(row[at] / row[at - 1]) for at in keep] for row in (cause, effect)]
    (slope, _), covariance = np.polyfit(*moved, 1, cov=True)
    assert told.value == pytest.approx(slope)
    assert (told.high - told.low) / 2 == pytest.approx(1.306 * covariance[0, 0] ** 0.5, rel=1e-2)
    assert told.weeks == len(keep)
    assert elasticity(cause[:11], effect[:11]) is None
    assert elasticity(np.full(40, 3.0), effect) is None
    both = np.exp(0.05 * np.arange(40))  # two things that grow together need not move each other
    apart = elasticity(both * np.exp(chance.normal(0, 0.2, 40)), both * np.exp(chance.normal(0, 0.2, 40)))
    assert apart is None or apart.low < 0.3
    assert elasticity(np.exp(chance.normal(2, 0.06, 14)), np.exp(chance.normal(0, 2.0, 14))) is None


def test_a_scene_is_read_off_the_files_and_says_what_is_missing() -> None:
    days = [date(2024, 12, 30) + timedelta(days=n) for n in range(91)]
    every = [day for day in days for _ in range(1 + (day.toordinal() // 7) % 3)]
    posts = reading(
        "posts",
        {
            "at": [f"{day}T09:00:00" for day in every],
            "reach": [100] * len(every),
            "link_clicks": [2] * len(every),
        },
        network="vk",
    )
    sales = reading(
        "orders",
        {"at": ["2025-03-05T12:00:00"] * 4, "id": list("abcd"), "source": ["vk"] * 4, "amount": [50.0] * 4},
        file="till.csv",
    )
    told = scene(
        assemble([posts, sales], (Owner(currency="RUB"),)), Period(date(2025, 3, 3), date(2025, 3, 30))
    )
    count = sum(day >= date(2025, 3, 3) for day in every)
    assert told.levers[Lever.POSTS] == count / 4
    assert told.levers[Lever.CLICK_RATE] == pytest.approx(2)
    assert told.levers[Lever.CONVERSION] == pytest.approx(100 * 4 / (2 * count))
    assert told.levers[Lever.ORDER_VALUE] == 50
    assert set(told.out) == {Lever.BUDGET}
    assert Figure.PROFIT not in told.figures
    assert told.of_posts.weeks == 12
    assert told.of_posts.value == pytest.approx(1)
    assert outcome(told, told.levers)[Figure.ORDERS].value == 4
    assert words.place(Lever.POSTS, told.levers[Lever.POSTS] + 2, told, "en").endswith("(+2)")
    assert told.levers[Lever.ORDER_VALUE] in words.places(Lever.ORDER_VALUE, 50.0)
    assert words.grounds(told, "en")[0].startswith("By 12 weeks of your own")
