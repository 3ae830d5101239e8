"""Levels, unique people and medians: what one account's rows tell of a period."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kpi.facts.assemble import assemble
from kpi.facts.frame import ordinal
from kpi.metrics.levels import (
    Track,
    added_levels,
    different,
    level,
    one_each,
    over_rows,
    parted,
    tracks,
    unique,
    uniques,
)
from kpi.model.owner import Owner
from kpi.model.period import Period
from tests.made import reading

NOVEMBER = Period.month(2025, 11)
OCTOBER = Period.month(2025, 10)


def track(*told: tuple[str, float], until: str | None = None) -> Track:
    days = np.array([ordinal(date.fromisoformat(day)) for day, _ in told], np.int64)
    last = days if until is None else np.full(len(days), ordinal(date.fromisoformat(until)))
    return Track(("vk", "cafe", ""), days, last, np.array([value for _, value in told], float))


def test_a_level_starts_at_the_last_count_before_and_ends_at_the_last_inside() -> None:
    cafe = track(("2025-10-28", 90), ("2025-11-02", 100), ("2025-11-20", 130))
    assert level(cafe, "start", NOVEMBER) == 90
    assert level(cafe, "end", NOVEMBER) == 130
    assert level(cafe, "mean", NOVEMBER) == 115


def test_a_count_older_than_a_week_is_no_start() -> None:
    cafe = track(("2025-10-24", 90), ("2025-11-02", 100), ("2025-11-20", 130))
    assert level(cafe, "start", NOVEMBER) == 100


def test_one_count_has_an_end_but_no_start() -> None:
    cafe = track(("2025-11-20", 130))
    assert level(cafe, "end", NOVEMBER) == 130
    assert np.isnan(level(cafe, "start", NOVEMBER))


@pytest.mark.parametrize("roll", ["start", "end", "mean"])
def test_a_period_without_a_count_has_no_level(roll: str) -> None:
    assert np.isnan(level(track(("2025-10-31", 90)), roll, NOVEMBER))


def test_levels_add_only_where_every_account_is_told() -> None:
    cafe = track(("2025-10-20", 80), ("2025-11-20", 130))
    shop = track(("2025-11-25", 70))
    found = added_levels([cafe, shop], "end", (NOVEMBER, OCTOBER))
    assert found[0] == 200
    assert np.isnan(found[1])
    assert np.isnan(added_levels([], "end", (NOVEMBER, OCTOBER))).all()


def test_unique_people_are_told_of_exactly_the_stated_days_and_of_one_account() -> None:
    month = track(("2025-11-01", 500), until="2025-11-30")
    assert unique(month, NOVEMBER) == 500
    assert np.isnan(unique(month, Period(date(2025, 11, 1), date(2025, 11, 29))))
    assert uniques([month], (NOVEMBER,)).tolist() == [500]
    assert np.isnan(uniques([month, month], (NOVEMBER,))).all()
    assert np.isnan(uniques([], (NOVEMBER,))).all()


def test_a_median_runs_over_the_rows_of_all_accounts() -> None:
    cafe = track(("2025-11-02", 10), ("2025-11-03", 30), ("2025-12-01", 999))
    shop = track(("2025-11-04", 20), ("2025-11-05", 50), ("2025-11-06", 40))
    assert over_rows([cafe], "median", NOVEMBER) == 20
    assert over_rows([cafe], "median", NOVEMBER) == 20, "the second time from memory"
    assert over_rows([cafe, shop], "median", NOVEMBER) == 30
    assert over_rows([cafe, shop], "p90", NOVEMBER) == pytest.approx(46)
    assert np.isnan(over_rows([cafe], "median", OCTOBER))
    assert np.isnan(over_rows([], "p90", NOVEMBER))


def test_different_values_are_counted_by_how_often_they_come() -> None:
    buyers = track(("2025-11-02", 1), ("2025-11-03", 2), ("2025-11-04", 1), ("2025-12-04", 2))
    assert different([buyers], 1, NOVEMBER) == 2
    assert different([buyers], 2, NOVEMBER) == 1
    assert np.isnan(different([buyers], 1, OCTOBER))


def test_a_column_is_parted_by_network_account_and_currency() -> None:
    rows = {
        "date": ["2025-11-01", "2025-11-02", "2025-11-01"],
        "account": ["shop", "shop", "cafe"],
        "followers": [10, None, 30],
    }
    frame = assemble([reading("account", rows, network="vk")], (Owner(),)).daily["account"]
    found = {one.segment: one.value.tolist() for one in tracks(frame, "followers", parted(frame))}
    assert found == {("vk", "shop", ""): [10], ("vk", "cafe", ""): [30]}
    assert tracks(frame, "rating", parted(frame)) == ()


def test_each_competitor_has_a_level_of_its_own() -> None:
    rows = {
        "starts": ["2025-11-03", "2025-11-04", "2025-11-20"],
        "name": ["A", "B", "A"],
        "followers": [100, 2000, 130],
    }
    facts = assemble([reading("competitors", rows)], (Owner(),))
    (frame,) = facts.windows["competitors"]
    assert added_levels(tracks(frame, "followers", parted(frame)), "end", (NOVEMBER,))[0] == 2130


def test_people_of_several_campaigns_are_nobody_s_number() -> None:
    rows = {
        "starts": ["2025-11-01"] * 2,
        "ends": ["2025-11-30"] * 2,
        "campaign": ["a", "b"],
        "reach": [500, 900],
    }
    facts = assemble([reading("ads", rows, network="vk")], (Owner(),))
    (frame,) = facts.windows["ads"]
    assert np.isnan(unique(tracks(frame, "reach", parted(frame))[0], NOVEMBER))


def test_the_typical_order_is_one_of_those_that_count() -> None:
    rows = {
        "at": [f"2025-11-0{day}T10:00:00" for day in range(1, 6)],
        "id": ["a", "b", "c", "d", "e"],
        "amount": [100, 900, 300, 800, 700],
        "source": ["vk", "shop", "vk", "shop", "shop"],
    }
    facts = assemble([reading("orders", rows)], (Owner(),))
    (lone,) = one_each([facts.daily["social_orders"]])
    traced = tracks(lone, "revenue", parted(lone))
    assert over_rows(traced, "median", NOVEMBER) == 200


def test_rows_that_stand_for_several_orders_have_no_typical_one() -> None:
    rows = {"at": ["2025-11-01T10:00:00", "2025-11-02T10:00:00"], "count": [1, 12], "amount": [100, 9000]}
    facts = assemble([reading("orders", rows)], (Owner(),))
    assert one_each([facts.daily["orders"]]) == []


def test_lines_of_services_without_a_number_are_no_orders_and_have_no_typical_one() -> None:
    lines = reading(
        "orders",
        {
            "at": [f"2025-11-0{day}T00:00:00" for day in range(1, 6)],
            "amount": [5.0, 7.0, 9.0, 3.0, 2.0],
            "item": ["Cut", "Cut", "Dye", "Nails", "Cut"],
            "source": ["vk", "Site", "", "vk", ""],
        },
    )
    daily = assemble((lines,), (Owner(),)).daily
    for table in ("orders", "social_orders"):
        assert [len(frame) for frame in one_each([daily[table]])] == [0]
