"""The way from the value before to the value now, a row for each factor."""

from __future__ import annotations

import pytest

from kpi.catalog.loader import kpis
from kpi.model.driver import Explained, Factor
from kpi.model.period import Period
from kpi.report.waterfall import from_nought, rows


def moved(kpi: str, before: float, *effects: float) -> Explained:
    one, now = kpis()[kpi], before + sum(effects)
    names = ("ad_click_rate", "price_of_views", *(f"posts.{name}" for name in ("count", "reach", "views")))
    names += ("posts.saves", "posts.shares", "posts.comments")
    made = [
        Factor(id=id_, before=1, now=1, share=effect / sum(effects), effect=effect)
        for id_, effect in zip(names, effects, strict=False)
    ]
    return Explained(
        kpi=one,
        variant=one.variants[0],
        period=Period.month(2025, 11),
        previous=Period.month(2025, 10),
        before=before,
        now=now,
        unit=one.unit,
        currency="EUR" if one.unit == "money" else None,
        factors=tuple(made),
    )


def test_every_bar_begins_where_the_one_before_ended() -> None:
    made = rows(moved("cpl", 10, 4, -1), "en")
    assert [(one["name"], one["from"], one["to"], one["kind"]) for one in made] == [
        ("October 2025", 0, 10, "total"),
        ("Share of viewers who click the ad", 10, 14, "worse"),
        ("Price of a thousand ad views", 14, 13, "better"),
        ("November 2025", 0, 13, "total"),
    ]
    assert [one["text"] for one in made] == ["€10", "+€4", "-€1", "€13"]
    assert [one["top"] for one in made] == [0, 1, 2, 3]


def test_more_is_better_where_the_kpi_is_to_rise() -> None:
    assert [one["kind"] for one in rows(moved("link_clicks", 100, -30, 10), "ru")][1:3] == ["worse", "better"]


def test_small_factors_go_together_and_the_way_still_arrives() -> None:
    made = rows(moved("link_clicks", 1000, -100, -90, -80, -70, -60, -50, -5, -5), "en")
    assert [one["name"] for one in made[-2:]] == ["All else", "November 2025"]
    assert made[-2]["to"] == pytest.approx(made[-1]["to"]) == 540
    assert [one["name"] for one in rows(moved("link_clicks", 1000, -100, -0.1), "en")][1:-1] == [
        "Share of viewers who click the ad"
    ]


def test_a_short_way_is_not_drawn_from_nought() -> None:
    assert from_nought(rows(moved("link_clicks", 100, -30), "en"))
    assert not from_nought(rows(moved("link_clicks", 100, -3), "en"))
