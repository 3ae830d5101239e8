"""With which earlier period a KPI is compared."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.catalog.loader import kpis
from kpi.insight.baseline import baselines
from kpi.model.kpi import Better
from kpi.model.period import Period
from kpi.model.verdict import Measure, Status, Verdict

MONTHS = [Period.month(2024, 12), *(Period.month(2025, month) for month in range(1, 13))]


def verdict(
    values: Sequence[float | None], better: Better = Better.UP, target: float | None = 100
) -> Verdict:
    kpi = kpis()["reach"]
    return Verdict(
        kpi=kpi,
        variant=kpi.variants[0],
        value=values[-1],
        unit="people",
        better=better,
        status=Status.RED,
        target=target,
        measure=Measure.TARGET if target else None,
        series=tuple(zip(MONTHS[-len(values) :], values, strict=True)),
    )


def test_a_miss_is_compared_with_the_last_period_that_was_none() -> None:
    found = baselines(verdict([120, 110, 60, 50]))
    assert list(found.items()) == [("met", Period.month(2025, 10)), ("before", Period.month(2025, 11))]
    costs = baselines(verdict([50, 90, 140, 150], Better.DOWN))
    assert costs["met"] == Period.month(2025, 10)


def test_where_the_period_before_was_fine_it_is_the_only_one() -> None:
    assert list(baselines(verdict([120, 110, 50]))) == ["before"]
    assert list(baselines(verdict([120, 60, 130]))) == ["before"]
    assert list(baselines(verdict([120, 60, 50], target=None))) == ["before"]
    assert list(baselines(verdict([120, 60, 50], Better.RANGE))) == ["before"]


def test_the_same_a_year_before_is_offered_once() -> None:
    assert list(baselines(verdict([90, *[80] * 11, 50]))) == ["before", "year"]
    assert list(baselines(verdict([120, *[80] * 11, 50]))) == ["met", "before"]


def test_an_unknown_value_is_nothing_to_compare_with() -> None:
    assert baselines(verdict([None, 50])) == {}
    assert baselines(verdict([50])) == {}
    assert baselines(verdict([90, None])) == {}
    assert list(baselines(verdict([120, None, 50]))) == ["met"]
