"""Which KPIs a goal has, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kpi.catalog.loader import goals, kpis
from kpi.judge.ranking import HEAVIEST, offered, primary, ranked
from kpi.model.goal import Goal
from kpi.model.kpi import Kpi


def ids(found: Iterable[Kpi | Goal]) -> list[str]:
    return [one.id for one in found]


def test_the_heaviest_kpi_of_a_goal_comes_first_and_equals_go_by_id() -> None:
    assert ids(ranked(("loyalty",))) == ["audience_retention_rate", "audience_quality"]
    sales = ranked(("sales",))
    assert ids(sales) == ids(sorted(sales, key=lambda kpi: (-kpi.goals["sales"], kpi.id)))


def test_a_kpi_of_two_goals_stands_once_at_the_heavier_of_its_weights() -> None:
    both = ids(ranked(("traffic", "leads")))
    assert len(both) == len(set(both))
    assert both[0] == "link_clicks"
    assert kpis()["link_clicks"].goals == {"traffic": 0.30, "leads": 0.10}


def test_without_goals_there_are_no_kpis() -> None:
    assert ranked(()) == ()
    assert primary(()) == ()


@pytest.mark.parametrize("goal", sorted(goals()))
def test_no_kpi_outweighs_the_three_primary_ones_of_a_goal(goal: str) -> None:
    first = primary((goal,))
    others = [kpi.goals[goal] for kpi in ranked((goal,)) if kpi not in first]
    assert len(first) <= HEAVIEST
    assert min(kpi.goals[goal] for kpi in first) >= max(others, default=0.0)


def test_the_primary_kpis_of_several_goals_stand_each_once() -> None:
    assert "audience_quality" in ids(primary(("growth",)))
    assert "audience_quality" in ids(primary(("loyalty",)))
    assert ids(primary(("growth", "loyalty"))).count("audience_quality") == 1


def test_a_goal_whose_heaviest_kpis_the_catalogue_lacks_is_not_offered() -> None:
    open_ones = set(ids(offered()))
    assert {"engagement", "sales", "ad_efficiency"} <= open_ones
    for goal in set(goals()) - open_ones:
        weights = [kpi.goals[goal] for kpi in ranked((goal,))]
        assert HEAVIEST * max(weights, default=1.0) <= 1 - sum(weights) + 1e-9
