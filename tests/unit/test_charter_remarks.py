"""What is wrong with the targets taken together."""

from __future__ import annotations

from dataclasses import replace

from kpi.catalog.loader import kpis
from kpi.catalog.own import Wish, own_kpi
from kpi.insight.charter import MOST, remarks, served
from kpi.judge.goal import goal_light
from kpi.model.kpi import Better
from kpi.model.target import Target
from kpi.model.verdict import Status, Verdict
from kpi.report.words import sentence

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


def test_a_kpi_of_the_owner_s_is_known_by_its_name() -> None:
    wish = Wish(id="own_1", name="Гости из карт", formula="posts.saves / posts.reach", better=Better.UP)
    mine = own_kpi(wish, {})
    both = [Target(kpi="own_1", value=3), Target(kpi="own_1", value=4, variant="x")]
    remark = remarks(both, {"own_1": mine}, [])[0]
    assert sentence(remark, "ru").startswith("У показателя «Гости из карт»")
    red = Verdict(
        kpi=replace(mine, goals={"sales": 1.0}),
        variant=None,
        value=1.0,
        unit="",
        better=Better.UP,
        status=Status.RED,
    )
    assert "Гости из карт" in sentence(goal_light("sales", [red]).reasons[0], "ru")
