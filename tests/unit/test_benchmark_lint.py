"""The benchmarks of the catalogue: none lost, none changed, each told in full."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kpi.catalog.benchmark_lint import Figures, comparable, findings, ours, summary
from kpi.catalog.loader import benchmarks
from kpi.cli import main
from kpi.model.benchmark import Basis, Confidence, Industry, Peers

FILE = Path(__file__).parents[2] / "kpi" / "catalog" / "benchmarks.csv"
SOURCE = Path(__file__).parents[3] / "shared" / "kpi" / "benchmarks.csv"
OURS = ours()
GOOD = next(row for row in OURS.benchmarks if row.kpi == "reach_rate" and row.p25 is not None)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def with_row(**changes: Any) -> Figures:
    return replace(OURS, benchmarks=(replace(GOOD, **changes), *OURS.benchmarks))


def test_the_benchmarks_are_right_and_lint_says_how_many_can_be_compared(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert findings(OURS) == []
    assert main(["lint"]) == 0
    count = sum(comparable(row, OURS) for row in OURS.benchmarks)
    assert capsys.readouterr().out == f"benchmarks: {count} of 759 rows can be compared\n"
    assert 150 < count < 400
    assert summary(replace(OURS, benchmarks=(GOOD, replace(GOOD, variant="")))) == (
        "benchmarks: 1 of 2 rows can be compared"
    )


@pytest.mark.skipif(not SOURCE.exists(), reason="the table that the benchmarks were taken from is not here")
def test_every_figure_is_that_of_the_table_it_was_taken_from_to_the_last_digit() -> None:
    theirs, mine = rows(SOURCE), rows(FILE)
    assert len(theirs) == len(mine) == 759
    for taken, kept in zip(theirs, mine, strict=True):
        median = taken["median"]
        if taken["kpi_id"] == "unfollow_rate":
            assert float(kept["median"]) == 100 - float(median)
            median = kept["median"]
        figures = (taken["p25"], median, taken["p75"])
        assert (kept["p25"], kept["median"], kept["p75"]) == figures
        assert (kept["url"], kept["confidence"]) == (taken["source_url"], taken["retrieved_confidence"])
        assert kept["year"] in taken["period"] or taken["period"] == "n/a"
        assert (kept["licence"] == "CC BY 4.0") == ("CC BY 4.0" in taken["source_title"])
        assert kept["note"] != taken["definition_note"]
        if taken["unit"] in {"USD", "RUB", "EUR"}:
            assert (kept["unit"], kept["currency"]) == ("money", taken["unit"])


@pytest.mark.skipif(not SOURCE.exists(), reason="the table that the benchmarks were taken from is not here")
def test_each_kind_of_figure_stands_under_the_kpi_and_variant_that_its_note_tells() -> None:
    named = Counter(
        (taken["kpi_id"], kept["kpi"], kept["variant"])
        for taken, kept in zip(rows(SOURCE), rows(FILE), strict=True)
    )
    assert named["err_telegram", "reach_rate", "views_by_followers"] == 24
    assert named["er_by_views", "engagement_rate", "by_views"] == 29
    assert named["er_post_followers", "engagement_rate", "by_followers"] == 99
    assert named["er_post_followers", "engagement_rate", ""] == 11  # "denominator unstated" and the like
    assert named["cvr_visit_to_lead", "cvr_click_to_lead", "by_sessions"] == 4
    assert named["unfollow_rate", "audience_retention_rate", "lost"] == 1
    assert named["save_rate", "save_rate", "by_followers"] == 3
    assert named["share_rate", "share_rate", "by_followers"] == 2
    assert {named[kpi, kpi, "link"] for kpi in ("cpc", "ctr_ads")} == {3, 0}
    assert {named[kpi, kpi, "all"] for kpi in ("cpc", "ctr_ads")} == {0, 1}
    assert named["posting_frequency", "posting_frequency", ""] == 65


def test_only_figures_that_say_how_they_were_counted_are_compared() -> None:
    assert comparable(GOOD, OURS)
    for changes in (
        {"variant": ""},
        {"kpi": "posting_frequency"},
        {"basis": Basis.RANGE},
        {"tier": ""},
        {"format": "reels"},
        {"network": "landing_page"},
        {"median": None},
    ):
        assert not comparable(replace(GOOD, **changes), OURS), changes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kpi": "hearts"}, "hearts/views_by_followers is no KPI"),
        ({"variant": "by_hearts"}, "reach_rate/by_hearts is no KPI"),
        ({"unit": "times"}, "give the unit 'percent'"),
        ({"network": "hearts"}, "hearts is no network"),
        ({"tier": "1k-5k"}, "write the tier"),
        ({"tier": "5000-1000"}, "write the tier"),
        ({"p25": 99.0}, "order"),
        ({"median": None}, "give the median"),
        ({"currency": "USD"}, "nothing else one"),
        ({"variant": "", "unit": "money"}, "currency of three letters"),
        ({"url": "example"}, "address"),
        ({"period": "last year"}, "write the period"),
        ({"year": 2024}, "last year of the period"),
        ({"year": 2009, "period": "2009"}, "last year of the period"),
        ({"sample": "many"}, "write the sample"),
        ({"group": "strangers"}, "name the group strangers"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(changes: dict[str, Any], said: str) -> None:
    found = findings(with_row(**changes))
    assert any(said in one for one in found), found


def test_a_row_without_a_period_needs_no_year() -> None:
    assert findings(with_row(period="", year=None)) == []


def test_an_industry_needs_a_trade_that_exists_and_a_benchmark() -> None:
    odd = Industry(en="Hearts", ru="Сердца", trades=("lover",))
    peers = Peers(
        industries={**OURS.peers.industries, "hearts": odd},
        panels=OURS.peers.panels,
        groups=OURS.peers.groups,
    )
    assert findings(replace(OURS, peers=peers)) == [
        "peers.toml, hearts: lover is no trade",
        "peers.toml, hearts: no benchmark speaks of it, take it out",
    ]


def test_every_published_figure_has_its_source_and_none_is_the_owners() -> None:
    assert all(row.source and row.url and row.confidence is not Confidence.OWN for row in benchmarks())
