"""The owner's own benchmarks: kept, handed out as any other, and refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi.catalog.loader import kpis
from kpi.errors import WorkspaceError
from kpi.model.benchmark import Benchmark, Confidence
from kpi.model.owner import Owner
from kpi.workspace import Workspace
from kpi.workspace.benchmarks import forget, keep, own

REACH = kpis()["reach_rate"]
SAID = {
    "variant": "by_followers_at_post",
    "network": "instagram",
    "median": 7.5,
    "year": 2025,
    "source": " A talk \n with a colleague ",
}


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path)


def test_a_benchmark_is_kept_with_the_unit_of_the_kpi_and_comes_back_after_a_restart(
    home: Workspace, tmp_path: Path
) -> None:
    keep(home, REACH, SAID)
    keep(home, REACH, {**SAID, "median": None, "p25": 5, "p75": 9, "tier": "1000-5000", "industry": "retail"})
    keep(home, REACH, SAID)
    first, second = own(Workspace.open(tmp_path))
    assert first == Benchmark(
        kpi="reach_rate",
        variant="by_followers_at_post",
        network="instagram",
        tier="1000-5000",
        industry="retail",
        unit="percent",
        p25=5.0,
        p75=9.0,
        year=2025,
        source="A talk with a colleague",
    )
    assert (second.median, second.tier, second.industry, second.url) == (7.5, "all", "all", "")
    assert second.confidence is Confidence.OWN
    forget(home, second)
    assert own(home) == (first,)


def test_an_amount_is_in_the_currency_of_the_business(home: Workspace) -> None:
    said = {**SAID, "variant": "paid", "network": "yandex_direct", "median": 400}
    with pytest.raises(WorkspaceError) as why:
        keep(home, kpis()["cpl"], said)
    assert why.value.key == "benchmark_currency"
    home.keep_owner(Owner(currency="RUB"))
    keep(home, kpis()["cpl"], said)
    assert [(row.unit, row.currency) for row in own(home)] == [("money", "RUB")]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"variant": "by_hearts"}, "benchmark_variant"),
        ({"network": "hearts"}, "benchmark_network"),
        ({"network": None}, "benchmark_network"),
        ({"industry": "hearts"}, "benchmark_industry"),
        ({"median": None}, "benchmark_figures"),
        ({"median": "7"}, "benchmark_figures"),
        ({"median": True}, "benchmark_figures"),
        ({"median": float("inf")}, "benchmark_figures"),
        ({"median": float("nan")}, "benchmark_figures"),
        ({"p25": 1.0}, "benchmark_figures"),
        ({"p25": 8.0, "p75": 9.0}, "benchmark_order"),
        ({"median": None, "p25": 9.0, "p75": 8.0}, "benchmark_order"),
        ({"year": 1999}, "benchmark_year"),
        ({"year": 3000}, "benchmark_year"),
        ({"year": "2025"}, "benchmark_year"),
        ({"source": "  "}, "benchmark_source"),
        ({"tier": "small"}, "benchmark_tier"),
        ({"tier": "5000-1000"}, "benchmark_tier"),
        ({"tier": "-1000"}, "benchmark_tier"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_kept(
    home: Workspace, changes: dict[str, Any], key: str
) -> None:
    with pytest.raises(WorkspaceError) as why:
        keep(home, REACH, {**SAID, **changes})
    assert why.value.key == key
    assert own(home) == ()


def test_an_open_size_is_kept_as_it_is(home: Workspace) -> None:
    keep(home, REACH, {**SAID, "tier": "5000-"})
    assert own(home)[0].size == (5000.0, float("inf"))
