"""A verdict beside benchmarks: which one fits, where the value stands, and why the others are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpi.catalog.loader import kpis
from kpi.judge.benchmark import compared
from kpi.model.benchmark import Basis, Benchmark, Comparison, Confidence, Position
from kpi.model.period import Period
from kpi.model.verdict import Status, Verdict

ROW = Benchmark(
    kpi="engagement_rate",
    variant="by_followers",
    network="instagram",
    unit="percent",
    tier="1000-5000",
    median=2.0,
    year=2025,
    source="S",
    url="https://example.org",
    confidence=Confidence.HIGH,
)


def verdict(
    value: float | None = 3.0,
    kpi: str = "engagement_rate",
    variant: str = "by_followers",
    period: Period | None = None,
    **known: Any,
) -> Verdict:
    whole = kpis()[kpi]
    way = next(one for one in whole.variants if one.id == variant)
    return Verdict(
        kpi=whole,
        variant=way,
        value=value,
        unit=way.unit or whole.unit,
        better=whole.better,
        status=Status.GREY,
        series=((period or Period.month(2025, 9), value),),
        **known,
    )


def beside(*rows: Benchmark, of: Verdict | None = None, **known: Any) -> Comparison:
    asked = {"networks": {"instagram"}, "followers": 3000.0, "trade": None} | known
    return compared(of or verdict(), benchmarks=rows, **asked)


def why(found: Comparison) -> list[tuple[str, int]]:
    return [(one.reason.key.removeprefix("benchmark."), one.rows) for one in found.refused]


@pytest.mark.parametrize(
    ("value", "position"),
    [(0.9, Position.BELOW), (1.0, Position.BETWEEN), (4.0, Position.BETWEEN), (4.1, Position.ABOVE)],
)
def test_a_value_stands_below_within_or_above_the_published_quartiles(
    value: float, position: Position
) -> None:
    found = beside(replace(ROW, p25=1.0, p75=4.0), of=verdict(value))
    assert (found.low, found.middle, found.high, found.derived) == (1.0, 2.0, 4.0, False)
    assert found.position is position


def test_around_a_median_alone_the_band_is_estimated_and_says_so() -> None:
    found = beside(ROW)
    assert (found.low, found.high, found.derived) == (0.8, 5.0, True)
    assert found.position is Position.BETWEEN


@pytest.mark.parametrize(
    "row",
    [
        replace(ROW, basis=Basis.MEAN),
        replace(ROW, median=60.0),  # 150 % would be the upper end
        replace(ROW, median=-1.26),
    ],
)
def test_no_band_is_estimated_around_a_mean_a_loss_or_a_share_that_would_pass_the_whole(
    row: Benchmark,
) -> None:
    found = beside(row, of=verdict(row.median))
    assert (found.low, found.middle, found.high, found.derived) == (None, row.median, None, False)
    assert found.position is Position.EQUAL
    assert beside(row, of=verdict(-9.0)).position is Position.UNDER
    assert beside(row, of=verdict(99.0)).position is Position.OVER


def test_quartiles_without_a_median_are_compared_and_no_median_is_made_up() -> None:
    found = beside(replace(ROW, p25=1.0, median=None, p75=2.0))
    assert (found.low, found.middle, found.high) == (1.0, None, 2.0)
    assert found.position is Position.ABOVE


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"variant": ""}, "untold"),
        ({"variant": "by_reach"}, "another_way"),
        ({"network": "facebook"}, "another_network"),
        ({"network": "facebook_ads"}, "another_network"),
        ({"format": "reels"}, "one_format"),
        ({"tier": ""}, "size_untold"),
        ({"tier": "5000-10000"}, "another_size"),
        ({"tier": "0-3000"}, "another_size"),
        ({"tier": "3001-"}, "another_size"),
        ({"industry": "retail"}, "another_trade"),
        ({"per": "week"}, "another_span"),
        ({"per": "two months"}, "another_span"),
        ({"unit": "times"}, "another_unit"),
        ({"basis": Basis.TOP}, "no_middle"),
        ({"median": None}, "no_middle"),
        ({"median": None, "p25": 1.0}, "no_middle"),
        ({"year": 2019}, "old"),
        ({"year": None}, "old"),
        ({"confidence": Confidence.LOW}, "low"),
    ],
)
def test_a_benchmark_of_another_kind_is_refused_with_its_reason(changes: dict[str, Any], reason: str) -> None:
    other = replace(ROW, **changes)
    assert why(beside(other)) == [(reason, 1)]
    assert beside(other).benchmark is None
    both = beside(other, ROW)
    assert both.benchmark == ROW
    assert why(both) == [(reason, 1)]


def test_a_benchmark_of_another_kpi_is_not_even_named() -> None:
    assert beside(replace(ROW, kpi="reach_rate")) == Comparison()
    assert beside(replace(ROW, kpi="reach_rate"), ROW).refused == ()


def test_the_size_of_the_account_decides_and_each_end_belongs_to_one_tier() -> None:
    lower, upper = replace(ROW, tier="1000-5000"), replace(ROW, tier="5000-10000")
    assert beside(lower, upper, followers=1000.0).benchmark == lower
    assert beside(lower, upper, followers=5000.0).benchmark == upper
    assert why(beside(lower, upper, followers=None)) == [("no_followers", 2)]
    assert beside(replace(ROW, tier="all"), followers=None).benchmark is not None


def test_what_refuses_names_the_others_and_yours() -> None:
    found = beside(
        replace(ROW, variant="by_views"), replace(ROW, variant="by_reach"), replace(ROW, network="x")
    )
    way, network = found.refused
    assert (way.rows, way.reason.facts["found"], way.reason.facts["yours"]) == (
        2,
        ("by_reach", "by_views"),
        ("by_followers",),
    )
    assert (network.reason.facts["found"], network.reason.facts["yours"]) == (("x",), ("instagram",))


def test_figures_of_several_networks_or_of_none_are_not_compared() -> None:
    assert why(beside(ROW, networks={"instagram", "tiktok"})) == [("several_networks", 1)]
    assert why(beside(ROW, networks={"instagram", ""})) == [("several_networks", 1)]
    assert why(beside(ROW, networks=set())) == [("no_network", 1)]
    assert why(beside(ROW, networks={""})) == [("no_network", 1)]


def test_where_a_verdict_speaks_of_some_networks_only_these_count() -> None:
    one = verdict(networks=frozenset({"instagram"}))
    assert beside(ROW, of=one, networks={"instagram", "telegram"}).benchmark == ROW


@pytest.mark.parametrize(
    ("networks", "panel", "fits"),
    [
        ({"meta_ads"}, "facebook_ads", True),
        ({"meta_ads"}, "meta_ads", True),
        ({"facebook", "instagram"}, "meta_ads", True),
        ({"facebook", "instagram"}, "facebook_ads", False),
        ({"tiktok"}, "tiktok_ads", True),
        ({"google_ads"}, "google_ads_search", False),  # search and all other campaigns together
        ({"vk"}, "meta_ads", False),
    ],
)
def test_ads_are_compared_with_the_panel_of_their_cabinet(
    networks: set[str], panel: str, *, fits: bool
) -> None:
    row = replace(
        ROW, kpi="cpl", variant="paid", unit="money", currency="USD", network=panel, tier="all", median=20.0
    )
    found = beside(row, of=verdict(30.0, "cpl", "paid", currency="USD"), networks=networks, followers=None)
    assert (found.benchmark == row) is fits


@pytest.mark.parametrize("currency", ["RUB", None])
def test_dollars_are_never_compared_with_another_currency(currency: str | None) -> None:
    row = replace(
        ROW, kpi="cpl", variant="paid", unit="money", currency="USD", network="meta_ads", tier="all"
    )
    found = beside(row, of=verdict(300.0, "cpl", "paid", currency=currency), networks={"meta_ads"})
    assert why(found) == [("another_currency", 1)]
    assert found.refused[0].reason.facts == {"found": ("USD",), "yours": (currency,) if currency else ()}


@pytest.mark.parametrize(
    ("per", "period"),
    [
        ("month", Period.month(2025, 9)),
        ("week", Period(date(2025, 9, 1), date(2025, 9, 7))),
        ("year", Period(date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_what_grows_with_time_is_compared_over_the_same_time_only(per: str, period: Period) -> None:
    row = replace(ROW, kpi="follower_growth_rate", variant="end_to_start", per=per)
    lengths = (Period.month(2025, 9), Period(date(2025, 9, 1), date(2025, 9, 7)))
    for looked_at in (*lengths, Period(date(2025, 1, 1), date(2025, 12, 31))):
        one = verdict(2.0, "follower_growth_rate", "end_to_start", looked_at)
        assert (beside(row, of=one).benchmark == row) is (looked_at == period)
    untold = replace(verdict(2.0, "follower_growth_rate", "end_to_start"), series=())
    assert why(beside(row, of=untold)) == [("another_span", 1)]


def test_the_trade_of_the_owner_goes_before_all_trades_and_a_bounded_size_before_both() -> None:
    food = replace(ROW, industry="food_beverage", tier="1000-")
    anybody = replace(ROW, tier="1000-")
    sized = replace(ROW, tier="1000-10000")
    narrow = replace(ROW, tier="2000-4000")
    assert beside(anybody, food, trade="coffee_shop").benchmark == food
    assert beside(anybody, food, trade="beauty_salon").benchmark == anybody
    assert beside(anybody, food, sized, trade="coffee_shop").benchmark == sized
    assert beside(sized, narrow).benchmark == narrow
    nearer = replace(food, industry="restaurants_food")
    assert beside(food, nearer, trade="coffee_shop").benchmark == nearer


def test_among_equals_quartiles_longer_periods_newer_years_and_surer_figures_come_first() -> None:
    worse = [
        replace(ROW, basis=Basis.MEAN),
        replace(ROW, period="2025-01"),
        replace(ROW, year=2024),
        replace(ROW, confidence=Confidence.MEDIUM),
    ]
    for row in worse:
        assert beside(row, ROW).benchmark == ROW
    full = replace(ROW, p25=1.0, p75=3.0, year=2022)
    found = beside(ROW, full)
    assert found.benchmark == full
    assert why(found) == [("less_close", 1)]


def test_low_confidence_is_shown_only_when_asked_for() -> None:
    doubtful = replace(ROW, confidence=Confidence.LOW)
    assert beside(doubtful, show_low=True).benchmark == doubtful
    assert beside(doubtful, ROW, show_low=True).benchmark == ROW


def test_the_owners_own_goes_before_ours_and_does_not_age() -> None:
    own = replace(ROW, tier="all", confidence=Confidence.OWN, year=2015, median=1.0)
    assert beside(ROW, own).benchmark == own


def test_without_a_value_there_is_nothing_to_compare() -> None:
    assert why(beside(ROW, of=verdict(None))) == [("no_value", 1)]
    assert why(beside(ROW, of=replace(verdict(), variant=None))) == [("no_value", 1)]
