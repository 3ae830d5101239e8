"""Two periods taken together, to be set against the target of one."""

from __future__ import annotations

import numpy as np
import pytest

from kpi.judge import amounts, interval
from kpi.judge.spread import pooled
from kpi.metrics.numbers import Numbers
from kpi.model.kpi import Spread
from kpi.model.period import Period
from tests.made import reading
from tests.unit.test_spread import MONTHS, NOVEMBER, account, ads, days, posts, told, views


def october_and_november(october: float, november: float) -> list[float]:
    return [october, *[0.0] * 30, november, *[0.0] * 29]


def test_a_total_is_the_mean_of_two_months_by_the_events_of_both() -> None:
    made = ads("2025-10-01", leads=october_and_november(30.0, 20.0))
    value, bounds = pooled(*told("ads.leads", Spread.COUNT, made)) or (0, (0, 0))
    assert value == 25
    assert bounds == pytest.approx([end / 2 for end in interval.count(50)])


def test_a_rate_is_the_rate_of_both_months_over_all_posts() -> None:
    acts, reach = np.arange(20.0, 81.0), np.linspace(400.0, 900.0, 61)
    rows = {"at": [f"{d}T10:00:00" for d in days(61, "2025-10-01")], "reactions": acts, "reach": reach}
    made = reading("posts", rows, network="vk")
    rate = 100 * acts.sum() / reach.sum()
    expected = interval.posts(rate, np.log((acts + 0.5) / reach), reach, median=False)
    found = pooled(*told("100 * posts.reactions / posts.reach", Spread.POSTS, made))
    assert found == (pytest.approx(rate), pytest.approx(expected))


def test_followers_at_the_start_of_each_month_are_the_whole_of_a_loss() -> None:
    made = account(
        "2025-09-30",
        followers=[1000.0] * 31 + [1000.0] + [1020.0] * 30,
        followers_lost=[0.0, *october_and_november(40.0, 20.0)],
    )
    stay = "100 - 100 * account.followers_lost / account.followers.start"
    value, bounds = pooled(*told(stay, Spread.SHARE, made)) or (0, (0, 0))
    assert value == pytest.approx(97.0)
    low, high = interval.share(1940, 2000)
    assert bounds == pytest.approx((100 * low, 100 * high))


def test_by_earlier_months_the_mean_of_two_is_surer() -> None:
    made = views([1000.0, *MONTHS])
    value, bounds = pooled(*told("account.views", Spread.PERIODS, made)) or (0, (0, 0))
    assert value == pytest.approx((1000 + 800) / 2)
    earlier = np.array([1000.0, *MONTHS[:-2]])
    assert bounds == pytest.approx(amounts.ranges(900.0, earlier, periods=2, logs=True))
    assert pooled(*told("account.views", Spread.PERIODS, views(MONTHS))) is not None
    assert pooled(*told("account.views", Spread.PERIODS, views(MONTHS[1:]))) is None


def test_the_month_before_must_be_told_whole() -> None:
    part = ads("2025-10-03", leads=october_and_november(30.0, 20.0)[2:])
    assert pooled(*told("ads.leads", Spread.COUNT, part)) is None
    assert pooled(*told("ads.leads", Spread.COUNT, ads(leads=[20.0] * 30))) is None


def test_without_another_period_or_an_interval_nothing_is_pooled() -> None:
    made = ads("2025-10-01", leads=october_and_november(30.0, 20.0))
    one, numbers = told("ads.leads", Spread.COUNT, made)
    alone = Numbers(numbers.cube, numbers.periods[:1], numbers.view)
    assert pooled(one, alone) is None
    assert pooled(*told("ads.leads", Spread.NONE, made)) is None
    assert pooled(*told("posts.reach", Spread.COUNT, posts(reactions=[5.0]))) is None


def test_people_of_two_months_are_not_told() -> None:
    months = [Period.month(2025, 10), NOVEMBER]
    rows = {
        "starts": [month.first.isoformat() for month in months],
        "ends": [month.last.isoformat() for month in months],
        "reach": [900.0, 800.0],
    }
    one, numbers = told("account.reach", Spread.COUNT, reading("account", rows, network="vk"))
    assert one.values[:2].tolist() == [800, 900]
    assert pooled(one, numbers) is None
