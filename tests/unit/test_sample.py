"""Whether there was enough to judge on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.judge.sample import sample
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import Value, value
from kpi.model.kpi import Gate
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.verdict import Sample
from kpi.model.view import EVERYTHING
from tests.made import reading

NOVEMBER = Period.month(2025, 11)


def told(
    id_: str, variant: str, *files: Reading, gates: tuple[Gate, ...] | None = None
) -> tuple[Value, Numbers]:
    kpi = kpis()[id_]
    own = next(one for one in kpi.variants if one.id == variant)
    chosen = own if gates is None else replace(own, sample=gates)
    gated = replace(kpi, variants=(chosen,))
    numbers = Numbers(cube(assemble(files, (Owner(),)), [gated]), (NOVEMBER,), EVERYTHING)
    return value(gated, numbers), numbers


def posts(count: int, acts: int, reach: int | None = 100) -> Reading:
    rows = {
        "at": [f"2025-11-{1 + i:02d}T10:00:00" for i in range(count)],
        "reactions": [acts] * count,
        "reach": [reach] * count,
    }
    return reading("posts", rows, network="vk")


@pytest.mark.parametrize(
    ("count", "acts", "expected"),
    [
        (7, 50, (Sample(of="posts", n=7, needed=8), False, False)),
        (8, 10, (Sample(of="posts.reactions", n=80, needed=100), False, False)),
        (8, 50, (Sample(of="posts", n=8, needed=8), True, False)),
        (12, 50, (Sample(of="posts", n=12, needed=8), True, True)),
    ],
)
def test_the_first_gate_that_is_not_met_is_told(
    count: int, acts: int, expected: tuple[Sample, bool, bool]
) -> None:
    assert sample(*told("reaction_rate", "by_reach", posts(count, acts))) == expected


def test_what_no_row_tells_is_unknown_and_not_none() -> None:
    days = [f"2025-11-{day:02d}" for day in range(1, 31)]
    ads = {"date": days, "spend": [100.0] * 30, "revenue": [183.0] * 30, "currency": ["RUB"] * 30}
    found, numbers = told("roas", "cabinet", reading("ads", ads))
    assert found.now == pytest.approx(1.83)
    assert sample(found, numbers) == (Sample(of="ads.orders", n=None, needed=20), False, False)
    none = told("roas", "cabinet", reading("ads", ads | {"orders": [0.0] * 30}))
    assert sample(*none) == (Sample(of="ads.orders", n=0, needed=20), False, False)


def test_without_a_variant_there_is_no_sample_and_no_light() -> None:
    nothing = told("reaction_rate", "by_reach")
    assert nothing[0].variant is None
    assert sample(*nothing) == (None, False, False)


def test_a_kpi_without_gates_is_always_enough() -> None:
    assert sample(*told("reaction_rate", "by_reach", posts(1, 1), gates=())) == (None, True, True)


def test_days_are_counted_as_far_as_the_files_cover_them() -> None:
    rows = {
        "date": [f"2025-11-{day:02d}" for day in range(1, 7)],
        "followers": [1000] * 6,
        "engagements": [60] * 6,
    }
    found = sample(*told("audience_activity", "account", reading("account", rows, network="vk")))
    assert found == (Sample(of="period.days", n=6, needed=7), False, False)


def test_a_level_is_enough_or_not_as_it_stands() -> None:
    rows = {"date": ["2025-11-01", "2025-11-30"], "followers": [150, 230]}
    files = reading("account", rows, network="vk")
    found, enough, _ = sample(*told("follower_growth_rate", "end_to_start", files))
    assert found is not None
    assert (found.of, found.n) == ("account.followers.start", 150)
    assert enough is (found.n >= found.needed)
