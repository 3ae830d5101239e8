"""A total is whole only where every account that has figures in the period has them for all of it."""

from __future__ import annotations

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Judge
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.verdict import Status, Verdict
from kpi.model.view import EVERYTHING
from tests.made import reading

NOVEMBER = Period.month(2025, 11)


def views(network: str, last_day: int, **more: object) -> Reading:
    days = [f"2025-11-{day:02d}T12:00:00" for day in range(1, last_day + 1)]
    rows = {"id": [f"{network}{day}" for day in days], "at": days, "views": [100] * len(days)}
    return reading("posts", rows, file=f"{network}.csv", network=network, **more)


def verdict(*readings: Reading) -> Verdict:
    made = cube(assemble(readings, (Owner(),)), kpis().values())
    return Judge(made, EVERYTHING, ()).verdict(kpis()["views"], NOVEMBER)


def test_a_network_that_stops_midway_makes_the_total_partial() -> None:
    found = verdict(views("vk", 30), views("telegram", 10))

    assert found.value == 4000
    assert found.status is Status.GREY
    assert "partly_covered" in {reason.key for reason in found.reasons}


def test_two_whole_networks_make_a_whole_total() -> None:
    found = verdict(views("vk", 30), views("telegram", 30))

    assert "partly_covered" not in {reason.key for reason in found.reasons}


def test_posts_without_the_figure_of_a_median_are_told() -> None:
    days = [f"2025-11-{day:02d}T12:00:00" for day in range(1, 31)]
    reach = [None if day < 6 else 100 + day for day in range(1, 31)]
    posts = reading("posts", {"id": days, "at": days, "reach": reach}, network="vk")
    made = cube(assemble([posts], (Owner(),)), kpis().values())

    found = Judge(made, EVERYTHING, ()).verdict(kpis()["reach_per_post"], NOVEMBER)

    assert (found.value, found.rows_left_out, found.rows) == (118.0, 5, 25)


def test_a_sum_that_one_network_exports_is_covered_where_another_has_only_its_parts() -> None:
    days = [f"2025-11-{day:02d}T12:00:00" for day in range(1, 31)]
    parts = {"reactions": [5] * 30, "comments": [2] * 30, "reach": [100] * 30}
    instagram = reading(
        "posts", {"id": days, "at": days, **parts}, network="instagram", counts=("reactions", "comments")
    )
    old = {"id": ["a"], "at": ["2024-01-01T12:00:00"], "engagements": [9], "reach": [90]}
    facts = assemble([instagram, reading("posts", old, file="old.csv", network="facebook")], (Owner(),))

    assert facts.covers("posts.engagements", NOVEMBER)
    assert facts.covered("posts.engagements")[-1] == NOVEMBER


def test_a_rate_of_half_a_month_says_so_without_a_target_too() -> None:
    days = [f"2025-11-{day:02d}T12:00:00" for day in range(1, 16)]
    rows = {"id": days, "at": days, "reach": [100] * 15, "reactions": [7] * 15}
    made = cube(assemble([reading("posts", rows, network="vk")], (Owner(),)), kpis().values())

    found = Judge(made, EVERYTHING, ()).verdict(kpis()["reaction_rate"], NOVEMBER)

    assert (found.value, found.status) == (7.0, Status.GREY)
    assert [reason.key for reason in found.reasons][:2] == ["no_target", "partly_covered"]
