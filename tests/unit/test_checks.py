"""What is said before a change is believed."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.insight.drivers import explained
from kpi.metrics.cubes import cube
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading, Reason
from kpi.model.view import EVERYTHING
from tests.made import reading

OCTOBER, NOVEMBER = Period.month(2025, 10), Period.month(2025, 11)


def month(number: int, reactions: int, year: int = 2025, file: str = "", **more: list[int]) -> Reading:
    return reading(
        "posts",
        {
            "id": [f"{year}-{number}-{i}" for i in range(10)],
            "at": [f"{year}-{number:02d}-{1 + i:02d}T10:00:00" for i in range(10)],
            "reactions": [reactions] * 10,
            **more,
        },
        file=file or f"{year} {number}.csv",
        network="vk",
        account="cafe",
        counts=("reactions",),
        window=Period.month(year, number),
    )


def checked(id_: str, variant: str, *files: Reading, before: Period = OCTOBER) -> tuple[Reason, ...]:
    whole = cube(assemble(files, (Owner(),)), kpis().values())
    way = next(way for way in kpis()[id_].variants if way.id == variant)
    found = explained(whole, kpis()[id_], way, NOVEMBER, before, view=EVERYTHING)
    assert found is not None
    return found.checks


def keys(found: tuple[Reason, ...]) -> list[str]:
    return [one.key for one in found]


def test_a_change_without_anything_odd_has_no_remark() -> None:
    assert checked("engagements_total", "posts", month(10, 100), month(11, 40)) == ()


def test_a_shorter_month_is_told_only_where_it_matters() -> None:
    small = checked("engagements_total", "posts", month(10, 100), month(11, 98))
    assert [(one.key, dict(one.facts)) for one in small] == [("why.days", {"days": 30, "before": 31})]
    assert checked("engagements_total", "posts", month(10, 98), month(11, 100)) == ()


def test_the_same_move_a_year_before_points_at_the_season() -> None:
    files = [month(10, 100), month(11, 50)]
    alike = checked("engagements_total", "posts", *files, month(10, 80, 2024), month(11, 50, 2024))
    assert [one.key for one in alike] == ["why.season"]
    assert alike[0].facts["percent"] == pytest.approx(-37.5)
    assert alike[0].facts["year"] == 2024
    unlike = (month(10, 50, 2024), month(11, 60, 2024))
    assert checked("engagements_total", "posts", *files, *unlike) == ()


def test_a_period_that_would_be_counted_in_another_way_is_told() -> None:
    reach, views = [1000] * 10, [2000] * 10
    before = month(10, 50, reach=reach, views=views)
    found = checked("engagement_rate", "by_views", before, month(11, 20, views=views))
    assert [(one.key, dict(one.facts)) for one in found] == [
        ("why.recount", {"kpi": "engagement_rate", "variant": "by_reach"})
    ]


def test_a_newer_export_that_corrects_an_older_one_is_told() -> None:
    older = month(11, 40, file="a.csv", views=[500] * 10)
    newer = reading(
        "posts",
        {
            "id": [f"2025-11-{i}" for i in range(10)],
            "at": [f"2025-11-{1 + i:02d}T10:00:00" for i in range(10)],
            "views": [800] * 10,
        },
        file="b.csv",
        network="vk",
        account="cafe",
        window=Period(date(2025, 11, 1), date(2025, 12, 1)),
    )
    found = checked("views", "posts", month(10, 100, views=[500] * 10), older, newer)
    assert [one.key for one in found] == ["why.revised"]
    assert found[0].facts["percent"] == 60
