"""Which networks or ad cabinets gave a figure, and how large its one account is."""

from __future__ import annotations

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.board import Judge
from kpi.judge.peers import followers, networks
from kpi.metrics.cubes import Cube, cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING, View
from tests.made import reading

MARCH = Period.month(2025, 3)


def laid(*readings: Reading) -> Cube:
    return cube(assemble(readings, (Owner(),), {}), kpis().values())


def posts(network: str, *, file: str) -> Reading:
    days = [f"2025-03-{day:02}T10:00:00" for day in range(1, 11)]
    return reading(
        "posts",
        {
            "at": days,
            "post_id": [f"{network}{day}" for day in days],
            "engagements": [4.0] * 10,
            "reach": [100.0] * 10,
        },
        file=file,
        network=network,
        account="shop",
    )


def levels(network: str | None, account: str, count: float, *, file: str) -> Reading:
    return reading(
        "account",
        {"date": ["2025-03-01", "2025-03-31"], "followers": [count - 50, count]},
        file=file,
        network=network,
        account=account,
    )


def told(found: Cube, kpi: str, view: View) -> frozenset[str]:
    verdict = Judge(found, view, ()).verdict(kpis()[kpi], MARCH)
    assert verdict.value is not None
    return networks(verdict, found.facts.tables, view)


def test_a_figure_is_of_the_networks_whose_files_gave_it_as_far_as_they_are_in_view() -> None:
    found = laid(posts("instagram", file="a.csv"), posts("tiktok", file="b.csv"))
    assert told(found, "engagement_rate", EVERYTHING) == {"instagram", "tiktok"}
    assert told(found, "engagement_rate", View(network="tiktok")) == {"tiktok"}


def test_ads_are_of_the_cabinet_that_exported_them_else_of_their_network() -> None:
    rows = {
        "day": ["2025-03-01", "2025-03-02"],
        "spend": [10.0, 20.0],
        "leads": [1.0, 2.0],
        "campaign": ["a", "a"],
    }
    meta = laid(reading("ads", rows, source="meta_ads", currency="USD"))
    assert told(meta, "cpl", EVERYTHING) == {"meta_ads"}
    own = laid(reading("ads", rows | {"network": ["instagram", "facebook"]}, currency="USD"))
    assert told(own, "cpl", EVERYTHING) == {"instagram", "facebook"}
    assert told(own, "cpl", View(network="facebook")) == {"facebook"}
    unnamed = laid(reading("ads", rows, currency="USD"))
    assert told(unnamed, "cpl", EVERYTHING) == {""}


def test_the_size_is_that_of_the_one_account_at_the_end() -> None:
    found = laid(
        levels("instagram", "shop", 3000, file="a.csv"),
        levels("tiktok", "shop", 900, file="b.csv"),
        levels("tiktok", "other", 800, file="c.csv"),
    )
    assert followers(found, MARCH, EVERYTHING, {"instagram"}) == 3000
    assert followers(found, MARCH, EVERYTHING, {"tiktok"}) is None
    assert followers(found, MARCH, View(network="tiktok", account="other"), {"tiktok"}) == 800
    assert followers(found, Period.month(2025, 1), EVERYTHING, {"instagram"}) is None
    assert followers(found, MARCH, EVERYTHING, set()) is None
