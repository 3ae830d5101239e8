"""The problems planted in the invented shops are explained by the factor in which they were planted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kpi.catalog.loader import kpis
from kpi.insight.drivers import of_verdict
from kpi.judge.judging import Judge
from kpi.metrics.cubes import cube
from kpi.model.driver import Explained
from kpi.model.period import Period
from kpi.model.view import EVERYTHING
from tests.golden.test_demo import facts_of

SHOPS = Path(__file__).parents[2] / "sample_data"
PLANTED: Mapping[str, Mapping[tuple[int, str], str]] = {
    "coffee_en": {
        (9, "engagement_rate"): "reaction_part",
        (9, "audience_activity"): "engagement_part",
        (9, "engagements_total"): "engagement_part",
        (10, "cpl"): "ad_click_rate",
        (10, "cpc"): "ad_click_rate",
        (10, "leads"): "ad_click_rate",
        (10, "roas"): "ad_click_rate",
        (11, "revenue_social"): "orders",
        (11, "profit_social"): "orders",
        (11, "roi"): "orders",
    },
    "coffee_ru": {
        (9, "reach"): "reach_per_post",
        (9, "reach_rate"): "reach_per_post",
        (10, "engagement_rate"): "reaction_part",
        (11, "revenue_social"): "orders",
        (11, "profit_social"): "orders",
    },
}


@pytest.mark.parametrize("shop", PLANTED)
def test_a_planted_problem_is_the_main_cause(shop: str) -> None:
    judge = Judge(cube(facts_of(SHOPS / shop), kpis().values()), EVERYTHING, ())
    for (month, kpi), factor in PLANTED[shop].items():
        found = of_verdict(judge.cube, judge.verdict(kpis()[kpi], Period.month(2025, month)), EVERYTHING)
        assert found is not None
        assert (month, kpi, _main(found)) == (month, kpi, factor)
        assert sum(one.share for one in found.factors) == pytest.approx(1, rel=1e-9)


def _main(found: Explained) -> str:
    return max(found.factors, key=lambda one: one.share).id
