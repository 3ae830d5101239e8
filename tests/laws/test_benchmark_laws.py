"""What may stand beside a figure: only what was counted alike, in whatever order benchmarks come."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.catalog.loader import benchmarks, kpis
from kpi.judge.benchmark import compared
from kpi.model.benchmark import Benchmark, Comparison
from kpi.model.period import Period
from kpi.model.verdict import Status, Verdict

OURS = tuple(row for row in benchmarks() if row.kpi in {"engagement_rate", "reach_rate", "cpl"})
SEEN = st.tuples(
    st.sampled_from(
        [("engagement_rate", v) for v in ("by_followers", "by_views", "by_reach")]
        + [("reach_rate", "views_by_followers"), ("reach_rate", "by_followers_at_post"), ("cpl", "paid")]
    ),
    st.sampled_from(["instagram", "telegram", "tiktok", "x", "facebook", "meta_ads"]),
    st.sampled_from([None, 400.0, 1000.0, 7000.0, 60_000.0]),
    st.sampled_from([None, "coffee_shop", "dental_clinic", "online_shop"]),
    st.sampled_from(["USD", "RUB", None]),
    st.booleans(),
)
Seen = tuple[tuple[str, str], str, float | None, str | None, str | None, bool]


def comparison(seen: Seen, rows: list[Benchmark]) -> Comparison:
    (kpi, variant), network, followers, trade, currency, show_low = seen
    whole = kpis()[kpi]
    way = next(one for one in whole.variants if one.id == variant)
    one = Verdict(
        kpi=whole,
        variant=way,
        value=2.0,
        unit=way.unit or whole.unit,
        better=whole.better,
        status=Status.GREY,
        currency=currency,
        series=((Period.month(2025, 9), 2.0),),
    )
    return compared(
        one, networks={network}, followers=followers, trade=trade, benchmarks=rows, show_low=show_low
    )


def alike(row: Benchmark, seen: Seen) -> bool:
    """Return whether a row was counted as what is seen, told apart from the judge's own checks."""
    (kpi, variant), network, followers, _, currency, _ = seen
    place = network == row.network or (network in {"meta_ads", "facebook"} and row.network == "facebook_ads")
    ends = [int(end or 10**12) for end in row.tier.split("-")] if "-" in row.tier else [0, 10**12]
    size = row.tier == "all" or (followers is not None and ends[0] <= followers < ends[1])
    money = row.unit != "money" or row.currency == currency
    return (row.kpi, row.variant) == (kpi, variant) and place and size and money and bool(row.tier)


@settings(max_examples=60)
@given(SEEN, st.lists(st.sampled_from(OURS), max_size=40), st.randoms())
def test_only_what_is_alike_is_ever_compared_and_the_order_changes_nothing(
    seen: Seen, rows: list[Benchmark], chance: object
) -> None:
    found = comparison(seen, rows)
    assert found.benchmark is None or alike(found.benchmark, seen)
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert comparison(seen, mixed) == found


@settings(max_examples=60)
@given(SEEN, st.lists(st.sampled_from(OURS), max_size=25), st.lists(st.sampled_from(OURS), max_size=25))
def test_rows_of_another_kind_never_change_a_comparison(
    seen: Seen, rows: list[Benchmark], more: list[Benchmark]
) -> None:
    others = [row for row in more if not alike(row, seen)]
    found = comparison(seen, [*others, *rows])
    assert replace(found, refused=()) == replace(comparison(seen, rows), refused=())


@settings(max_examples=60)
@given(SEEN, st.lists(st.sampled_from(OURS), max_size=40))
def test_every_row_of_the_kpi_is_either_shown_or_refused_once(seen: Seen, rows: list[Benchmark]) -> None:
    found = comparison(seen, rows)
    mine = sum(row.kpi == seen[0][0] for row in rows)
    assert sum(one.rows for one in found.refused) + (found.benchmark is not None) == mine
