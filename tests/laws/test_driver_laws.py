"""What moved a KPI: the parts add up to the change, what stood still did nothing, order does not matter."""

from __future__ import annotations

import ast
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.insight.identity import slopes
from kpi.insight.mix import Cells, mixes

POSITIVE = st.floats(0.01, 1e6)
ANY = st.floats(-1e6, 1e6)
PRODUCTS = ("a * b * c", "a / b / c", "100 * a * b / (b + c)", "a * b / 100 - c", "a * (b + c) - 100")
SUMS = ("a - b - c", "100 - (a + b) * 2 - c", "-a + b / 4 + c")


def parts(formula: str, before: dict[str, float], now: dict[str, float]) -> dict[str, float]:
    found = slopes(ast.parse(formula, mode="eval").body, before, now)
    assert found is not None
    return {name: found[name] * (now[name] - before[name]) for name in before}


def worth(formula: str, totals: dict[str, float]) -> float:
    return float(eval(formula, {}, totals))  # noqa: S307 - an independent computation of our own formulas


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PRODUCTS), st.lists(POSITIVE, min_size=6, max_size=6))
def test_the_parts_of_a_product_add_up_to_the_change(formula: str, given: list[float]) -> None:
    before, now = dict(zip("abc", given[:3], strict=True)), dict(zip("abc", given[3:], strict=True))
    change = worth(formula, now) - worth(formula, before)
    size = max(abs(worth(formula, now)), abs(worth(formula, before)), *given)
    assert sum(parts(formula, before, now).values()) == pytest.approx(change, rel=1e-9, abs=1e-9 * size)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SUMS), st.lists(ANY, min_size=6, max_size=6))
def test_the_parts_of_a_sum_add_up_to_the_change(formula: str, given: list[float]) -> None:
    before, now = dict(zip("abc", given[:3], strict=True)), dict(zip("abc", given[3:], strict=True))
    change = worth(formula, now) - worth(formula, before)
    assert sum(parts(formula, before, now).values()) == pytest.approx(change, rel=1e-9, abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from((*PRODUCTS, *SUMS)), st.lists(POSITIVE, min_size=5, max_size=5))
def test_what_did_not_move_did_nothing(formula: str, given: list[float]) -> None:
    a, b, c, later_a, later_c = given
    assert parts(formula, {"a": a, "b": b, "c": c}, {"a": later_a, "b": b, "c": later_c})["b"] == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(POSITIVE, min_size=6, max_size=6))
def test_the_order_of_the_factors_changes_nothing(given: list[float]) -> None:
    before, now = dict(zip("abc", given[:3], strict=True)), dict(zip("abc", given[3:], strict=True))
    told = [parts(" * ".join(order), before, now) for order in permutations("abc")]
    for other in told[1:]:
        for name in "abc":
            assert other[name] == pytest.approx(told[0][name], rel=1e-6, abs=1e-9 * abs(max(given)) ** 3)


@pytest.mark.parametrize("wrong", [0.0, -3.0, float("nan")])
@pytest.mark.parametrize("formula", ["a * b", "a / b", "b / a"])
def test_a_factor_of_a_product_that_is_nought_or_changes_its_sign_is_not_split(
    formula: str, wrong: float
) -> None:
    tree = ast.parse(formula, mode="eval").body
    assert slopes(tree, {"a": 2.0, "b": 5.0}, {"a": wrong, "b": 4.0}) is None
    assert slopes(tree, {"a": wrong, "b": 5.0}, {"a": 2.0, "b": 4.0}) is None


CELLS = [("vk", "photo"), ("vk", "clip"), ("telegram", "photo"), ("telegram", "text")]
COUNTS = st.lists(st.integers(0, 50), min_size=8, max_size=8)
SUMMED = st.lists(st.integers(0, 10_000), min_size=8, max_size=8)


def cells(counts: list[int], reach: list[int], order: tuple[int, ...] = (0, 1, 2, 3)) -> Cells:
    rows = np.array(order)
    posts = np.array(counts, float).reshape(4, 2)[rows]
    reached = np.where(posts > 0, np.array(reach, float).reshape(4, 2)[rows], 0.0)
    keys = tuple(CELLS[i] for i in order)
    return Cells(keys, {"posts.count": posts, "posts.reach": reached})


@settings(max_examples=40, deadline=None)
@given(COUNTS, SUMMED)
def test_mix_and_rates_are_all_of_the_change_in_whatever_order(counts: list[int], reach: list[int]) -> None:
    found = cells(counts, reach)
    posts, reached = found.totals["posts.count"], found.totals["posts.reach"]
    if not (posts.sum(axis=0) > 0).all():
        return
    change = np.diff(reached.sum(axis=0) / posts.sum(axis=0))[0]
    among, inside = mixes("posts.reach / posts.count", found)
    assert mixes("posts.reach / posts.count", cells(counts, reach, (2, 0, 3, 1))) == pytest.approx(
        (among, inside), abs=1e-6
    )
    rates = 0.0  # Kitagawa, worked out cell by cell with the share of a cell as network share x share inside
    for network in ("vk", "telegram"):
        mine = [i for i, key in enumerate(found.keys) if key[0] == network]
        whole = posts[mine].sum(axis=0)
        if not (whole > 0).all():
            continue
        weight = (whole / posts.sum(axis=0)).mean()
        for i in mine:
            if (posts[i] > 0).all():
                moved = reached[i, 1] / posts[i, 1] - reached[i, 0] / posts[i, 0]
                rates += weight * (posts[i] / whole).mean() * moved
    assert among + inside + rates == pytest.approx(change, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(COUNTS)
def test_where_every_cell_has_one_rate_no_mix_moves_anything(counts: list[int]) -> None:
    found = cells(counts, [7 * n for n in counts])
    if (found.totals["posts.count"].sum(axis=0) > 0).all():
        assert mixes("posts.reach / posts.count", found) == pytest.approx((0, 0), abs=1e-9)
