"""What must not change a KPI, and what a KPI may never be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.metrics.cubes import cube
from kpi.metrics.numbers import Numbers
from kpi.metrics.values import value
from kpi.model.owner import Owner
from kpi.model.period import Period
from kpi.model.reading import Reading
from kpi.model.view import EVERYTHING
from tests.made import reading

NOVEMBER = Period.month(2025, 11)
LAW = settings(max_examples=100, deadline=None, derandomize=True, database=None)
KINDS = ("reactions", "comments", "shares", "saves")
Rows = list[dict[str, Any]]

counts = st.none() | st.integers(0, 5000)
days = st.integers(1, 30).map(lambda day: f"2025-11-{day:02d}")
posts = st.lists(
    st.fixed_dictionaries(
        {
            "at": days.map(lambda day: f"{day}T10:00:00"),
            "reach": counts,
            "views": counts,
            "link_clicks": counts,
        }
        | dict.fromkeys(KINDS, counts)
    ),
    min_size=2,
    max_size=12,
)
orders = st.lists(
    st.fixed_dictionaries(
        {
            "at": days.map(lambda day: f"{day}T10:00:00"),
            "amount": counts,
            "refund": st.none() | st.integers(-50, 50),
            "cogs": counts,
            "source": st.sampled_from(["instagram", "vk", "street", ""]),
        }
    ),
    min_size=2,
    max_size=12,
)
levels = st.lists(
    st.fixed_dictionaries(
        {"followers": counts, "followers_new": counts, "followers_lost": counts, "reach": counts}
    ),
    min_size=2,
    max_size=30,
)


def posts_file(rows: Rows, file: str = "posts.csv") -> Reading:
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return reading("posts", columns, file=file, network="instagram", account="shop", counts=KINDS)


def orders_file(rows: Rows, file: str = "orders.csv") -> Reading:
    return reading(
        "orders", {name: [row[name] for row in rows] for name in rows[0]}, file=file, currency="RUB"
    )


def account_file(rows: Rows, file: str = "account.csv", first: int = 1) -> Reading:
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns["date"] = [f"2025-11-{first + i:02d}" for i in range(len(rows))]
    return reading("account", columns, file=file, network="instagram", account="shop")


CHOSEN = {
    id_: kpis()[id_]
    for id_ in (
        "engagement_rate",
        "reaction_rate",
        "reach",
        "reach_per_post",
        "ctr_organic",
        "follower_net_growth",
        "audience_retention_rate",
        "revenue_social",
        "profit_social",
        "roas",
    )
}
"""One KPI of every way to add up: sums, complete rows, medians, levels, filters, several tables."""


def figures(readings: Sequence[Reading]) -> dict[str, tuple[str, float | None]]:
    """These KPIs of November: the variant and its value."""
    facts = assemble(readings, (Owner(currency="RUB", margin_rate=40, smm_costs_month=1000),))
    numbers = Numbers(cube(facts, CHOSEN.values()), (NOVEMBER,), EVERYTHING)
    found = {id_: value(kpi, numbers) for id_, kpi in CHOSEN.items()}
    return {id_: (one.variant.id if one.variant else "", one.now) for id_, one in found.items()}


def same(one: dict[str, tuple[str, float | None]], other: dict[str, tuple[str, float | None]]) -> None:
    assert one.keys() == other.keys()
    for id_, (variant, number) in one.items():
        assert other[id_][0] == variant, id_
        assert other[id_][1] == (None if number is None else pytest.approx(number, rel=1e-9, abs=1e-9)), id_


def identified(rows: Rows) -> Rows:
    return [row | {"id": str(place)} for place, row in enumerate(rows)]


@LAW
@given(posts, orders, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(made: Rows, sold: Rows, chance: Any) -> None:
    before = figures([posts_file(made), orders_file(sold)])
    chance.shuffle(made)
    chance.shuffle(sold)
    same(before, figures([posts_file(made), orders_file(sold)]))


@LAW
@given(posts, orders, levels, st.integers(1, 11))
def test_a_file_split_in_two_changes_nothing(made: Rows, sold: Rows, level: Rows, cut: int) -> None:
    made, sold = identified(made), identified(sold)
    whole = [posts_file(made), orders_file(sold), account_file(level)]
    at = min(cut, len(made) - 1), min(cut, len(sold) - 1), min(cut, len(level) - 1)
    parts = [
        posts_file(made[: at[0]], "a.csv"),
        posts_file(made[at[0] :], "b.csv"),
        orders_file(sold[: at[1]], "c.csv"),
        orders_file(sold[at[1] :], "d.csv"),
        account_file(level[: at[2]], "e.csv"),
        account_file(level[at[2] :], "f.csv", 1 + at[2]),
    ]
    same(figures(whole), figures(parts))


@LAW
@given(posts, orders, levels, st.randoms(use_true_random=False))
def test_the_order_of_uploads_changes_nothing(made: Rows, sold: Rows, level: Rows, chance: Any) -> None:
    files = [
        posts_file(identified(made), "a.csv"),
        posts_file(identified(made[:1]), "b.csv"),
        orders_file(sold),
        account_file(level),
    ]
    before = figures(files)
    chance.shuffle(files)
    same(before, figures(files))


@LAW
@given(posts, orders, levels)
def test_uploading_twice_changes_nothing(made: Rows, sold: Rows, level: Rows) -> None:
    files = [posts_file(made), orders_file(sold), account_file(level)]
    same(figures(files), figures([*files, *files]))


@LAW
@given(posts, orders, st.integers(1, 12))
def test_a_longer_export_of_the_same_rows_counts_them_once(made: Rows, sold: Rows, cut: int) -> None:
    made, sold = identified(made), identified(sold)
    early = [posts_file(made[:cut], "early.csv"), orders_file(sold[:cut], "early_orders.csv")]
    late = [posts_file(made, "late.csv"), orders_file(sold, "late_orders.csv")]
    same(figures(late), figures([*early, *late]))


@LAW
@given(posts, orders, levels)
def test_blank_rows_change_nothing(made: Rows, sold: Rows, level: Rows) -> None:
    blank_post, blank_order = dict.fromkeys(made[0]), dict.fromkeys(sold[0])
    before = figures([posts_file(made), orders_file(sold), account_file(level)])
    after = figures([posts_file([*made, blank_post]), orders_file([blank_order, *sold]), account_file(level)])
    same(before, after)


extreme = st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.just(-0.0)


@LAW
@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys((*KINDS, "reach", "views"), extreme)), min_size=1, max_size=4
    ),
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("spend", "leads", "revenue"), extreme)), min_size=1, max_size=4
    ),
)
def test_no_kpi_is_ever_endless_or_minus_zero(made: Rows, paid: Rows) -> None:
    dated = [row | {"at": "2025-11-05T10:00:00"} for row in made]
    spent = {name: [row[name] for row in paid] for name in paid[0]} | {"starts": ["2025-11-03"] * len(paid)}
    for variant, number in figures([posts_file(dated), reading("ads", spent, file="ads.csv")]).values():
        if number is None:
            continue
        assert variant
        assert math.isfinite(number)
        assert number or math.copysign(1, number) > 0


full = st.integers(1, 5000)
filled_posts = st.lists(
    st.fixed_dictionaries(
        {"at": days.map(lambda day: f"{day}T10:00:00"), "reach": full} | dict.fromkeys(KINDS, full)
    ),
    min_size=1,
    max_size=8,
)


@LAW
@given(filled_posts, filled_posts)
def test_a_rate_of_two_files_is_the_sum_above_over_the_sum_below(one: Rows, other: Rows) -> None:
    rows = identified([*one, *other])
    both = figures([posts_file(rows[: len(one)], "a.csv"), posts_file(rows[len(one) :], "b.csv")])
    acts = sum(row[kind] for row in rows for kind in KINDS)
    rate = Fraction(100 * acts, sum(row["reach"] for row in rows))
    assert both["engagement_rate"] == ("by_reach", pytest.approx(float(rate), rel=1e-12))
    parts = [figures([posts_file(part)])["engagement_rate"][1] or 0.0 for part in (one, other)]
    assert min(parts) * (1 - 1e-12) <= float(rate) <= max(parts) * (1 + 1e-12)


@LAW
@given(filled_posts, st.integers(2, 50))
def test_scaling_a_column_scales_its_sums_and_rates(made: Rows, times: int) -> None:
    before = figures([posts_file(made)])
    after = figures([posts_file([row | {"reach": row["reach"] * times} for row in made])])
    assert after["reach"] == ("posts_gross", pytest.approx((before["reach"][1] or 0) * times, rel=1e-12))
    assert after["engagement_rate"][1] == pytest.approx(
        (before["engagement_rate"][1] or 0) / times, rel=1e-12
    )
    assert after["reaction_rate"][1] == pytest.approx((before["reaction_rate"][1] or 0) / times, rel=1e-12)
