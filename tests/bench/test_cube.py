"""Every KPI of a million posts, against one groupby-sum of pandas over the same columns: CPU in one run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from statistics import median

import numpy as np
import pandas as pd
import pytest

from kpi.catalog.loader import fields, kpis
from kpi.facts.assemble import Facts
from kpi.facts.frame import Floats, Frame, Labels, ordinal
from kpi.facts.posts import link_posts
from kpi.facts.spans import Span, tellers
from kpi.metrics.cubes import Cube, cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.field import Roll
from kpi.model.owner import Owner
from kpi.model.period import Period, months_of
from kpi.model.view import View
from tests.bench.test_speed import took

pytestmark = pytest.mark.bench
POSTS = 1_000_000
NETWORKS, ACCOUNTS = ("facebook", "instagram", "telegram", "vk", "youtube"), ("one", "two")
WHOLE = Period(date(2024, 1, 1), date(2025, 12, 31))
TIMES = 5
ALL_KPIS, REFILTERED = 3.0, 0.1


def columns(table: str) -> list[str]:
    return [f.column for f in fields().values() if f.table == table and f.roll is Roll.SUM]


def frame(table: str, day: np.ndarray, labels: Mapping[str, Labels], values: Mapping[str, Floats]) -> Frame:
    origin = np.zeros(len(day), np.int64)
    return Frame(table, day, day, labels, values, dict.fromkeys(values, origin), np.arange(len(day)))


def labels(count: int, **codes: np.ndarray) -> dict[str, Labels]:
    names = {
        "network": NETWORKS,
        "account": ACCOUNTS,
        "format": ("photo", "reel", "text"),
        "currency": ("RUB",),
    }
    return {name: Labels(codes[name].astype(np.int64), names[name]) for name in codes} | {
        "currency": Labels(np.zeros(count, np.int64), names["currency"])
    }


def invented() -> Facts:
    """Return a million posts of ten accounts, and the days of each."""
    dice = np.random.default_rng(7)
    first, days = ordinal(WHOLE.first), WHOLE.days
    daily: dict[str, Frame] = {}
    posts = {name: dice.poisson(40, POSTS).astype(float) for name in columns("posts")}
    posts["count"] = np.ones(POSTS)
    for name in ("reach", "views", "saves"):  # an export leaves cells blank
        posts[name][dice.random(POSTS) < 0.05] = np.nan
    posts["link_clicks"] *= dice.random(POSTS) < 0.2  # most posts have no link
    at = np.sort(dice.integers(first, first + days, POSTS))
    who = labels(
        POSTS,
        network=dice.integers(0, 5, POSTS),
        account=dice.integers(0, 2, POSTS),
        format=dice.integers(0, 3, POSTS),
    )
    daily["posts"] = frame("posts", at, who, posts)
    linked = link_posts(daily["posts"])
    assert linked is not None
    daily["link_posts"] = linked
    day = np.repeat(np.arange(first, first + days), 10)
    codes = np.tile(np.arange(10), days)
    whose = labels(len(day), network=codes // 2, account=codes % 2)
    levels = [f for f in fields().values() if f.table == "account" and f.roll in {Roll.SUM, Roll.LAST}]
    values = {f.column: dice.poisson(40, len(day)).astype(float) for f in levels}
    daily["account"] = frame("account", day, whose, values)
    spans = {
        table: tuple(Span(WHOLE, network, account) for network in NETWORKS for account in ACCOUNTS)
        for table in daily
    }
    return Facts(
        daily=daily,
        windows={},
        tables=(),
        spans=spans,
        tellers=tellers(daily.values()),
        owners=(Owner(margin_rate=40.0),),
    )


def computed(whole: Cube, views: list[View]) -> int:
    """Work out every KPI for 24 months in each view; return how many values there are."""
    periods = months_of(WHOLE)
    found = 0
    for view in views:
        numbers = Numbers(whole, periods, view)
        found += sum(int((~np.isnan(value(kpi, numbers).values)).sum()) for kpi in kpis().values())
    return found


def test_every_kpi_of_a_million_posts() -> None:
    facts = invented()
    posts = facts.daily["posts"]
    table = pd.DataFrame(dict(posts.values))
    stamps = pd.to_datetime(posts.day, unit="D")
    table["month"] = pd.Categorical(stamps.strftime("%Y-%m"))
    for name in ("network", "account"):
        label = posts.labels[name]
        table[name] = pd.Categorical.from_codes(label.codes, label.names)
    views = [View(network=network, account=account) for network in NETWORKS for account in ACCOUNTS]
    keys = ["month", "network", "account"]
    made = cube(facts, kpis().values())
    assert computed(made, views[:1]) > 0

    whole, filtered = [], []
    for _ in range(TIMES):
        base = took(lambda: table.groupby(keys, observed=True).sum())
        whole.append(took(lambda: computed(cube(facts, kpis().values()), views)) / base)
        filtered.append(took(lambda: computed(made, views[3:4])) / base)

    print(
        f"\n{len(kpis())} KPIs x 24 months x 5 networks x 2 accounts from {POSTS} posts: "
        f"{median(whole):.2f} x one pandas groupby-sum; another filter {median(filtered):.3f}"
    )
    assert median(whole) <= ALL_KPIS
    assert median(filtered) <= REFILTERED
