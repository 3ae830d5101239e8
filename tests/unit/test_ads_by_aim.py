"""Meta exports tell clicks and leads only as "results" of a row's aim, and days beside the whole span."""

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


def ads(**columns: list[object]) -> Reading:
    rows = {"starts": ["2025-03-01"] * 3, "ends": ["2025-03-31"] * 3, "campaign": ["a", "b", "c"]}
    return reading("ads", rows | {"spend": [100.0, 50.0, 30.0]} | columns, source="meta_ads", currency="EUR")


def verdict(kpi: str, *readings: Reading) -> Verdict:
    made = cube(assemble(readings, (Owner(),)), kpis().values())
    return Judge(made, EVERYTHING, ()).verdict(kpis()[kpi], MARCH)


def test_clicks_are_the_results_of_rows_that_aim_at_clicks() -> None:
    given = ads(aim=["link_clicks", "leads", "actions:post_engagement"], results=[200.0, 5.0, 9000.0])

    clicks, leads = verdict("cpc", given), verdict("cpl", given)

    assert (clicks.value, clicks.rows_left_out) == (0.5, 2)
    assert (leads.value, leads.rows_left_out) == (10.0, 2)
    assert {(t.field, t.heading, t.rows) for t in clicks.trace} == {
        ("ads.spend", "Spend", 1),
        ("ads.link_clicks", "Results", 1),
    }


def test_a_column_of_clicks_wins_over_results() -> None:
    given = ads(aim=["link_clicks"] * 3, results=[200.0, 1.0, 1.0], link_clicks=[100.0, 100.0, 160.0])

    assert verdict("cpc", given).value == 0.5


def test_a_breakdown_by_day_is_read_by_day() -> None:
    given = ads(day=["2025-03-01", "2025-03-02", "2025-04-01"], link_clicks=[100.0, 50.0, 40.0])

    found = verdict("cpc", given)

    assert found.value == pytest.approx(1.0)
    assert "window" not in {reason.key for reason in found.reasons}
