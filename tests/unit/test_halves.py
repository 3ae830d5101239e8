"""Telegram ads come as two files an ad: each day is one row, each ad counts once, two ads add up."""

from __future__ import annotations

import numpy as np

from kpi.facts.assemble import Facts, assemble
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

DAYS = ["2025-03-01", "2025-03-02", "2025-03-03"]


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(),))


def views(file: str, shown: list[float], days: list[str] = DAYS) -> Reading:
    rows = {"day": days, "impressions": shown, "link_clicks": [1.0] * len(days)}
    return reading("ads", rows, file=file, network="telegram", source="telegram_ads_views")


def budget(file: str, spend: list[float], days: list[str] = DAYS) -> Reading:
    rows = {"day": days, "spend": spend}
    return reading("ads", rows, file=file, network="telegram", source="telegram_ads_budget", currency="TON")


def told(found: Facts, name: str) -> list[float]:
    return sorted(found.daily["ads"].values[name].tolist())


def test_views_and_costs_of_a_day_are_one_row() -> None:
    found = facts(views("v.csv", [100.0, 200.0, 50.0]), budget("b.csv", [1.0, 2.5, 0.5]))
    assert len(found.daily["ads"]) == 3
    assert found.daily["ads"].values["spend"].tolist() == [1.0, 2.5, 0.5]
    assert found.daily["ads"].values["impressions"].tolist() == [100.0, 200.0, 50.0]
    assert set(found.daily["ads"].labels["currency"].words()) == {"TON"}


def test_two_ads_of_the_same_days_add_up() -> None:
    files = (
        views("v1.csv", [100.0, 200.0, 50.0]),
        budget("b1.csv", [1.0, 2.5, 0.5]),
        views("v2.csv", [10.0, 20.0, 5.0]),
        budget("b2.csv", [0.1, 0.2, 0.3]),
    )
    assert told(facts(*files), "spend") == [0.1, 0.2, 0.3, 0.5, 1.0, 2.5]
    assert told(facts(*files[::-1]), "impressions") == [5.0, 10.0, 20.0, 50.0, 100.0, 200.0]


def test_an_ad_exported_again_counts_once_with_its_further_days() -> None:
    found = facts(
        views("v.csv", [100.0, 200.0, 50.0]),
        budget("old.csv", [1.0, 2.0], DAYS[:2]),
        budget("new.csv", [1.0, 2.5, 0.5]),
    )
    assert told(found, "spend") == [0.5, 1.0, 2.5]


def test_costs_without_views_of_their_own_stay_costs() -> None:
    found = facts(
        views("v.csv", [100.0, 200.0, 50.0]),
        budget("b1.csv", [1.0, 2.5, 0.5]),
        budget("b2.csv", [7.0, 8.0, 9.0]),
    )
    assert told(found, "spend") == [0.5, 1.0, 2.5, 7.0, 8.0, 9.0]
    assert np.nansum(found.daily["ads"].values["impressions"]) == 350


def test_files_that_share_only_the_day_on_which_one_was_made_are_two_ads() -> None:
    found = facts(
        views("v.csv", [100.0, 200.0, 50.0]),
        budget("b1.csv", [1.0, 2.0], DAYS[:2]),
        budget("b2.csv", [2.5, 0.5], DAYS[1:]),
    )
    assert np.nansum(found.daily["ads"].values["spend"]) == 6
