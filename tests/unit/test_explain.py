"""What the command line says of why KPIs moved."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from kpi.cli.explain import explanation
from kpi.judge.board import board
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.target import Target
from kpi.model.view import EVERYTHING
from tests.judged import judge, posts


def said(*files: Reading, targets: Sequence[Target] = ()) -> dict[str, list[dict[str, object]]]:
    whole = judge(*files).cube
    found = board(whole, ("awareness",), Period.month(2025, 11), EVERYTHING, targets)
    return json.loads(json.dumps(explanation(found, whole, targets, "en"), allow_nan=False))  # type: ignore[no-any-return]


def test_every_kpi_that_moved_has_factors_whose_shares_add_up_to_one() -> None:
    found = said(posts([1] * 10, month=10), posts([1] * 8, reach=500))
    assert found["period"] == ["2025-11-01", "2025-11-30"]
    drivers = {one["kpi"]: one for one in found["drivers"]}
    assert drivers["reach"] == {
        "kpi": "reach",
        "variant": "posts_gross",
        "from": 10_000,
        "to": 4000,
        "factors": [
            {"id": "reach_per_post", "from": 1000, "to": 500, "share": pytest.approx(0.756, abs=1e-3)},
            {"id": "cadence", "from": 10, "to": 8, "share": pytest.approx(0.244, abs=1e-3)},
        ],
    }
    assert drivers["reach_per_post"]["variant"] == "mean"
    offers = [(one["kpi"], one["factor"], one["id"]) for one in found["actions"]]
    assert ("reach", "reach_per_post", "carousels_instead_of_singles") in offers
    assert {factor for kpi, factor, _ in offers if kpi == "reach"} == {"reach_per_post"}


def test_what_did_not_move_or_has_nothing_before_it_has_no_driver() -> None:
    assert said(posts([1] * 8))["drivers"] == []
    assert said(posts([1] * 8, month=10), posts([1] * 8))["drivers"] == []


def test_what_moved_by_a_hair_has_a_driver_only_where_it_missed_its_target() -> None:
    files = posts([1] * 10, month=10), posts([1] * 10, reach=1003)  # +0.3 %
    assert "reach_per_post" not in {one["kpi"] for one in said(*files)["drivers"]}
    assert said(*files)["actions"] == []
    missed = said(*files, targets=[Target(kpi="reach_per_post", value=5000)])
    (driver,) = (one for one in missed["drivers"] if one["kpi"] == "reach_per_post")
    assert sum(factor["share"] for factor in driver["factors"]) == pytest.approx(1)  # type: ignore[attr-defined]


def test_a_factor_that_moved_by_a_hair_gets_no_actions() -> None:
    found = said(posts([1] * 10, month=10), posts([1] * 20, reach=998))  # twice as many, a hair weaker each
    assert {one["kpi"] for one in found["drivers"]} >= {"reach"}
    assert [one for one in found["actions"] if one["kpi"] == "reach"] == []
