"""Costs of marketing are the sheet's items and the spend that an ads export tells, each once."""

from __future__ import annotations

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Judge
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.verdict import Verdict
from kpi.model.view import EVERYTHING
from tests.made import reading

MARCH = Period.month(2025, 3)
TILL = reading(
    "orders", {"at": [f"2025-03-{day:02d}T12:00:00" for day in range(1, 32)], "amount": [100.0] * 31}
)


def costs(**items: float) -> Reading:
    rows = {"month": ["2025-03-01"] * len(items), "item": list(items), "amount": list(items.values())}
    return reading("costs", rows, file="costs.csv")


def ads(spend: float) -> Reading:
    rows = {"starts": ["2025-03-05"], "ends": ["2025-03-05"], "campaign": ["a"], "spend": [spend]}
    return reading("ads", rows, file="ads.csv")


def drr(owner: Owner, *readings: Reading) -> Verdict:
    made = cube(assemble((TILL, *readings), (owner,)), kpis().values())
    return Judge(made, EVERYTHING, ()).verdict(kpis()["drr"], MARCH)


def test_spend_of_an_export_is_a_cost_of_marketing_beside_the_sheet() -> None:
    found = drr(Owner(), costs(Фотограф=200.0), ads(110.0))

    assert found.variant is not None
    assert (found.variant.id, found.value) == ("total", pytest.approx(100 * 310 / 3100))
    assert {(t.file, t.heading) for t in found.trace} >= {("costs.csv", "Amount"), ("ads.csv", "Spend")}


def test_the_sheets_own_ad_budget_does_not_count_beside_the_export() -> None:
    assert drr(Owner(), costs(Фотограф=200.0, Реклама=115.0), ads(110.0)).value == pytest.approx(10.0)


def test_without_an_export_the_sheets_ad_budget_counts() -> None:
    assert drr(Owner(), costs(Фотограф=200.0, Реклама=110.0)).value == pytest.approx(10.0)


def test_the_answered_costs_of_social_networks_are_not_all_marketing() -> None:
    found = drr(Owner(smm_costs_month=500.0), ads(110.0))

    assert found.value is None
