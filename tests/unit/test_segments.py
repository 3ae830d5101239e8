"""Which network, account, format and campaign made the change of a KPI."""

from __future__ import annotations

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.insight.drivers import explained
from kpi.metrics.cubes import cube
from kpi.model.driver import Drill, Explained
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING
from tests.made import reading

OCTOBER, NOVEMBER = Period.month(2025, 10), Period.month(2025, 11)


def told(id_: str, variant: str, *files: Reading) -> Explained:
    one = kpis()[id_]
    whole = cube(assemble(files, (Owner(currency="RUB"),)), kpis().values())
    way = next(way for way in one.variants if way.id == variant)
    found = explained(whole, one, way, NOVEMBER, OCTOBER, view=EVERYTHING)
    assert found is not None
    return found


def drill(found: Explained, kind: str) -> Drill | None:
    one = next((one for one in found.drills if one.kind == kind), None)
    if one is not None:
        whole = sum(segment.effect for segment in one.segments) + one.rest * found.change
        assert whole == pytest.approx(found.change, rel=1e-9)
    return one


def month(number: int, network: str, account: str, reach: int, reactions: int, *, form: str = "") -> Reading:
    return reading(
        "posts",
        {
            "at": [f"2025-{number:02d}-{1 + i:02d}T10:00:00" for i in range(10)],
            "reach": [reach] * 10,
            "reactions": [reactions] * 10,
            "format": [form] * 10,
        },
        file=f"{network} {account} {number} {form}.csv",
        network=network,
        account=account,
        counts=("reactions",),
        window=Period.month(2025, number),
    )


def test_the_network_that_fell_made_the_change() -> None:
    found = told(
        "engagements_total",
        "posts",
        *(month(number, "vk", "cafe", 1000, 50) for number in (10, 11)),
        month(10, "instagram", "cafe", 1000, 80),
        month(11, "instagram", "cafe", 1000, 30),
    )
    one = drill(found, "network")
    assert one is not None
    assert [(s.name, s.before, s.now, s.effect, s.share) for s in one.segments] == [
        ("instagram", 800, 300, -500, 1),
        ("vk", 500, 500, 0, 0),
    ]
    assert drill(found, "account") is None
    assert "why.one_network" in [check.key for check in found.checks]


def test_a_network_of_rising_reach_and_steady_reactions_lowers_a_rate() -> None:
    found = told(
        "reaction_rate",
        "by_reach",
        month(10, "vk", "cafe", 1000, 50),
        month(11, "vk", "cafe", 4000, 50),
        *(month(number, "telegram", "cafe", 1000, 50) for number in (10, 11)),
    )
    one = drill(found, "network")
    assert one is not None
    assert one.segments[0].name == "vk"
    assert one.segments[0].share == pytest.approx(1)
    assert (one.segments[0].before, one.segments[0].now) == (5, 1.25)


def test_accounts_of_one_network_are_told_apart() -> None:
    found = told(
        "engagements_total",
        "posts",
        month(10, "vk", "cafe", 1000, 50),
        month(11, "vk", "cafe", 1000, 10),
        month(10, "vk", "bar", 1000, 50),
        month(11, "vk", "bar", 1000, 60),
    )
    one = drill(found, "account")
    assert one is not None
    assert [(s.network, s.name, s.effect) for s in one.segments] == [("vk", "cafe", -400), ("vk", "bar", 100)]


def test_all_formats_that_fell_alike_are_told_so() -> None:
    found = told(
        "reaction_rate",
        "by_reach",
        *(month(10, "vk", "cafe", 1000, 50, form=form) for form in ("image", "reel")),
        *(month(11, "vk", "cafe", 1000, 20, form=form) for form in ("image", "reel")),
    )
    one = drill(found, "format")
    assert one is not None
    assert {s.name: s.effect for s in one.segments} == pytest.approx({"image": -1.5, "reel": -1.5})
    assert "why.all_formats" in [check.key for check in found.checks]


def ads(number: int, *campaigns: tuple[str | None, int]) -> Reading:
    days = Period.month(2025, number).days
    rows = [(f"2025-{number:02d}-{1 + i:02d}", name, leads) for i in range(days) for name, leads in campaigns]
    return reading(
        "ads",
        {
            "starts": [day for day, _, _ in rows],
            "campaign": [name for _, name, _ in rows],
            "spend": [100] * len(rows),
            "leads": [leads for _, _, leads in rows],
        },
        file=f"ads {number}.csv",
        network="facebook",
        currency="RUB",
    )


def test_the_campaign_that_failed_made_the_cost_of_a_lead_rise() -> None:
    found = told(
        "cpl", "paid", ads(10, ("Spring", 10), ("Autumn", 10)), ads(11, ("Spring", 10), ("Autumn", 2))
    )
    one = drill(found, "campaign")
    assert one is not None
    assert one.segments[0].name == "Autumn"
    assert one.segments[0].now == 50
    assert sum(s.share for s in one.segments) == pytest.approx(1)


def test_one_campaign_is_no_drill_and_rows_without_a_name_are_a_segment() -> None:
    assert drill(told("cpl", "paid", ads(10, ("Spring", 10)), ads(11, ("Spring", 4))), "campaign") is None
    found = drill(
        told("cpl", "paid", ads(10, ("Spring", 9), (None, 9)), ads(11, ("Spring", 9), (None, 3))), "campaign"
    )
    assert found is not None
    assert [s.name for s in found.segments] == ["", "Spring"]


def test_where_most_of_a_change_belongs_to_no_segment_none_is_told() -> None:
    """Followers have no format: a rate that moved with them alone is not told by formats."""
    rows = {"date": ["2025-10-31", "2025-11-30"], "followers": [1000, 2000]}
    level = reading("account", rows, file="level.csv", network="vk", account="cafe")
    posts = [month(number, "vk", "cafe", 1000, 50, form=f) for number in (10, 11) for f in ("image", "reel")]
    assert drill(told("reach_rate", "by_followers_mean", level, *posts), "format") is None
