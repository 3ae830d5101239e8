"""How often each detector speaks of a month in which nothing happened, and of one in which something did."""

from __future__ import annotations

import sys
from collections import Counter

import numpy as np
import pytest

from kpi.insight.remarks.found import remarks
from tests.unit.test_remarks import YEAR, ads, followers, messages, orders, posts, reviews, scene

YEARS = 120
FALSE = 0.05
SHOWN = {"one_network", "target_unreachable", "target_due", "data_gap", "revised_figures"}  # facts, no tests


@pytest.mark.bench
def test_a_detector_seldom_speaks_of_a_year_in_which_nothing_happens() -> None:
    spoke: Counter[str] = Counter()
    for seed in range(YEARS):
        luck = np.random.default_rng(seed)
        spoke.update({one.key for one in remarks(year(luck))})
    for key, times in sorted(spoke.items()):
        sys.stdout.write(f"{key:24} {times / YEARS:6.1%}\n")
    room = 2 * (FALSE * (1 - FALSE) / YEARS) ** 0.5
    assert {
        key: times for key, times in spoke.items() if key not in SHOWN and times / YEARS > FALSE + room
    } == {}


def year(luck: np.random.Generator):  # noqa: ANN201  a scene
    """A year of pure chance: posts as unlike as real ones, orders, leads, followers as counts."""
    days = sorted(luck.choice(len(YEAR), 180, replace=False))
    reach = dict(zip(days, np.exp(luck.normal(7, 0.6, len(days))), strict=True))
    rate = dict(zip(days, np.exp(luck.normal(-3, 0.3, len(days))), strict=True))
    place = {YEAR[day]: day for day in days}
    return scene(
        posts(
            [YEAR[day] for day in days],
            reach=lambda day: round(reach[place[day]]),
            reactions=lambda day: int(luck.poisson(reach[place[day]] * rate[place[day]])),
            format=lambda _: str(luck.choice(["image", "reel", "link"])),
            negative=lambda day: int(luck.poisson(reach[place[day]] * 0.002)),
            reach_paid=lambda day: round(reach[place[day]] * luck.uniform(0, 0.4)),
        ),
        orders(
            lambda _: int(luck.poisson(2)),
            lambda _: float(np.exp(luck.normal(4, 0.5))),
            refund=lambda _: float(luck.choice([0, 20], p=[0.93, 0.07])),
            source=lambda _: str(luck.choice(["vk", "facebook"])),
        ),
        ads(
            leads=lambda *_: int(luck.poisson(0.8)),
            link_clicks=lambda *_: int(luck.poisson(20)),
            impressions=lambda *_: int(luck.normal(1000, 60)),
        ),
        followers(
            followers_new=lambda _: int(luck.poisson(6)),
            followers_lost=lambda _: int(luck.poisson(3)),
            reach=lambda _: int(500 * np.exp(luck.normal(0, 0.2))),
        ),
        messages(lambda _: bool(luck.random() < 0.85)),
        reviews(lambda _: int(luck.choice([3, 4, 5], p=[0.1, 0.3, 0.6]))),
    )
