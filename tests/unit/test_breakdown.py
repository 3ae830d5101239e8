"""A KPI by network and format: counted as the posts of each say, and nobody ahead by chance or by too few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kpi.catalog.loader import kpis
from kpi.judge.breakdown import Breakdown, Part, ahead, breakdown, ranked
from kpi.judge.judging import Judge
from kpi.model.kpi import Better
from kpi.model.reading import Reading
from kpi.model.verdict import Sample, Verdict
from kpi.model.view import EVERYTHING, View
from kpi.report.breakdown import finding, rows, table
from tests.judged import KINDS, NOVEMBER, judge
from tests.made import reading

Post = tuple[str, int]


def posted(network: str, *posts: Post, counts: Sequence[str] = KINDS, followers: int = 0) -> list[Reading]:
    """A month of posts of one network, each a format and its reactions, reaching 1000."""
    columns = {
        "at": [f"2025-11-{1 + day:02d}T10:00:00" for day in range(len(posts))],
        "format": [form for form, _ in posts],
        "reach": [1000] * len(posts),
        "reactions": [acts for _, acts in posts],
        **{kind: [0] * len(posts) for kind in counts if kind != "reactions"},
    }
    files = [
        reading(
            "posts", columns, file=f"{network}.csv", network=network, counts=tuple(counts), window=NOVEMBER
        )
    ]
    if followers:
        level = {"date": ["2025-11-01", "2025-11-30"], "followers": [followers, followers]}
        files.append(reading("account", level, file=f"{network}-a.csv", network=network))
    return files


def parts_of(kpi: str, *files: Reading, view: View = EVERYTHING) -> Breakdown:
    bench = judge(*files)
    bench = Judge(bench.cube, view, ())
    return breakdown(bench.cube, bench.verdict(kpis()[kpi], NOVEMBER), NOVEMBER, view)


REELS, PICTURES = [("reel", 60 + n % 3) for n in range(10)], [("image", 30 + n % 3) for n in range(12)]
MIXED = [*REELS, *PICTURES, ("", 9), ("poll", 99)]


def values(parts: Sequence[Part]) -> dict[str, float | None]:
    return {part.id: part.verdict.value for part in parts}


def test_a_rate_by_format_is_that_of_the_posts_of_this_format() -> None:
    found = parts_of("engagement_rate", *posted("vk", *MIXED)).formats
    by_hand = {
        form: sum(acts for one, acts in MIXED if one == form) / sum(one == form for one, _ in MIXED) / 10
        for form in ("reel", "image", "poll")
    }
    assert values(found) == pytest.approx(by_hand)
    assert [part.verdict.rows for part in ranked(found)] == [10, 12, 1]
    assert {part.id: part.enough for part in found} == {"image": True, "poll": False, "reel": True}


def test_a_median_by_format_is_that_of_its_posts_alone() -> None:
    files = posted("vk", *MIXED)
    verdict = Judge(judge(*files).cube, View(format="reel"), ()).verdict(kpis()["reach_per_post"], NOVEMBER)
    assert verdict.value == 1000
    assert verdict.variant is not None
    assert ".median" in verdict.variant.formula
    cube = judge(*files).cube
    assert sum(len(track.value) for track in cube.tracks_of("posts.reach", "reel")) == len(REELS)
    assert cube.tracks_of("account.followers", "reel") == ()


def test_what_is_told_of_the_account_is_not_told_of_a_format() -> None:
    files = posted("vk", *MIXED, followers=500)
    verdict = Judge(judge(*files).cube, View(format="reel"), ()).verdict(kpis()["follower_count"], NOVEMBER)
    assert (verdict.value, verdict.reasons[0].key) == (None, "not_by_format")
    assert parts_of("follower_count", *files).formats == ()


def test_longer_spans_take_no_part_in_a_format() -> None:
    span = {"starts": ["2025-11-03"], "ends": ["2025-11-20"], "reach": [7000], "reactions": [1]}
    files = [*posted("vk", *REELS), reading("account", span, file="w.csv", network="vk")]
    cube = judge(*files).cube
    periods = (NOVEMBER,)
    slab = cube.slabs["posts"]
    whole, reel, none = (slab.totals(periods, form).sum() for form in (None, "reel", "text"))
    assert whole == reel > none == 0


def test_each_network_stands_beside_the_others_and_one_is_ahead_by_more_than_chance() -> None:
    files = [*posted("vk", *REELS), *posted("telegram", *PICTURES)]
    found = parts_of("engagement_rate", *files)
    assert values(found.networks) == pytest.approx({"telegram": 3.1, "vk": 6.09}, rel=1e-3)
    best = ahead(found.networks)
    assert best is not None
    assert best.id == "vk"
    assert finding(found.networks, found.unlike, "network", "en").startswith("Best: VK with 6.09%")
    alone = parts_of("engagement_rate", *files, view=View(network="vk"))
    assert alone.networks == ()


def test_networks_that_count_other_things_have_no_best() -> None:
    files = [*posted("vk", *REELS), *posted("telegram", *PICTURES, counts=KINDS[:2])]
    found = parts_of("engagement_rate", *files)
    assert found.unlike is not None
    assert "nobody is named the best" in finding(found.networks, found.unlike, "network", "en")


def test_without_a_value_or_a_second_part_there_is_nothing_to_compare() -> None:
    assert parts_of("engagement_rate", *posted("vk", *REELS)) == Breakdown()
    assert parts_of("leads", *posted("vk", *REELS)) == Breakdown()


Ends = tuple[float, float] | None


def part(id_: str, value: float | None, ends: Ends, n: int = 20, **more: object) -> Part:
    verdict = Verdict(
        kpi=kpis()["engagement_rate"],
        variant=kpis()["engagement_rate"].variants[0],
        value=value,
        unit="percent",
        better=Better.UP,
        status="green",  # type: ignore[arg-type]
        interval=ends,
        sample=Sample(of="posts", n=n, needed=8),
    )
    return Part(id=id_, verdict=replace(verdict, **more))  # type: ignore[arg-type]


HIGH, LOW, FEW = part("vk", 6, (5, 7)), part("ok", 3, (2, 4)), part("pinterest", 9, (8, 10), n=3)


def test_nobody_is_ahead_of_too_few_or_by_chance() -> None:
    assert ahead([HIGH, LOW, FEW]) == HIGH
    assert ahead([HIGH, FEW]) is None
    assert ahead([HIGH, part("ok", 4, (3, 5.1))]) is None
    assert ahead([HIGH, part("ok", 4, None)]) is None
    ranged = [replace(one, verdict=replace(one.verdict, better=Better.RANGE)) for one in (HIGH, LOW)]
    assert ahead(ranged) is None
    down = [replace(one, verdict=replace(one.verdict, better=Better.DOWN)) for one in (HIGH, LOW)]
    best = ahead(down)
    assert best is not None
    assert best.id == "ok"
    assert ahead([down[0], replace(down[1], verdict=replace(down[1].verdict, interval=(2, 5.5)))]) is None


def test_the_best_comes_first_the_few_after_and_the_unknown_last() -> None:
    unknown = part("telegram", None, None)
    assert [one.id for one in ranked([unknown, FEW, LOW, HIGH])] == ["vk", "ok", "pinterest", "telegram"]


def test_rows_name_each_part_with_its_figures_and_hide_the_range_of_too_few() -> None:
    found = rows(HIGH.verdict, [FEW, HIGH, part("telegram", None, None)], "network", "en")
    assert [row["name"] for row in found] == [
        "VK\n6% · 20 posts",
        "Pinterest\n9% · 3 posts · too few to judge",
    ]
    assert [(row["low"], row["few"], row["whole"]) for row in found] == [(5, False, 6), (None, True, 6)]
    columns = table([FEW, HIGH], "network", "en")
    assert columns["Network"] == ["VK", "Pinterest"]
    assert columns["8 times of 10"] == ["5–7%", ""]
    assert columns["Remark"] == ["", "too few to judge"]
    assert finding([HIGH, FEW], None, "network", "en") == "Too little data to compare."
    assert finding([HIGH, part("ok", 4, (3, 5.1))], None, "network", "ru").startswith("Разница может быть")
    missing = table([part("telegram", None, None, reasons=HIGH.verdict.reasons), HIGH], "network", "en")
    assert missing["Value"] == ["6%", "—"]


def test_a_sum_has_no_line_of_all_together() -> None:
    total = next(one for one in kpis()["engagements_total"].variants)
    whole = replace(HIGH.verdict, kpi=kpis()["engagements_total"], variant=total, unit="actions")
    assert [row["whole"] for row in rows(whole, [HIGH, LOW], "network", "en")] == [None, None]
