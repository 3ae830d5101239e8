"""What is wrong with the targets taken together."""

from __future__ import annotations

from kpi.catalog.loader import kpis
from kpi.insight.charter import MOST, remarks, served
from kpi.model.target import Target

KPIS = kpis()


def told(targets: list[Target], *goals: str) -> list[tuple[str, object]]:
    return [(one.key, one.facts.get("goal") or one.facts.get("kpi")) for one in remarks(targets, KPIS, goals)]


def test_a_goal_without_a_target_is_named() -> None:
    target = Target(kpi="engagement_rate", value=3)
    assert told([target], "engagement", "sales") == [("charter.no_target", "sales")]
    assert told([target], "engagement") == []


def test_more_than_five_targets_for_a_goal_are_too_many() -> None:
    targets = [Target(kpi=id_, value=1, goal="engagement") for id_ in list(KPIS)[: MOST + 1]]
    assert told(targets[:MOST], "engagement") == []
    assert told(targets, "engagement") == [("charter.too_many", "engagement")]


def test_two_targets_of_one_kpi_overlap_and_count_once_for_their_goal() -> None:
    both = [
        Target(kpi="engagement_rate", value=3),
        Target(kpi="engagement_rate", value=4, variant="by_views"),
    ]
    assert told(both, "engagement") == [("charter.overlap", "engagement_rate")]


def test_a_target_serves_the_goal_it_names_else_the_weightiest_chosen_one() -> None:
    kpi = max(KPIS.values(), key=lambda one: len(one.goals))
    goals = sorted(kpi.goals, key=lambda goal: kpi.goals[goal])
    assert served(Target(kpi=kpi.id, value=1), kpi, goals) == max(goals, key=lambda goal: kpi.goals[goal])
    assert served(Target(kpi=kpi.id, value=1, goal=goals[0]), kpi, goals) == goals[0]
    assert served(Target(kpi=kpi.id, value=1, goal="market"), kpi, ("sales",)) is None
    assert served(Target(kpi=kpi.id, value=1), kpi, ()) is None
