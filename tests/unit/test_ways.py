"""Every way of counting a KPI, side by side."""

from __future__ import annotations

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.ways import ways
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.view import EVERYTHING
from tests.made import reading


def test_each_variant_has_its_value_or_its_reason() -> None:
    posts = reading(
        "posts",
        {
            "at": ["2025-03-04T10:00:00", "2025-03-05T10:00:00"],
            "reach": [100.0, 300.0],
            "views": [0.0, 0.0],
            "engagements": [8.0, 12.0],
        },
        network="instagram",
        account="cafe",
    )
    whole = cube(assemble([posts], [Owner()]), kpis().values())
    found = {
        way.variant.id: way
        for way in ways(whole, kpis()["engagement_rate"], Period.month(2025, 3), EVERYTHING)
    }
    assert list(found) == [variant.id for variant in kpis()["engagement_rate"].variants]
    assert found["by_reach"].value == pytest.approx(5.0)
    assert found["by_reach"].unit == "percent"
    assert (found["by_views"].value, found["by_views"].reasons[0].key) == (None, "zero_divisor")
    assert found["by_followers"].value is None
    assert [one.field for one in found["by_followers"].missing] == ["account.followers"]


def test_a_variant_speaks_in_its_own_unit() -> None:
    whole = cube(assemble([], [Owner()]), kpis().values())
    found = ways(whole, kpis()["reach"], Period.month(2025, 3), EVERYTHING)
    assert [way.unit for way in found] == ["people", "people a day", "reaches"]
    assert all(way.value is None and way.missing for way in found)
