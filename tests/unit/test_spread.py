"""Which interval a value gets, and where none can be told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge import interval
from kpi.judge.spread import interval_of, spread_of
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value, value
from kpi.model.kpi import Spread
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING
from tests.made import reading

NOVEMBER = Period.month(2025, 11)


def told(id_: str, variant: str, *files: Reading) -> tuple[Value, Numbers]:
    kpi = kpis()[id_]
    numbers = Numbers(cube(assemble(files, (Owner(),)), [kpi]), (NOVEMBER,), EVERYTHING)
    return value(kpi, numbers, tuple(one for one in kpi.variants if one.id == variant)), numbers


def posts(**columns: list[float | None]) -> Reading:
    count = len(next(iter(columns.values())))
    rows = {"at": [f"2025-11-{1 + i:02d}T10:00:00" for i in range(count)], **columns}
    return reading("posts", rows, network="vk")


def ads(clicks: float, impressions: float) -> Reading:
    rows = {"starts": ["2025-11-05"], "link_clicks": [clicks], "impressions": [impressions]}
    return reading("ads", rows, network="vk")


def test_an_interval_over_posts_weighs_each_by_its_divisor_and_skips_what_has_none() -> None:
    acts, reach = [10.0, 0.0, 30.0, 40.0], [100.0, 200.0, 300.0, 400.0]
    found = interval_of(*told("reaction_rate", "by_reach", posts(reactions=acts, reach=reach)))
    logs = np.log((np.array(acts) + 0.5) / np.array(reach))
    assert found == pytest.approx(interval.posts(8.0, logs, np.array(reach), median=False))
    silent = posts(reactions=[*acts, 9.0, None], reach=[*reach, None, 500.0])
    assert interval_of(*told("reaction_rate", "by_reach", silent)) == pytest.approx(found)


def test_posts_of_impossible_reach_have_a_figure_but_no_interval() -> None:
    found, numbers = told("reaction_rate", "by_reach", posts(reactions=[3.0, 2.0], reach=[-50.0, -50.0]))
    assert found.now == -5
    assert interval_of(found, numbers) is None


def test_a_median_weighs_every_post_alike() -> None:
    reach = [100.0, 200.0, 300.0, 400.0, 900.0]
    found, numbers = told("reach_per_post", "median", posts(reach=reach))
    assert found.now == 300
    expected = interval.posts(300.0, np.log(np.array(reach) + 0.5), np.ones(5), median=True)
    assert interval_of(found, numbers) == pytest.approx(expected)


def test_a_share_of_people_has_wilson_s_interval_in_percent() -> None:
    found = interval_of(*told("ctr_ads", "link", ads(10, 100)))
    assert found == pytest.approx([100 * bound for bound in interval.share(10, 100)])


@pytest.mark.parametrize(("clicks", "impressions"), [(120, 100), (-5, 100), (5, -100)])
def test_what_is_no_share_has_no_interval(clicks: float, impressions: float) -> None:
    found, numbers = told("ctr_ads", "link", ads(clicks, impressions))
    assert found.now == pytest.approx(100 * clicks / impressions)
    assert interval_of(found, numbers) is None


def test_a_count_has_an_interval_unless_it_is_below_nothing() -> None:
    found, numbers = told("link_clicks", "posts", posts(link_clicks=[20.0]))
    assert interval_of(found, numbers) == interval.count(20)
    assert interval_of(replace(found, values=np.array([-1.0])), numbers) is None


def test_an_unknown_value_has_no_interval() -> None:
    zero, numbers = told("reaction_rate", "by_reach", posts(reactions=[1.0], reach=[0.0]))
    assert zero.variant is not None
    assert interval_of(zero, numbers) is None
    assert interval_of(*told("reaction_rate", "by_reach")) is None


def test_a_variant_may_have_a_spread_of_its_own() -> None:
    rows = {"date": ["2025-11-01", "2025-11-30"], "followers": [100, 120], "followers_lost": [5, 5]}
    account = reading("account", rows, network="vk")
    lost, numbers = told("audience_retention_rate", "lost", account)
    stay, _ = told("audience_retention_rate", "mean_stay", account)
    assert (spread_of(lost), spread_of(stay)) == (Spread.SHARE, Spread.NONE)
    assert interval_of(stay, numbers) is None
    assert spread_of(told("audience_retention_rate", "lost")[0]) is Spread.SHARE
