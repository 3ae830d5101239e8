"""A goal's light: by weight, only where enough of it can be told, one heavy red is enough."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi.catalog.loader import kpis
from kpi.judge.goal import GoalLight, goal_light
from kpi.model.verdict import Status, Verdict
from kpi.report.words.say import sentence

LIGHTS = {"g": Status.GREEN, "a": Status.AMBER, "r": Status.RED, "-": Status.GREY, "?": Status.GREY}


def summed(*kpi_lights: tuple[float, str]) -> GoalLight:
    """KPIs with so much weight and this light; `?` has no value at all."""
    some = kpis()["mentions"]
    verdicts = [
        Verdict(
            kpi=replace(some, id=f"kpi{place}", goals={"sales": weight}),
            variant=None,
            value=None if light == "?" else 1.0,
            unit="",
            better=some.better,
            status=LIGHTS[light],
        )
        for place, (weight, light) in enumerate(kpi_lights)
    ]
    return goal_light("sales", verdicts)


@pytest.mark.parametrize(
    ("lights", "status", "key"),
    [
        ([(0.7, "g"), (0.3, "a")], Status.GREEN, "goal_green"),
        ([(0.6, "g"), (0.4, "a")], Status.AMBER, "goal_amber"),
        ([(0.8, "g"), (0.2, "r")], Status.RED, "goal_red_heavy"),
        ([(0.85, "g"), (0.15, "r")], Status.AMBER, "goal_amber"),  # red, but light
        ([(0.64, "g"), (0.18, "r"), (0.18, "r")], Status.RED, "goal_red_much"),
        ([(0.5, "g"), (0.19, "a"), (0.16, "r"), (0.15, "r")], Status.AMBER, "goal_amber"),
        ([(0.6, "g"), (0.4, "?")], Status.GREEN, "goal_green"),
        ([(0.59, "g"), (0.41, "?")], Status.GREY, "goal_uncovered"),
        ([(0.59, "g"), (0.41, "-")], Status.GREY, "goal_unlit"),
        ([(0.5, "g"), (0.2, "r"), (0.3, "-")], Status.RED, "goal_red_heavy"),
        ([(0.0, "r")], Status.GREY, "goal_uncovered"),
    ],
)
def test_the_weights_decide(lights: list[tuple[float, str]], status: Status, key: str) -> None:
    found = summed(*lights)
    assert (found.status, found.reasons[0].key) == (status, key)
    for lang in ("en", "ru"):
        assert "—" not in sentence(found.reasons[0], lang)
        assert "20" in sentence(found.rule, lang)


def test_what_is_behind_the_light_is_told_and_no_weight_counts_for_nothing() -> None:
    found = summed((3.0, "g"), (1.0, "-"), (1.0, "?"), (0.0, "r"))
    assert (found.coverage, found.lit) == pytest.approx((0.8, 0.6))
    assert found.counts == {Status.GREEN: 1, Status.AMBER: 0, Status.RED: 0, Status.GREY: 2}
    assert found.status is Status.GREEN
