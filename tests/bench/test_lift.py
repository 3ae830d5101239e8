"""How often the lift of posts is told where there is none, and whether its interval holds what it says."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from kpi.facts.assemble import assemble
from kpi.insight.lift import Lift, lift
from kpi.model.owner import Owner
from kpi.model.period import Period
from tests.made import reading

pytestmark = pytest.mark.bench

FIRST = date(2025, 1, 6)
MONTH = Period(date(2025, 3, 3), date(2025, 3, 30))
WEEK = np.array([0.95, 0.9, 0.95, 1, 1.1, 1.15, 0.95])
RUNS = 200


def year(
    chance: np.random.Generator, posts: float, effect: float, growth: float
) -> tuple[Lift | None, float]:
    """The lift of a month of a shop with eight orders a day, and what was planted in it."""
    days = np.arange(84)
    posted = chance.random(84) < posts / 7
    busy = posted | np.r_[False, posted[:-1]]
    usual = 8 * WEEK[days % 7] * (1 + growth * (days - 42) / 84)
    count = chance.poisson((usual + 8 * effect * busy) * chance.gamma(20, 1 / 20, 84))
    told = [(FIRST + timedelta(days=int(n))).isoformat() for n in days]
    window = Period(FIRST, FIRST + timedelta(days=83))
    orders = reading(
        "orders", {"at": told, "count": count, "amount": 9.0 * count}, file="t.csv", window=window
    )
    at = [f"{day}T09:00:00" for day, one in zip(told, posted, strict=True) if one]
    wall = reading("posts", {"at": at, "reach": [5] * len(at)}, network="vk")
    found = lift(assemble([orders, wall], [Owner(currency="EUR")]), MONTH)
    return (found if isinstance(found, Lift) else None), 8 * effect * float(busy[56:].sum())


@pytest.mark.parametrize(
    ("posts", "effect", "growth"),
    [(1.5, 0, 0), (2.5, 0, 0), (3.5, 0, 0), (2.5, 0, 0.3), (2.5, 0, -0.3), (3.5, 0.3, 0)],
)
def test_the_interval_holds_what_was_planted(posts: float, effect: float, growth: float) -> None:
    chance = np.random.default_rng(3)
    found = [year(chance, posts, effect, growth) for _ in range(RUNS)]
    told = [(one, planted) for one, planted in found if one is not None]
    held = np.mean([one.of_orders[0] <= planted <= one.of_orders[1] for one, planted in told])
    above = np.mean([one.of_orders[0] > 0 for one, _ in told])
    print(
        f"{posts} a week, {effect:+.0%}, growth {growth:+.0%}: told {len(told) / RUNS:.0%}, "
        f"held {held:.0%}, above nothing {above:.0%}"
    )
    assert held == pytest.approx(0.8, abs=0.09)
    assert above > 0.45 if effect else above < 0.18
    assert len(told) > 0.7 * RUNS
