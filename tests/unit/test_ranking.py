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
    assert ids(ranked(("loyalty",))) == [
        "audience_retention_rate",
        "active_audience_share",
        "audience_quality",
        "repeat_purchase_rate",
        "negative_feedback_rate",
        "returning_engager_rate",
        "ltv",
    ]
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
    assert "share_of_voice" in ids(primary(("market",)))
    assert "follower_growth_rate" in ids(primary(("growth",)))
    assert ids(primary(("growth", "market"))) == [
        "follower_growth_rate",
        "follower_net_growth",
        "follow_conversion_rate",
        "market_share",
        "share_of_engagement",
        "share_of_voice",
    ]
    assert ids(primary(("traffic", "leads"))).count("link_clicks") == 1


def test_every_goal_is_offered_in_the_order_of_the_screen() -> None:
    assert ids(offered()) == list(goals())
    assert len(offered()) == 10


def test_a_kpi_without_weight_comes_last_and_is_never_a_primary_one() -> None:
    assert ids(ranked(("ad_efficiency",)))[-1] == "cpm"
    weightless = {kpi.id for kpi in kpis().values() if not any(kpi.goals.values())}
    assert weightless == {
        "cost_per_follower",
        "cpm",
        "cvr_lead_to_sale",
        "er_day",
        "ltv",
        "stories_retention",
        "video_completion_rate",
    }
    assert not weightless & set(ids(primary(goals())))
